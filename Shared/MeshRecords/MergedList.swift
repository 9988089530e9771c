package import MeshCore

/// Several lists as one, newest first, each of which is read page by page from elsewhere.
///
/// It makes no calls: it says which pages it wants, takes them, and gives entries as long as it knows what comes
/// next. A page of it ends at a place, from which another one goes on later, without skipping or repeating an entry
/// while others come in. Where a list has an entry after an earlier one, as when a clock was set back, it counts as
/// of the same time.
package struct MergedList<Entry: Sendable>: Sendable {
  private struct Source {
    /// The page that is read.
    var place: ListPlace
    var entries: [(time: Timestamp, entry: Entry)] = []
    var next = 0
    /// The token of the page behind it, empty for none; nil until the page was read.
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
  /// That of the last entry that was given: there is nothing later.
  private var time: Timestamp
  private let start: Timestamp

  /// - Parameters:
  ///   - places: where each of the lists goes on.
  ///   - time: that of the last entry before; nil at the beginning.
  package init(_ places: [ListPlace], after time: Timestamp? = nil) {
    sources = places.map { Source(place: $0) }
    start = time ?? .latest
    self.time = start
  }

  /// The lists whose next page must be read first, and the tokens of these pages.
  package var wanted: [(list: Int, token: String)] {
    sources.indices.filter { sources[$0].isWanted }.map { ($0, sources[$0].place.token) }
  }

  /// Whether there are no more entries, but those of lists that were left out.
  package var isAtEnd: Bool { sources.allSatisfy { $0.place.isAtEnd || $0.isLeftOut } }

  /// Takes the page of a list that was wanted.
  ///
  /// - Parameters:
  ///   - entries: with their times, in the list's order.
  ///   - following: the token of the page behind it; empty for the last one.
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
    // What was given before, or has come in since.
    source.next = source.entries.prefix { $0.time > time }.count
    let same = source.entries[source.next...].prefix { $0.time == time }.count
    source.next += min(same, source.place.taken)
    source.turn()
    sources[list] = source
  }

  /// Goes on without a list whose page cannot be read; it stays where it is.
  package mutating func leaveOut(_ list: Int) { sources[list].isLeftOut = true }

  /// The next entry; nil when a page must be read first, and at the end.
  package mutating func next() -> Entry? {
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
    return entry
  }

  /// Where the lists go on, and after which time.
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

/// Where a list goes on that is one of several in a `MergedList`.
package struct ListPlace: Sendable, Hashable {
  /// Of the page; empty for the first one.
  package var token = ""
  /// No entry of the page counts as later.
  package var latest = Timestamp.latest
  /// How many entries of the page were given that are of the time at which the merged list goes on.
  package var taken = 0
  /// Whether the list has no more entries.
  package var isAtEnd = false

  package init(token: String = "", latest: Timestamp = .latest, taken: Int = 0) {
    (self.token, self.latest, self.taken) = (token, latest, taken)
  }
}

/// The text that stands for the end of a page of a `MergedList`, as its clients keep it.
///
/// It is not signed: it says no more than the tokens in it, which are, and what is shown is judged each time.
package enum MergedPageToken {
  private static let mostBytes = 40 << 10

  /// - Parameters:
  ///   - end: of the page.
  ///   - binding: what the list depends on: another binding does not take the token.
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
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a text that is not of this list.
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
