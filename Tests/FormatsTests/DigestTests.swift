import Testing

@testable import Formats

struct DigestTests {
  @Test func theVectorsOfTheStandard() throws {
    #expect(try SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      try SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let sum = try SHA256()
    for _ in 0..<1000 { try sum.update([UInt8](repeating: 0x61, count: 1000)) }
    let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(try sum.hex() == million)
    #expect(try sum.hex() == SHA256.hex([]))
    let folder = try TestFolder()
    let path = try folder.write([UInt8](repeating: 0x61, count: 1_000_000), "a")
    #expect(try FileDigest.sha256(path) == (million, 1_000_000))
  }

  @Test func scratchKeepsKeysAndOrder() throws {
    let scratch: any Scratch = MemoryScratch()
    for (key, byte) in [(7, 1), (-2, 2), (7, 3)] as [(Int64, UInt8)] {
      try scratch.append([byte], to: "t", key: key)
    }
    #expect(try scratch.rows(of: "t", key: 7) == [[1], [3]])
    #expect(try scratch.rows(of: "u", key: 7) == [])
    var seen: [[UInt8]] = []
    try scratch.each("t") { seen.append([UInt8(truncatingIfNeeded: $0)] + $1) }
    #expect(seen == [[254, 2], [7, 1], [7, 3]])
  }
}
