package import MeshCore
import MeshLoop
import MeshRPC
package import MeshStore

/// One of several lists that are read as one.
package struct MergedSource<Entry: Sendable>: Sendable {
  /// A page, newest first, with the token of the next one; empty for none.
  package typealias Page = (entries: [(time: Timestamp, entry: Entry)], following: String)

  /// How `MergedPage.missing` names it; several lists of one service may share a name.
  package let name: String
  let read: @Sendable @LoopActor (_ token: String, _ size: Int) async throws -> Page

  /// - Parameters:
  ///   - name: names it in `MergedPage.missing`.
  ///   - read: reads the page of a token, with about `size` entries.
  package init(
    _ name: String,
    read: @escaping @Sendable @LoopActor (_ token: String, _ size: Int) async throws -> Page
  ) {
    (self.name, self.read) = (name, read)
  }
}

extension Sequence where Element: Sendable {
  /// Those that have a time, with it, as a `MergedSource` returns them.
  package func timed(
    _ time: (Element) -> Timestamp?
  ) -> [(time: Timestamp, entry: Element)] {
    compactMap { entry in time(entry).map { ($0, entry) } }
  }
}

/// A page of lists that are read as one.
package struct MergedPage<Entry: Sendable>: Sendable {
  package fileprivate(set) var entries: [Entry] = []
  /// Empty for the last page.
  package fileprivate(set) var nextToken = ""
  /// The names of the lists that could not be read in time, and whose entries are missing.
  package fileprivate(set) var missing: [String] = []
}

/// Asks for a page of lists that are read as one.
package struct MergedRequest: Sendable {
  /// The most pages of each list that are read for one page, where few of many entries are wanted.
  static let mostRounds = 8

  let request: PageRequest
  /// Identifies the list, which refuses page tokens of others.
  let binding: String
  let times: Range<Timestamp>
  let patience: Duration

  /// - Parameters:
  ///   - request: which page.
  ///   - binding: identifies the list, which refuses page tokens of others.
  ///   - start: the earliest time of an entry; nil for any.
  ///   - end: all entries are before this time; nil for any.
  ///   - patience: how long a page of a list is waited for. Once that long has passed since the request began, no
  ///     further pages are asked for, so that the whole takes twice as long at most.
  package init(
    _ request: PageRequest,
    for binding: String,
    from start: Timestamp? = nil,
    until end: Timestamp? = nil,
    patience: Duration
  ) {
    (self.request, self.binding, self.patience) = (request, binding, patience)
    let start = start ?? .earliest
    times = start..<max(start, end ?? .latest)
  }

  private func begin<Entry: Sendable>(
    _ sources: [MergedSource<Entry>]
  ) throws(MeshError) -> MergedList<Entry> {
    guard !request.token.isEmpty else {
      let places = sources.map { _ in ListPlace() }
      return MergedList(places, after: times.upperBound - .microseconds(1))
    }
    let end = try MergedPageToken.end(request.token, of: sources.count, for: binding)
    return MergedList(end.places, after: end.time)
  }

  /// Reads a page.
  ///
  /// A list that does not answer in time is left out, and the page names it. A list that the caller may not read counts
  /// as empty.
  ///
  /// - Parameters:
  ///   - sources: the lists.
  ///   - isWanted: whether an entry is shown.
  /// - Returns: the page, which may be short while there are more.
  /// - Throws: INVALID_ARGUMENT for a page token of another list; what a list throws and would throw again.
  @LoopActor
  package func page<Entry: Sendable>(
    of sources: [MergedSource<Entry>],
    where isWanted: (Entry) -> Bool
  ) async throws -> MergedPage<Entry> {
    var (list, page) = (try begin(sources), MergedPage<Entry>())
    let deadline = Deadline(after: patience)
    for _ in 0..<Self.mostRounds {
      for (index, result) in await pages(list.wanted, of: sources) {
        switch result {
        case .success(let found): list.add(found.entries, following: found.following, to: index)
        case .failure(let error) where error.isDenial: list.add([], following: "", to: index)
        case .failure(let error) where error.isRefusal: throw error
        case .failure:
          list.leaveOut(index)
          page.missing.append(sources[index].name)
        }
      }
      while page.entries.count < request.size, let (time, entry) = list.next() {
        if time < times.lowerBound { return page }
        if isWanted(entry) { page.entries.append(entry) }
      }
      if list.wanted.isEmpty || page.entries.count == request.size || deadline.hasPassed { break }
    }
    if !list.isAtEnd { page.nextToken = MergedPageToken.text(list.end, for: binding) }
    return page
  }

  /// Reads pages of several lists at once.
  @LoopActor
  private func pages<Entry: Sendable>(
    _ wanted: [(list: Int, token: String)],
    of sources: [MergedSource<Entry>]
  ) async -> [(Int, Result<MergedSource<Entry>.Page, any Error>)] {
    let (size, deadline) = (request.size, Deadline(after: patience))
    let running = wanted.map { index, token in
      let read = sources[index].read
      return (
        index,
        Task.immediate { @LoopActor in
          try await withDeadline(deadline) { try await read(token, size) }
        }
      )
    }
    return await withTaskCancellationHandler {
      var results: [(Int, Result<MergedSource<Entry>.Page, any Error>)] = []
      for (index, task) in running { results.append((index, await task.result)) }
      return results
    } onCancel: {
      for (_, task) in running { task.cancel() }
    }
  }
}

extension Error {
  /// Not called `code`, as it would hide that of `MeshError`.
  private var statusCode: StatusCode? { MeshError.clientError(for: self)?.code }

  /// Whether the caller lacks the permission.
  fileprivate var isDenial: Bool { statusCode == .permissionDenied }

  /// Whether trying again would give the same error.
  fileprivate var isRefusal: Bool {
    switch statusCode {
    case .invalidArgument, .notFound, .failedPrecondition, .unauthenticated: true
    default: false
    }
  }
}
