import Locks

import struct Foundation.Date

/// One part of a `ResponseCache` behind one lock: a table and a ring of its entries, the last used first.
final class CacheShard: Sendable {
  private struct Entry {
    var key: String
    var response: KeptResponse?
    var generation: Int64
    var end: Date?
    var size: Int
    /// Places in `entries`; 0 is the ring's own.
    var newer: Int
    var older: Int
  }

  private struct State {
    var places: [String: Int] = [:]
    /// The first is no answer: its `older` is the last used, its `newer` the least used.
    var entries = [
      Entry(key: "", response: nil, generation: 0, end: nil, size: 0, newer: 0, older: 0)
    ]
    var free: [Int] = []
    var bytes = 0

    mutating func unlink(_ place: Int) {
      let (newer, older) = (entries[place].newer, entries[place].older)
      entries[newer].older = older
      entries[older].newer = newer
    }

    mutating func linkFirst(_ place: Int) {
      let first = entries[0].older
      entries[place].newer = 0
      entries[place].older = first
      entries[first].newer = place
      entries[0].older = place
    }

    mutating func remove(_ place: Int) {
      unlink(place)
      bytes -= entries[place].size
      places[entries[place].key] = nil
      entries[place].response = nil
      entries[place].key = ""
      free.append(place)
    }
  }

  private let limit: Int
  private let state = Guarded(State())

  init(limit: Int) { self.limit = limit }

  func response(for key: String, _ generation: Int64, _ now: Date) -> KeptResponse? {
    state.withLock { state in
      guard let place = state.places[key] else { return nil }
      guard state.entries[place].generation >= generation, state.entries[place].end.map({ now < $0 }) ?? true
      else {
        state.remove(place)
        return nil
      }
      if state.entries[0].older != place {
        state.unlink(place)
        state.linkFirst(place)
      }
      return state.entries[place].response
    }
  }

  func store(_ response: KeptResponse, for key: String, _ generation: Int64, _ end: Date?, _ size: Int) {
    guard size <= limit / 4 else { return }
    state.withLock { state in
      if let place = state.places[key] {
        guard state.entries[place].generation <= generation else { return }
        state.remove(place)
      }
      while state.bytes + size > limit, state.entries[0].newer != 0 { state.remove(state.entries[0].newer) }
      let entry = Entry(
        key: key, response: response, generation: generation, end: end, size: size, newer: 0, older: 0)
      let place: Int
      if let free = state.free.popLast() {
        place = free
        state.entries[place] = entry
      } else {
        place = state.entries.count
        state.entries.append(entry)
      }
      state.places[key] = place
      state.bytes += size
      state.linkFirst(place)
    }
  }

  func removeAll() { state.withLock { $0 = State() } }
  var bytes: Int { state.withLock(\.bytes) }
  var count: Int { state.withLock(\.places.count) }
}
