import ContentModel
import Foundation
import Grammar
import Storage

/// Random items that look like a rural office's, the same for the same seed on the same site: for trying things, and for speed.
struct Generator {
  private var random: SplitMix64
  private let shape: Shape
  /// Items to refer to, by noun.
  private let targets: [String: [Int64]]
  private let operation: Operation
  /// Dates fall into the three years before it; fixed, so that a seed says everything.
  private static let end = Date(timeIntervalSince1970: 1_782_864_000)

  /// - Parameter operation: where the items to refer to are looked up.
  init(_ shape: Shape, seed: UInt64, _ operation: Operation) throws {
    self.shape = shape
    self.operation = operation
    // Another noun, or a second run, makes other items than the first.
    let present = try operation.site.store.count(shape.name, Query(isTrashed: nil), operation.db)
    let name = shape.name.utf8.reduce(UInt64(present)) { ($0 &* 31) ^ UInt64($1) }
    random = SplitMix64(seed ^ name)
    var targets: [String: [Int64]] = [:]
    let nouns = Set(shape.fields.compactMap(\.kind.target)).union([Tag.name]).subtracting([FieldKind.anyItem])
    for noun in nouns {
      try operation.site.store.each(noun, Query(limit: 500, fields: []), operation.db) { item in
        targets[noun, default: []].append(item.envelope.id)
        return true
      }
    }
    self.targets = targets
  }

  /// The next item, not stored.
  mutating func next() throws -> Item {
    let created = Self.end.addingTimeInterval(-Double(random.next() % (3 * 365 * 86_400)))
    var envelope = Envelope(uid: UID.make(at: created, using: &random), type: shape.name, createdAt: created)
    envelope.state = one(of: [.published, .published, .published, .published, .draft, .review])
    envelope.publishAt = envelope.state == .published ? created : nil
    var item = Item(envelope: envelope, values: shape.initialValues)
    for (index, field) in shape.fields.enumerated() { item.values[index] = try value(field) }
    // What does not go together has its initial value; each round mends at least one field.
    for _ in shape.fields {
      do {
        _ = try shape.check(item.values)
        break
      } catch {
        for name in error.refusals.compactMap(\.field) {
          if let index = shape.index[name] { item.values[index] = shape.fields[index].initial }
        }
      }
    }
    if shape.name != Tag.name { item.tags = ids(Tag.name, 0...3) }
    return item
  }

  private mutating func value(_ field: FieldShape) throws -> FieldValue {
    if field.has(.title) { return .text(title()) }
    if field.has(.body) {
      return .text((0..<number(3...8)).map { _ in paragraph() }.joined(separator: "\n\n"))
    }
    if field.isOptional, !field.has(.required), field.kind.target == nil, number(1...3) == 1 { return .null }
    switch field.kind {
    case .text: return .text(field.has(.searchable) ? sentence() : one(of: Self.subjects))
    case .integer: return .integer(Int64(number(0...1000)))
    case .real: return .real(Double(number(0...100_000)) / 100)
    case .bool: return .bool(number(0...1) == 1)
    case .date: return .date(Self.end.addingTimeInterval(Double(number(0...10_000_000))))
    case .url: return .text("https://example.vn/\(number(1...99_999))")
    case .choice(let words): return .text(one(of: words))
    case .media:
      // A picture fits wherever a file has to be.
      guard field.has(.required) else { return field.initial }
      let picture = try operation.site.pictures.draw(seed: random.next(), width: 960, height: 640)
      return .text(try operation.addMedia(picture, ending: "jpg"))
    case .texts:
      let start = number(0...Self.subjects.count - 4)
      return .list(Self.subjects[start..<start + number(2...4)].map { .text($0) })
    case .reference(let noun):
      guard let id = ids(noun, 1...1).first else {
        guard !field.has(.required) else {
          throw Refusal(
            .notFound, "\(field.name): there is no \(noun) yet, and no \(shape.name) without one",
            field: field.name, hint: "First: sen \(noun) create “…”, or sen \(noun) generate")
        }
        return .null
      }
      return .integer(id)
    case .references(let noun): return .list(ids(noun, 0...2).map { .integer($0) })
    }
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  private mutating func one<Value>(of values: [Value]) -> Value { values[number(0...values.count - 1)] }

  private mutating func ids(_ noun: String, _ count: ClosedRange<Int>) -> [Int64] {
    guard let all = targets[noun], !all.isEmpty else { return [] }
    var found: [Int64] = []
    for _ in 0..<number(count) {
      let id = one(of: all)
      if !found.contains(id) { found.append(id) }
    }
    return found
  }

  private mutating func title() -> String {
    let subject = one(of: Self.subjects)
    return "\(one(of: Self.places)) \(one(of: Self.deeds)) \(subject) năm \(number(2019...2026))"
  }

  private mutating func sentence() -> String {
    "\(one(of: Self.openings)), \(one(of: Self.places)) \(one(of: Self.deeds)) "
      + "\(one(of: Self.subjects)) với \(number(2...98)) hộ tham gia."
  }

  private mutating func paragraph() -> String {
    (0..<number(3...7)).map { _ in sentence() }.joined(separator: " ")
  }

  private static let places = [
    "Xã Bình Sơn", "Xã Hòa Phú", "Thị trấn Đông Hà", "Hợp tác xã An Khê", "Tổ hợp tác Suối Đá",
    "Xã Thuỷ Vân",
    "Thôn Phước Lộc", "Phường Tây Giang", "Xã Mỹ Đức", "Văn phòng điều phối", "Hội Nông dân tỉnh",
    "Xã Quảng Lợi",
  ]
  private static let deeds = [
    "triển khai", "tổng kết", "nhân rộng", "đẩy mạnh", "công bố", "hoàn thành", "sơ kết", "ra mắt",
    "kiểm tra",
    "hỗ trợ", "giới thiệu", "bàn giao",
  ]
  private static let subjects = [
    "mô hình lúa hữu cơ", "sản phẩm OCOP", "tiêu chí nông thôn mới", "đường giao thông nông thôn",
    "nước sạch",
    "vùng trồng rau an toàn", "nuôi trồng thuỷ sản", "chuyển đổi số", "trồng rừng gỗ lớn", "chăn nuôi bò",
    "vườn mẫu", "du lịch cộng đồng", "bảo vệ môi trường", "đào tạo nghề",
  ]
  private static let openings = [
    "Trong tháng qua", "Theo kế hoạch", "Nhờ nguồn vốn lồng ghép", "Sau ba năm thực hiện",
    "Được sự đồng thuận của dân",
    "Từ đầu vụ đông xuân", "Theo báo cáo của tỉnh", "Với cách làm phù hợp",
  ]
}

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): small, seeded.
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  public init(_ seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

extension ContentCommands {
  var generate: Command {
    command(
      "generate", "Makes random items, the same for the same seed, for trying things out",
      flags: [
        FlagSpec("count", help: "How many; 10 unless told otherwise", kind: .integer),
        FlagSpec("seed", help: "What decides them; 1 unless told otherwise", kind: .integer),
      ], heeds: SharedOption.change, examples: ["generate --count 100 --seed 7"]
    ) { context in
      let count = context.invocation.integer("count") ?? 10
      let seed = context.invocation.integer("seed") ?? 1
      guard count > 0 else { throw Refusal(.usage, "--count: at least 1", hint: "Example: --count 100") }
      let report = try context.site.write(isDryRun: context.isDryRun) { operation in
        var generator = try Generator(shape, seed: UInt64(bitPattern: Int64(seed)), operation)
        var report = ChangeReport("Created", noun, context)
        for index in 0..<count {
          try report.add(operation.create(generator.next()), old: nil, operation)
          if index % 200 == 199 { context.output.progress("generate", done: index, total: count) }
          if context.output.isInterrupted { throw CancellationError() }
        }
        return report
      }
      try report.tell()
    }
  }
}
