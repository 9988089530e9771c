import MeshCore
import MeshLoop
import MeshPeers
import MeshRPC
import RecordsAPI
import Synchronization

/// A service that has some records, as the test says.
final class PeerDouble: RecordPeer {
  private struct State {
    var requests: [CheckRequest] = []
    var credentials: [ChannelCredential] = []
    var failure: MeshError?
  }

  private let readable: Set<String>
  private let state = Mutex(State())
  /// Another one, which must have been asked before this one answers.
  private let other: PeerDouble?

  init(_ readable: [RecordRef], after other: PeerDouble? = nil) {
    self.readable = Set(readable.map(\.description))
    self.other = other
  }

  var requests: [CheckRequest] { state.withLock { $0.requests } }
  /// What callers named themselves by.
  var credentials: [ChannelCredential] { state.withLock { $0.credentials } }

  /// What it answers from now on; nil for what it knows.
  func fail(_ failure: MeshError?) { state.withLock { $0.failure = failure } }

  private func take(_ options: CallOptions) throws(MeshError) {
    let failure = state.withLock { state in
      state.credentials.append(options.authorization)
      return state.failure
    }
    if let failure { throw failure }
  }

  @LoopActor
  func check(
    _ request: CheckRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> CheckResponse {
    state.withLock { $0.requests.append(request) }
    try take(options)
    if let other {
      // As many turns as the other needs to begin, and not for ever.
      for _ in 0..<1_000 where other.requests.isEmpty { await Task.yield() }
      if other.requests.isEmpty { throw .internalFailure() }
    }
    return CheckResponse(
      records: request.ids.map { id in
        CheckedRecord(id: id, exists: readable.contains(id), allowed: readable.contains(id))
      }
    )
  }

  @LoopActor
  func history(
    _ request: ListHistoryRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> ListHistoryResponse {
    try take(options)
    return ListHistoryResponse(entries: [HistoryEntry(action: request.id)])
  }
}
