import ContentModel

/// Questions and answers: the module `faq`. The offices of `contact`, which citizens write to, are groups as well.
extension NukeVietSource {
  mutating func addDepartment(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    let place = place(row, "questiongroup", key)
    let name = NukeVietText.line(row["full_name"])
    if name.count > 200 { warn(place, "its title was cut to 200 characters") }
    // `(08) 38.000.000[+84838000000]`: the number in brackets is for dialling.
    let phone = NukeVietText.line(row["phone"]).split(separator: "|").map { $0.prefix { $0 != "[" } }
      .joined(separator: ", ")
    var lines = [NukeVietText.plain(row["note"])]
    for (label, text) in [
      ("Điện thoại", phone), ("Fax", row["fax"]), ("Email", row["email"]), ("Địa chỉ", row["address"]),
      ("Tiếp nhận", row["cats"].replacing("|", with: "; ")),
    ] where !text.isEmpty { lines.append("\(label): \(NukeVietText.line(text))") }
    if case .map(let others)? = try? JSONReader.value(row["others"]) {
      for (label, value) in others.entries { lines.append("\(label): \(value.text ?? "")") }
    }
    var values: FieldMap = [
      "title": .text(Self.clip(name, 200, else: "questiongroup \(key)")),
      "description": .text(lines.filter { !$0.isEmpty }.joined(separator: "\n")),
      "isOpen": .bool(row["act"] != "0"),
    ]
    addEnvelope(
      to: &values, row, state: row["act"] == "0" ? "archived" : "published",
      module.origin("questiongroup", key))
    values["position"] = .integer(row.number("weight"))
    if let language = module.language { values["language"] = .text(language) }
    give("questiongroup", values, place)
  }

  mutating func addQuestionGroup(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    let place = place(row, "questiongroup", key)
    // Groups have no tree here; those below come beside those above.
    if row.number("parentid") != 0 { warn(place, "it is in another group, which is left out") }
    var values: FieldMap = [
      "title": .text(title(row, "questiongroup", key, atMost: 200)),
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    addEnvelope(to: &values, row, state: "published", module.origin("questiongroup", key))
    values["position"] = .integer(row.number("weight"))
    if let language = module.language { values["language"] = .text(language) }
    give("questiongroup", values, place)
  }

  mutating func addQuestion(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let group = row.number("catid")
    let hasGroup = try shelf.row(group, of: .questionGroups, module.base) != nil
    let answer = NukeVietText.plain(row["answer"])
    var values: FieldMap = [
      "question": .text(title(row, "question", key, atMost: 300)),
      "text": .text(NukeVietText.plain(row["question"])), "answer": .text(answer),
      "group": hasGroup ? .text(module.origin("questiongroup", group)) : .null,
    ]
    // One without an answer waits for it.
    let state = row["status"] == "0" ? "archived" : answer.isEmpty ? "review" : "published"
    if let date = Self.date(row.number("addtime")) { values["createdAt"] = date }
    addEnvelope(to: &values, row, state: state, module.origin("question", key))
    if let language = module.language { values["language"] = .text(language) }
    give("question", values, place(row, "question", key))
  }
}
