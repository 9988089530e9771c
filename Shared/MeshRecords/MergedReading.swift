package import MeshCore
import MeshLoop
import MeshRPC
package import MeshStore

/// A list that is read, with others, as one.
package struct MergedSource<Entry: Sendable>: Sendable {
  /// A page, newest first, with the token of the one behind it; empty for none.
  package typealias Page = (entries: [(time: Timestamp, entry: Entry)], following: String)

  /// Tells it from the others.
  package let name: String
  let read: @Sendable @LoopActor (_ token: String, _ size: Int) async throws -> Page

  /// - Parameters:
  ///   - name: tells it from the others.
  ///   - read: reads the page of a token, with about so many entries.
  package init(
    _ name: String,
    read: @escaping @Sendable @LoopActor (_ token: String, _ size: Int) async throws -> Page
  ) {
    (self.name, self.read) = (name, read)
  }
}

/// A page of lists that are read as one.
package struct MergedPage<Entry: Sendable>: Sendable {
  package fileprivate(set) var entries: [Entry] = []
  /// Empty for the last page.
  package fileprivate(set) var nextToken = ""
  /// The names of the lists that could not be read in time: what they have is missing.
  package fileprivate(set) var missing: [String] = []
}

/// Which page of lists that are read as one.
package struct MergedRequest: Sendable {
  /// Times that pages of a list are read for one page of all, where few entries are wanted of many.
  static let mostRounds = 8

  let request: PageRequest
  /// What tells the list from others, whose tokens it does not take.
  let binding: String
  let times: Range<Timestamp>
  let patience: Duration

  /// - Parameters:
  ///   - request: which page.
  ///   - binding: what the list depends on.
  ///   - start: entries are of this time or later; nil for any.
  ///   - end: entries are before this time; nil for any.
  ///   - patience: how long each list is waited for.
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
  /// A list that does not answer in time is left out, and the page says so. A caller who may not read one gets
  /// nothing of it.
  ///
  /// - Parameters:
  ///   - sources: the lists.
  ///   - time: that of an entry.
  ///   - isWanted: whether an entry is shown.
  /// - Returns: the page, which may be short while there are more.
  /// - Throws: INVALID_ARGUMENT for a page token of another list; what a list throws that will not pass.
  @LoopActor
  package func page<Entry: Sendable>(
    of sources: [MergedSource<Entry>],
    time: (Entry) -> Timestamp,
    where isWanted: (Entry) -> Bool
  ) async throws -> MergedPage<Entry> {
    var (list, page) = (try begin(sources), MergedPage<Entry>())
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
      while page.entries.count < request.size, let entry = list.next() {
        if time(entry) < times.lowerBound { return page }
        if isWanted(entry) { page.entries.append(entry) }
      }
      if list.wanted.isEmpty || page.entries.count == request.size { break }
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
  /// Named unlike `MeshError.code`, which it would hide.
  private var statusCode: StatusCode? { MeshError.clientError(for: self)?.code }

  /// Whether the caller may not do it.
  fileprivate var isDenial: Bool { statusCode == .permissionDenied }

  /// Whether the same would be said again.
  fileprivate var isRefusal: Bool {
    switch statusCode {
    case .invalidArgument, .notFound, .failedPrecondition, .unauthenticated: true
    default: false
    }
  }
}
