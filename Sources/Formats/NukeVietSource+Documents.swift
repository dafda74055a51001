import ContentModel

/// Legal texts: the module `laws`.
extension NukeVietSource {
  /// An area or a kind of documents, both trees.
  mutating func addClass(
    _ noun: String, _ key: Int64, _ row: NukeVietRecord, _ table: NukeVietTable, _ module: NukeVietModule
  ) throws {
    let place = place(row, noun, key)
    let parent = row.number("parentid")
    let hasParent = try shelf.row(parent, of: table, module.base) != nil
    if parent != 0, !hasParent { warn(place, "\(noun) \(parent), which it is in, is not in the dump") }
    var values: FieldMap = [
      "title": .text(title(row, noun, key, atMost: 200)),
      "parent": hasParent ? .text(module.origin(noun, parent)) : .null,
      "description": .text(NukeVietText.plain(row["introduction"])),
    ]
    if let date = Self.date(row.number("addtime")) { values["createdAt"] = date }
    addEnvelope(to: &values, row, state: "published", module.origin(noun, key))
    values["position"] = .integer(row.number("weight"))
    if let language = module.language { values["language"] = .text(language) }
    give(noun, values, place)
  }

  mutating func addDocument(_ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule) throws {
    let place = place(row, "document", key)
    func reference(_ key: Int64, _ table: NukeVietTable, _ noun: String) throws -> FieldValue {
      try shelf.row(key, of: table, module.base) == nil ? .null : .text(module.origin(noun, key))
    }
    func documents(_ column: String) throws -> FieldValue {
      .list(
        try row[column].split(separator: ",").compactMap { Int64($0) }
          .map { try reference($0, .documents, "document") }.filter { !$0.isNull })
    }
    let areas = row["area_ids"].split(separator: ",").compactMap { Int64($0) }
    let issuer = try shelf.row(row.number("sid"), of: .issuers, module.base)
    let examiner = try shelf.row(row.number("eid"), of: .examiners, module.base)
    if examiner != nil { named[.examiners, default: []].insert(row.number("eid")) }
    let signer = try shelf.row(row.number("sgid"), of: .signers, module.base)
    if issuer != nil { named[.issuers, default: []].insert(row.number("sid")) }
    if signer != nil { named[.signers, default: []].insert(row.number("sgid")) }
    var values: FieldMap = [
      "title": .text(title(row, "document", key, atMost: 500)),
      "code": .text(NukeVietText.line(row["code"])),
      "abstract": .text(NukeVietText.plain(row["introtext"])),
      "area": try areas.first.map { try reference($0, .areas, "area") } ?? .null,
      "kind": try reference(row.number("cid"), .documentKinds, "documentkind"),
      "issuer": .text(NukeVietText.line(issuer?["title"] ?? "")),
      "signer": .text(NukeVietText.line(signer?["title"] ?? "")),
      "signerOffice": .text(NukeVietText.line(signer?["positions"] ?? "")),
      "examiner": .text(NukeVietText.line(examiner?["title"] ?? "")),
      "issuedOn": Self.date(row.number("publtime")) ?? .null,
      "inForceFrom": Self.date(row.number("startvalid")) ?? .null,
      "expiresOn": Self.date(row.number("exptime")) ?? .null,
      "commentsUntil": Self.date(row.number("end_comm_time")) ?? .null,
      "replaces": try documents("replacement"), "related": try documents("relatement"),
      "note": .text(NukeVietText.plain(row["note"])), "body": .text(NukeVietText.plain(row["bodytext"])),
    ]
    if let date = Self.date(row.number("addtime")) { values["createdAt"] = date }
    if let date = Self.date(max(row.number("addtime"), row.number("edittime"))) { values["updatedAt"] = date }
    addEnvelope(
      to: &values, row, state: row["status"] == "0" ? "archived" : "published",
      module.origin("document", key))
    if let language = module.language { values["language"] = .text(language) }
    if areas.count > 1 { warn(place, "it is in \(areas.count) areas; the first was taken") }
    give("document", values, place, rows: Self.views(row.number("view_hits")))
    addDocumentFiles(key, row, module, place)
  }

  /// The files of a document, which follow it; without the folder of media they are left out.
  private mutating func addDocumentFiles(
    _ key: Int64, _ row: NukeVietRecord, _ module: NukeVietModule, _ place: String
  ) {
    let files = row["files"].split(separator: ",").map { NukeVietText.line(String($0)) }.filter {
      !$0.isEmpty
    }
    var downloads = row.number("download_hits")
    for (index, file) in files.enumerated() {
      var values: FieldMap = [:]
      if mediaFolder != nil { addFile(file, [""], as: "file", to: &values, module, place) }
      guard let found = values["file"], !found.isNull else {
        leaveOut("document file", 1)
        continue
      }
      let name = file.split(separator: "/").last.map(String.init) ?? file
      values["title"] = .text(Self.clip(name, 200, else: "file \(index + 1)"))
      values["document"] = .text(module.origin("document", key))
      values["position"] = .integer(Int64(index + 1))
      values["state"] = .text("published")
      values["origin"] = .text(module.origin("attachment", "\(key)-\(index + 1)"))
      // NukeViet counts the files of a document together.
      let rows = files.count == 1 ? Self.before("attachmentDownload", "count", downloads, "download") : []
      if !rows.isEmpty { downloads = 0 }
      give("attachment", values, place, rows: rows)
    }
    leaveOut("download", downloads)
  }

  /// Counts the offices and signers that no document names: here they are texts of documents.
  mutating func leaveOutNames(_ module: NukeVietModule) {
    for (table, noun) in [(NukeVietTable.issuers, "issuer"), (.signers, "signer"), (.examiners, "examiner")] {
      leaveOut("document \(noun)", Int64(shelf.count(table, of: module.base) - (named[table]?.count ?? 0)))
    }
    named = [:]
  }
}
