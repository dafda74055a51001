import ContentModel

/// Banners and their places; and the free texts of the module `freecontent`, which are texts in a place as well.
extension NukeVietSource {
  mutating func addZone(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    var values: FieldMap = [
      "title": .text(title(row, "zone", key, atMost: 200)),
      "turns": .text(row["form"] == "sequential" ? "sequence" : "random"),
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    for side in ["width", "height"] {
      let pixels = row.number(side)
      values[side] = (1...10_000).contains(pixels) ? .integer(pixels) : .null
    }
    addEnvelope(
      to: &values, row, state: row["act"] == "0" ? "archived" : "published", module.origin("zone", key))
    give("zone", values, place(row, "zone", key))
  }

  mutating func addBanner(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "banner", key)
    let zone = row.number("pid")
    guard try shelf.row(zone, of: .zones, module.base) != nil else {
      leaveOut("banner", 1)
      return warn(place, "its zone \(zone) is not in the dump; it was left out")
    }
    // Act: 0 waits for its time, 1 shown, 2 expired, 3 paused, 4 waits for approval.
    let state =
      switch row.number("act") {
      case 3: "archived"
      case 4: "review"
      default: "published"
      }
    let file = row["file_name"] == "no_image" ? "" : NukeVietText.line(row["file_name"])
    var values = bannerValues(
      key, row, text: NukeVietText.plain(row["bannerhtml"]), file: file,
      alt: NukeVietText.line(row["file_alt"]),
      link: NukeVietText.line(row["click_url"]), times: (row.number("publ_time"), row.number("exp_time")),
      module, place)
    values["zone"] = .text(module.origin("zone", zone))
    // One of a client's is paid for.
    values["isPaid"] = .bool(row.number("clid") != 0)
    if let date = Self.date(row.number("add_time")) { values["createdAt"] = date }
    addEnvelope(to: &values, row, state: state, module.origin("banner", key))
    values["position"] = .integer(row.number("weight"))
    give(
      "banner", values, place,
      rows: Self.before(
        "bannerCount", "clicks", row.number("hits_total"), "click", beside: ["impressions": .integer(0)]))
  }

  mutating func addFreeBlock(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) {
    var values: FieldMap = [
      "title": .text(title(row, "zone", key, atMost: 200)),
      "description": .text(NukeVietText.plain(row["description"])),
    ]
    addEnvelope(to: &values, row, state: "published", module.origin("zone", key))
    if let language = module.language { values["language"] = .text(language) }
    give("zone", values, place(row, "free content block", key))
  }

  mutating func addFreeContent(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "free content", key)
    let block = row.number("bid")
    guard try shelf.row(block, of: .freeBlocks, module.base) != nil else {
      leaveOut("free content", 1)
      return warn(place, "its block \(block) is not in the dump; it was left out")
    }
    var values = bannerValues(
      key, row, text: NukeVietText.plain(row["description"]), file: NukeVietText.line(row["image"]), alt: "",
      link: NukeVietText.line(row["link"]), times: (row.number("start_time"), row.number("end_time")), module,
      place)
    values["zone"] = .text(module.origin("zone", block))
    addEnvelope(
      to: &values, row, state: row["status"] == "0" ? "archived" : "published", module.origin("banner", key))
    if let language = module.language { values["language"] = .text(language) }
    give("banner", values, place)
  }

  /// What banners and free texts have in common.
  private mutating func bannerValues(
    _ key: Int64, _ row: NukeVietRecord, text: String, file: String, alt: String, link: String,
    times: (start: Int64, end: Int64), _ module: NukeVietModule, _ place: String
  ) -> FieldMap {
    let title = title(row, "banner", key, atMost: 200)
    var values: FieldMap = ["title": .text(title), "imageAlt": .text(alt.isEmpty ? title : alt)]
    addFile(file, [""], as: "image", to: &values, module, place)
    // A banner without its picture still says what it is called.
    values["text"] = .text(text.isEmpty && (values["image"] ?? .null).isNull ? title : text)
    let address = Self.address(link)
    if address == nil, !link.isEmpty { warn(place, "its link “\(link)” is no web address and was left out") }
    values["link"] = address.map { .text($0) } ?? .null
    values["newWindow"] = .bool(row["target"] == "_blank")
    if let date = Self.date(times.start) { values["publishAt"] = date }
    values["expireAt"] = times.end > times.start ? Self.date(times.end) ?? .null : .null
    if times.end > 0, times.end <= times.start {
      warn(place, "it ends before it begins; the time of its end was left out")
    }
    return values
  }

  /// A count without a day, as a row of a table of counts by day.
  static func before(
    _ table: String, _ column: String, _ count: Int64, _ noun: String, beside others: FieldMap = [:]
  ) -> [SourceRow] {
    guard count > 0 else { return [] }
    var values = others
    values["day"] = .text("")
    values[column] = .integer(count)
    return [SourceRow(table, values, noun: noun, count: Int(clamping: count), isOne: true)]
  }

  /// How often an item had been seen.
  static func views(_ count: Int64) -> [SourceRow] {
    guard count > 0 else { return [] }
    return [
      SourceRow(
        "visitCarried", ["hits": .integer(count)], noun: "view", count: Int(clamping: count), isOne: true)
    ]
  }
}
