package import MeshCore

/// Merges several lists, each newest first and read page by page, into one.
///
/// It makes no calls: it names the pages that it needs, takes them, and returns entries while it knows which comes
/// next. A page of the merged list ends at a place from which a later one continues, without skipping or repeating an
/// entry while others come in. An entry that is out of order in its list, as after a clock was set back, counts as of
/// the time of the entry before it.
package struct MergedList<Entry: Sendable>: Sendable {
  private struct Source {
    /// The present page.
    var place: ListPlace
    var entries: [(time: Timestamp, entry: Entry)] = []
    var next = 0
    /// The token of the next page, empty for none; nil until the present page was read.
    var following: String?
    var isLeftOut = false

    var isWanted: Bool { following == nil && !place.isAtEnd && !isLeftOut }

    /// The time of the next entry; nil when there is none.
    var time: Timestamp? { next < entries.count ? entries[next].time : nil }

    mutating func turn() {
      guard let token = following, next == entries.count else { return }
      place = ListPlace(token: token, latest: entries.last?.time ?? place.latest, taken: 0)
      place.isAtEnd = token.isEmpty
      (entries, next, following) = ([], 0, nil)
    }
  }

  private var sources: [Source]
  /// The time of the last entry that `next` returned; none is later.
  private var time: Timestamp
  private let start: Timestamp

  /// - Parameters:
  ///   - places: where each of the lists continues.
  ///   - time: of the last entry of the page before; nil for the first page.
  package init(_ places: [ListPlace], after time: Timestamp? = nil) {
    sources = places.map { Source(place: $0) }
    start = time ?? .latest
    self.time = start
  }

  /// The lists whose next page must be read before `next` can go on, and the tokens of these pages.
  package var wanted: [(list: Int, token: String)] {
    sources.indices.filter { sources[$0].isWanted }.map { ($0, sources[$0].place.token) }
  }

  /// Whether there are no more entries, except in lists that were left out.
  package var isAtEnd: Bool { sources.allSatisfy { $0.place.isAtEnd || $0.isLeftOut } }

  /// Takes a page of a list, as `wanted` asked for it.
  ///
  /// - Parameters:
  ///   - entries: with their times, in the list's order.
  ///   - following: the token of the next page; empty for the last one.
  ///   - list: which list.
  package mutating func add(
    _ entries: [(time: Timestamp, entry: Entry)],
    following: String,
    to list: Int
  ) {
    var source = sources[list]
    var latest = source.place.latest
    source.entries = entries.map { time, entry in
      latest = min(latest, time)
      return (latest, entry)
    }
    source.following = following
    // Skips entries of an earlier page, and those that came in since.
    source.next = source.entries.prefix { $0.time > time }.count
    let same = source.entries[source.next...].prefix { $0.time == time }.count
    source.next += min(same, source.place.taken)
    source.turn()
    sources[list] = source
  }

  /// Goes on without a list whose page cannot be read; the list keeps its place.
  package mutating func leaveOut(_ list: Int) { sources[list].isLeftOut = true }

  /// The next entry, with the time that it counts as; nil when a page must be read first, and at the end.
  package mutating func next() -> (time: Timestamp, entry: Entry)? {
    guard wanted.isEmpty else { return nil }
    var first: (list: Int, time: Timestamp)?
    for (list, source) in sources.enumerated() {
      if let time = source.time, first.map({ time > $0.time }) ?? true { first = (list, time) }
    }
    guard let first else { return nil }
    time = first.time
    let entry = sources[first.list].entries[sources[first.list].next].entry
    sources[first.list].next += 1
    sources[first.list].turn()
    return (time, entry)
  }

  /// Where the lists continue, and after which time.
  package var end: (places: [ListPlace], time: Timestamp) {
    let places = sources.map { source in
      var place = source.place
      if source.following != nil {
        place.taken = source.entries.prefix(source.next).count { $0.time == time }
      } else if time != start {
        place.taken = 0
      }
      return place
    }
    return (places, time)
  }
}

/// Where one of the lists of a `MergedList` continues.
package struct ListPlace: Sendable, Hashable {
  /// The token of its page; empty for the first one.
  package var token = ""
  /// No entry of the page counts as later.
  package var latest = Timestamp.latest
  /// How many entries of the page, of the time at which the merged list continues, were returned already.
  package var taken = 0
  /// Whether the list has no more entries.
  package var isAtEnd = false

  package init(token: String = "", latest: Timestamp = .latest, taken: Int = 0) {
    (self.token, self.latest, self.taken) = (token, latest, taken)
  }
}

/// The page token of a `MergedList`, as its clients keep it.
///
/// It is not signed: the tokens in it are, it reveals no more than they do, and each page is read by the caller's scope of the moment.
package enum MergedPageToken {
  private static let mostBytes = 40 << 10

  /// - Parameters:
  ///   - end: of the page.
  ///   - binding: identifies the list, which refuses tokens of others.
  /// - Returns: the text.
  package static func text(_ end: (places: [ListPlace], time: Timestamp), for binding: String)
    -> String
  {
    let places = end.places.map { place in
      let isAtEnd = place.isAtEnd ? "1" : "0"
      return "\(place.token),\(place.latest.microseconds),\(place.taken),\(isAtEnd)"
    }
    let text = (places + ["\(end.time.microseconds)", binding]).joined(separator: "|")
    return Base64.encodeURL(Array(text.utf8))
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: of a token.
  ///   - count: how many lists there are.
  ///   - binding: as above.
  /// - Returns: where the page begins.
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a text that is no token of this list.
  package static func end(
    _ text: String,
    of count: Int,
    for binding: String
  ) throws(MeshError) -> (places: [ListPlace], time: Timestamp) {
    guard text.utf8.count <= mostBytes, let bytes = Base64.decodeURL(text) else { throw invalid }
    let parts = String(decoding: bytes, as: UTF8.self)
      .split(separator: "|", maxSplits: count + 1, omittingEmptySubsequences: false)
    guard parts.count == count + 2, parts[count + 1] == binding,
      let time = Int64(parts[count])
    else { throw invalid }
    let places = parts.prefix(count).compactMap { ListPlace(text: $0) }
    guard places.count == count else { throw invalid }
    return (places, Timestamp(microseconds: time))
  }

  private static let invalid = MeshError.invalid(
    "page_token",
    "must be a token of another page of the same list",
    reason: .invalidPageToken
  )
}

extension ListPlace {
  fileprivate init?(text: Substring) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 4, let latest = Int64(parts[1]), let taken = Int(parts[2]), taken >= 0
    else {
      return nil
    }
    self.init(
      token: String(parts[0]),
      latest: Timestamp(microseconds: latest),
      taken: taken
    )
    isAtEnd = parts[3] == "1"
  }
}
