import Foundation
import Glibc
import Synchronization
import Testing
import Web

@testable import WebServer

@Suite struct RunningTests {
  @Test func aRequestUnderWayIsFinishedWhenTheServerStops() throws {
    let begun = DispatchSemaphore(value: 0)
    let goOn = DispatchSemaphore(value: 0)
    // One loop tells both connections of the end before it goes on.
    let served = try Served(
      {
        $0.loops = 1
        // On a machine that is busy with other tests all of it takes longer than a server would wait, and nothing but
        // the stop is to end a connection.
        ($0.limits.stopTime, $0.limits.headTime, $0.limits.idleTime) = (300, 300, 300)
      },
      respond: { _ in
        begun.signal()
        goOn.wait()
        return .text(String(repeating: "done ", count: 500_000))
      })
    let client = try RawClient(served.port)
    let idle = try RawClient(served.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    begun.wait()
    let server = served.server
    let stopped = DispatchSemaphore(value: 0)
    // On a thread of its own: other tests may hold those that tasks run on.
    Thread.detachNewThread {
      server.stop()
      stopped.signal()
    }
    #expect(idle.isHungUp())
    goOn.signal()
    let answer = try client.answer()
    #expect(answer.body.count == 2_500_000)
    #expect(answer.headers["connection"] == "close")
    #expect(client.isHungUp())
    stopped.wait()
    #expect(served.errors.all.isEmpty)
    #expect(throws: (any Error).self) { try RawClient(served.port) }
  }

  /// A writer may wait half a minute for another process; nobody who reads is to wait with it.
  @Test func whoeverReadsDoesNotWaitForThoseWhoWrite() throws {
    let begun = DispatchSemaphore(value: 0)
    let goOn = DispatchSemaphore(value: 0)
    let served = try Served(
      { ($0.makers, $0.writers) = (1, 4) },
      respond: { request in
        if !request.method.isSafe {
          begun.signal()
          goOn.wait()
        }
        return .text("done")
      })
    let writers = try (0..<6).map { _ in try RawClient(served.port) }
    for writer in writers { writer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n".utf8) }
    for _ in 0..<4 { begun.wait() }
    #expect(try served.get("/").text == "done")
    for _ in writers { goOn.signal() }
    for writer in writers { #expect(try writer.answer().text == "done") }
  }

  @Test func aRequestThatTakesForEverIsCutOff() throws {
    let begun = DispatchSemaphore(value: 0)
    let goOn = DispatchSemaphore(value: 0)
    let served = try Served(
      { $0.limits.stopTime = 0.3 },
      respond: { _ in
        begun.signal()
        goOn.wait()
        return .text("late")
      })
    let client = try RawClient(served.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    begun.wait()
    served.server.stop()
    #expect(client.isHungUp())
    #expect(served.errors.all == ["stopped with requests under way: they took too long"])
    goOn.signal()
  }

  @Test func aSocketThatIsHandedOverIsServed() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(socket, $0, length) == 0)
        #expect(listen(socket, 10) == 0)
        #expect(getsockname(socket, $0, &length) == 0)
      }
      return UInt16(bigEndian: pointer.pointee.sin_port)
    }
    let served = try Served({ $0.place = .sockets([socket]) })
    #expect(served.port == Int(port))
    #expect(try served.get("/").text == "hello\n")
  }

  @Test func whoAsksWhileTheServerStopsGetsTheLastAnswer() throws {
    let served = try Served({ ($0.limits.stopTime, $0.limits.lastCall) = (300, 300) })
    let client = try RawClient(served.port)
    let question = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    #expect(try client.ask(question).headers["connection"] == nil)
    let server = served.server
    let stopped = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      server.stop()
      stopped.signal()
    }
    // Nobody is let in any more once it stops.
    while (try? RawClient(served.port)) != nil {}
    // Connections hear of it a moment later.
    var last = try client.ask(question)
    while last.headers["connection"] == nil { last = try client.ask(question) }
    #expect(last.status == 200 && last.headers["connection"] == "close")
    #expect(client.isHungUp())
    stopped.wait()
  }

  @Test func aPlaceIsToldAsItIsWritten() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/sen-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "\(folder)/s".utf8) }
    withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0)
      }
    }
    #expect(listen(socket, 10) == 0)
    let handed = try Served({ $0.place = .sockets([socket]) })
    #expect(handed.server.places == ["unix:\(folder)/s"])
    let plain = try Served()
    #expect(plain.server.places == ["http://127.0.0.1:\(plain.port)/"])
    let six = try Served({ $0.place = .port(host: "::1", port: 0) })
    #expect(six.server.places == ["http://[::1]:\(six.port)/"])
  }

  @Test func socketsAreTakenOnlyFromWhoMeansThisProcess() {
    #expect(HandedSockets.take(environment: [:]) == [])
    #expect(HandedSockets.take(environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"]) == [])
    #expect(HandedSockets.take(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "-1"]) == [])
    #expect(HandedSockets.take(environment: ["LISTEN_PID": "\(getpid())", "LISTEN_FDS": "x"]) == [])
  }

  @Test func aPortThatIsTakenIsAnError() throws {
    let served = try Served()
    #expect(throws: (any Error).self) {
      try Served({ $0.place = .port(host: "127.0.0.1", port: served.port) })
    }
    #expect(throws: SiteServer.AlreadyStarted.self) { try served.server.start() }
  }

  @Test func theAccessLogKeepsNoAddressAndNoToken() throws {
    let log = Mutex("")
    let served = try Served({
      $0.isBehindProxy = true
      $0.accessLog = { lines in log.withLock { $0 += String(decoding: lines, as: UTF8.self) } }
    })
    _ = try served.get(
      "/tin?page=2&token=abc", "X-Forwarded-For: 192.0.2.77", "User-Agent: \"evil\"\\é",
      "Referer: https://example.org/?key=abc")
    _ = try served.get("/y?mail=a@b.c", "X-Forwarded-For: 2001:db8:1:2::3")
    _ = try served.get("/preview/abc/media/x.jpg?a", "X-Forwarded-For: 198.51.100.1")
    _ = try served.say("garbage\r\n\r\n")
    served.server.stop()
    let time = /\[\d\d\/[A-Z][a-z][a-z]\/\d{4}:\d\d:\d\d:\d\d \+0000\]/
    let lines = log.withLock { $0 }.split(separator: "\n").map { $0.replacing(time, with: "[T]") }.sorted()
    #expect(
      lines == [
        #"127.0.0.0 - - [T] "- - HTTP/1.1" 400 25 "-" "-""#,
        #"192.0.2.0 - - [T] "GET /tin?page=2&token=- HTTP/1.1" 200 6 "https://example.org/?key=-" "\x22evil\x22\x5C\xC3\xA9""#,
        #"198.51.100.0 - - [T] "GET /preview/-/media/x.jpg?a HTTP/1.1" 200 6 "-" "-""#,
        #"2001:db8:1:: - - [T] "GET /y?mail=- HTTP/1.1" 200 6 "-" "-""#,
      ])
  }
}
