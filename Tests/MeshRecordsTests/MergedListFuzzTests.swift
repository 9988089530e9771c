import MeshCore
import MeshRecords
import MeshTestScale
import Testing

/// A list that is read in pages, newest first, to which entries are added meanwhile.
private struct PagedList {
  var entries: [(time: Timestamp, entry: Int)] = []
  let size: Int

  /// The page of a token, which says before which entry it begins.
  func page(_ token: String) -> (entries: [(time: Timestamp, entry: Int)], following: String) {
    let start =
      Int(token).flatMap { id in entries.firstIndex { $0.entry == id } }.map { $0 + 1 } ?? 0
    let page = entries.dropFirst(start).prefix(size)
    let isLast = start + page.count == entries.count
    return (Array(page), isLast ? "" : page.last.map { "\($0.entry)" } ?? "")
  }
}

extension Timestamp {
  fileprivate init(_ seconds: Int) { self.init(microseconds: Int64(seconds) * 1_000_000) }
}

/// Reads pages of some lists as one.
private struct MergedReader {
  var lists: [PagedList]
  var token = ""
  var isAtEnd = false
  var broken: Set<Int> = []

  mutating func page(_ size: Int) throws -> [Int] {
    var merged: MergedList<Int>
    if token.isEmpty {
      merged = MergedList(lists.map { _ in ListPlace() })
    } else {
      let end = try MergedPageToken.end(token, of: lists.count, for: "x|y")
      merged = MergedList(end.places, after: end.time)
    }
    var found: [Int] = []
    while found.count < size {
      for (list, token) in merged.wanted {
        if broken.contains(list) {
          merged.leaveOut(list)
          continue
        }
        let page = lists[list].page(token)
        merged.add(page.entries, following: page.following, to: list)
      }
      guard let entry = merged.next()?.entry else {
        if merged.wanted.isEmpty { break }
        continue
      }
      found.append(entry)
    }
    isAtEnd = merged.isAtEnd
    token = MergedPageToken.text(merged.end, for: "x|y")
    return found
  }

  mutating func rest(_ size: Int) throws -> [Int] {
    var all: [Int] = []
    while !isAtEnd { all += try page(size) }
    return all
  }
}

@Suite struct `A merged list` {
  @Test func `has the entries of all lists, newest first, and of one time in the lists' order`()
    throws
  {
    let first = PagedList(entries: [(Timestamp(9), 1), (Timestamp(5), 2)], size: 1)
    let second = PagedList(
      entries: [(Timestamp(9), 3), (Timestamp(7), 4), (Timestamp(1), 5)],
      size: 2
    )
    var reader = MergedReader(lists: [first, second])
    #expect(try reader.rest(2) == [1, 3, 4, 2, 5])
  }

  @Test func `skips and repeats nothing, whatever the sizes of pages, while others come in`() throws
  {
    var random = SeededRandom(seed: TestScale.seed)
    for _ in 0..<TestScale.count(200, long: 5_000) {
      var (id, now) = (0, 1_000)
      var lists = (0..<3).map { _ in PagedList(size: Int.random(in: 1...4, using: &random)) }
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        id += 1
        now += Int.random(in: 0...2, using: &random)
        let list = Int.random(in: 0..<3, using: &random)
        lists[list].entries.insert((Timestamp(now), id), at: 0)
      }
      let expected = lists.enumerated().flatMap { list, entries in
        entries.entries.enumerated().map { ($1.time, list, $0, $1.entry) }
      }.sorted { ($1.0, $0.1, $0.2) < ($0.0, $1.1, $1.2) }.map(\.3)
      var reader = MergedReader(lists: lists)
      var found: [Int] = []
      while !reader.isAtEnd {
        found += try reader.page(Int.random(in: 1...5, using: &random))
        now += 1
        id += 1
        let list = Int.random(in: 0..<3, using: &random)
        reader.lists[list].entries.insert((Timestamp(now), 1_000 + id), at: 0)
      }
      #expect(found.filter { $0 < 1_000 } == expected && Set(found).count == found.count)
    }
  }

  @Test func `loses nothing when a list's times go back`() throws {
    let odd = PagedList(
      entries: [(Timestamp(9), 1), (Timestamp(4), 2), (Timestamp(8), 3), (Timestamp(3), 4)],
      size: 2
    )
    let other = PagedList(
      entries: [(Timestamp(6), 5), (Timestamp(4), 6), (Timestamp(4), 7)],
      size: 3
    )
    for size in 1...7 {
      var reader = MergedReader(lists: [odd, other])
      #expect(try reader.rest(size) == [1, 5, 2, 3, 6, 7, 4])
    }
  }

  @Test func `goes on without a list that cannot be read, and with it once it can`() throws {
    let first = PagedList(
      entries: [(Timestamp(9), 1), (Timestamp(5), 2), (Timestamp(2), 3)],
      size: 9
    )
    let second = PagedList(entries: [(Timestamp(8), 4), (Timestamp(4), 5)], size: 9)
    var reader = MergedReader(lists: [first, second], broken: [1])
    #expect(try reader.page(2) == [1, 2])
    #expect(!reader.isAtEnd)
    reader.broken = []
    #expect(try reader.rest(2) == [5, 3])
  }

  @Test func `takes the token of another list for none of its own`() throws {
    let end = (places: [ListPlace(token: "a"), ListPlace()], time: Timestamp(7))
    let token = MergedPageToken.text(end, for: "lead")
    let read = try MergedPageToken.end(token, of: 2, for: "lead")
    #expect(read.places == end.places && read.time == end.time)
    for (text, count, binding) in [
      (token, 2, "deal"), (token, 1, "lead"), (token, 3, "lead"), ("", 2, "lead"), ("?", 2, "lead"),
      (token + "A", 2, "lead"), (String(repeating: "A", count: 50_000), 2, "lead"),
    ] {
      #expect(throws: MeshError.self) {
        try MergedPageToken.end(text, of: count, for: binding)
      }
    }
  }
}
