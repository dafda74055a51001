/// An answer whose head is written already, but for `Date` and `Connection`. Its status is 200.
struct WrittenReply: Sendable {
  let head: [UInt8]
  let body: [UInt8]
}

/// An answer as it goes over the wire, whoever writes it.
struct Reply: Sendable {
  enum Body: Sendable {
    case none
    case bytes([UInt8], Range<Int>)
    case file(FileSource, Range<Int>)
  }

  var status: Int
  var headers: [(String, String)]
  var body: Body
}
