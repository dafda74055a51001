import Foundation
import GRDB
import Testing

@testable import Storage

/// How writers wait for each other.
struct WaitingTests {
  @Test func askingGoesOnForTheWholePatienceAndMoreOftenInTheEnd() {
    var (waited, times, last) = (0, 0, 0)
    while let pause = Waiting.pause(after: times) {
      (waited, times, last) = (waited + pause, times + 1, pause)
    }
    #expect(Double(waited) / 1000 == SiteDatabase.patience)
    // No newcomer but one of the first moments asks as often.
    #expect(last == Waiting.stretches.map(\.pause).min())
  }

  @Test func everyWriterGetsInWhileOthersWriteWithoutEnd() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sen-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
    let path = folder.appending(path: "site.db").path
    let first = try DatabasePool(path: path, configuration: SiteDatabase.configuration())
    try await first.write { try $0.execute(sql: "CREATE TABLE turn (writer INTEGER NOT NULL)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      // Connections of their own, as other programs have them.
      for writer in 0..<6 {
        group.addTask {
          let pool = try DatabasePool(path: path, configuration: SiteDatabase.configuration())
          for _ in 0..<20 {
            try await pool.write { db in
              try db.execute(sql: "INSERT INTO turn VALUES (?)", arguments: [writer])
              usleep(10_000)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let turns = try await first.read {
      try Int.fetchAll($0, sql: "SELECT count(*) FROM turn GROUP BY writer")
    }
    #expect(turns == Array(repeating: 20, count: 6))
  }
}
