import Foundation

/// The reader that `SEN_FUZZ_READER` names, opened once.
private nonisolated(unsafe) var read: ([UInt8]) throws -> Void = { _ in }

/// libFuzzer calls this before the first input. With `SEN_FUZZ_SEEDS`, what the reader begins with is written into
/// that folder, and that is all.
@_cdecl("LLVMFuzzerInitialize")
func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutableRawPointer) -> Int32 {
  let environment = ProcessInfo.processInfo.environment
  do {
    if environment["SEN_FUZZ_LIST"] != nil {
      for reader in Reader.all { print(reader.name, reader.most) }
      exit(0)
    }
    guard let reader = Reader.named(environment["SEN_FUZZ_READER"] ?? "") else {
      throw Broken("SEN_FUZZ_READER names none of the readers: \(Reader.all.map(\.name))")
    }
    if let folder = environment["SEN_FUZZ_SEEDS"] {
      for (number, seed) in try Seeds.of(reader).enumerated() where seed.count <= reader.most {
        try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
      }
      try Data(Seeds.dictionary(reader).utf8).write(to: URL(filePath: "\(folder).words"))
      exit(0)
    }
    read = try reader.open()
    if let folder = environment["SEN_FUZZ_SWOLLEN"] { try trySwollen(reader, keepingIn: folder) }
  } catch {
    complain("\(error)")
    exit(2)
  }
  return 0
}

/// Tries large inputs and ends the program; one that takes longer than 20 s, or breaks a promise, is left in `folder`.
private func trySwollen(_ reader: Reader, keepingIn folder: String) throws -> Never {
  let path = "\(folder)/swollen"
  var slowest = (time: Duration.zero, what: "")
  var count = 0
  for (what, input) in Swollen(reader, seeds: try Seeds.of(reader)) {
    try Data(input).write(to: URL(filePath: path))
    alarm(20)
    let time = try ContinuousClock().measure { try read(input) }
    if time > slowest.time { slowest = (time, what) }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    try hold(usage.ru_maxrss < 2 << 20, "takes \(usage.ru_maxrss >> 10) MB")
    count += 1
  }
  alarm(0)
  try FileManager.default.removeItem(atPath: path)
  print("\(count) large inputs, the slowest in \(slowest.time): \(slowest.what)")
  exit(0)
}

/// libFuzzer calls this with each input. What is neither read nor refused ends the program, as a crash does.
@_cdecl("LLVMFuzzerTestOneInput")
func tryOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    try read(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    complain("BROKEN: \(error)")
    abort()
  }
  return 0
}

private func complain(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
