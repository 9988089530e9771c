package import MeshLoop

/// The services that keep copies of a store's resources or react to their changes, as far as they live, and
/// what they have taken.
///
/// A write of what they copy is answered once they have it, so that whoever was told of a member or a
/// tenant can use it everywhere. A follower says by each pull what it has made durable. One that dies is
/// no longer waited for as soon as its pull ends; one that hangs costs `patience` once, and is not waited
/// for until it pulls again.
///
/// Where several processes share the store, a follower's next pull may go to another of them, and then
/// nothing here tells what it has made durable. So a write waits for a tenth of a second at most, which is
/// enough: all processes hear of a commit at once, whichever of them a follower pulls from answers it, and
/// the follower has taken the change some 20 ms later. A follower stays awaited all the while, and is
/// forgotten when it has not pulled here for a minute.
@LoopActor
package final class ChangeFollowers {
  /// How long a write waits for its followers.
  package var patience: Duration
  /// For how long a follower that pulls no more is remembered, on a store that several processes share.
  package var memory = Duration.seconds(60)

  private struct Follower {
    var objects: [String]
    /// The last change that it has made durable.
    var position: Int64
    var isAwaited: Bool
    /// Which of its pulls was the last.
    var pull: UInt64
    let time: ContinuousClock.Instant
  }

  private struct Waiter {
    let sequence: Int64
    var names: Set<String>
    let end: UnsafeContinuation<Void, Never>
    let timer: TimerToken
  }

  private var followers: [String: Follower] = [:]
  private var waiters: [UInt64: Waiter] = [:]
  private var lastID: UInt64 = 0
  /// How many writes gave up waiting since the process started.
  package private(set) var missed = 0

  private let isShared: Bool

  /// - Parameter isShared: whether several processes may share the store.
  nonisolated init(isShared: Bool) {
    self.isShared = isShared
    patience = isShared ? .milliseconds(100) : .seconds(1)
  }

  /// The followers that writes wait for at present.
  package var count: Int { followers.values.count { $0.isAwaited } }

  /// Takes note that a follower asks for changes after a place.
  ///
  /// - Parameters:
  ///   - name: tells one process's copy from every other.
  ///   - objects: the kinds of resource that it copies; none for all.
  ///   - position: the last change that it has made durable.
  /// - Returns: what `left` takes when the pull ends without an answer.
  package func pulled(_ name: String, _ objects: [String], after position: Int64) -> UInt64 {
    lastID += 1
    followers[name] = Follower(
      objects: objects,
      position: position,
      isAwaited: true,
      pull: lastID,
      time: .now
    )
    for (id, waiter) in waiters where waiter.sequence <= position { forget(name, id) }
    return lastID
  }

  /// Takes note that a follower has gone, unless it has pulled again since.
  package func left(_ name: String, _ pull: UInt64) {
    guard followers[name]?.pull == pull else { return }
    followers[name] = nil
    for id in waiters.keys { forget(name, id) }
  }

  /// Suspends until the followers of some objects have taken a change, or `patience` has passed.
  func taken(_ sequence: Int64, of objects: [String]) async {
    if isShared {
      let oldest = ContinuousClock.now - memory
      followers = followers.filter { $0.value.time > oldest }
    }
    let names = followers.filter { _, follower in
      follower.isAwaited && follower.position < sequence
        && (follower.objects.isEmpty || follower.objects.contains { objects.contains($0) })
    }
    if names.isEmpty { return }
    lastID += 1
    let id = lastID
    await withUnsafeContinuation { continuation in
      let timer = Loop.shared.schedule(after: patience) { self.giveUp(id) }
      waiters[id] = Waiter(
        sequence: sequence,
        names: Set(names.keys),
        end: continuation,
        timer: timer
      )
    }
  }

  private func forget(_ name: String, _ id: UInt64) {
    guard waiters[id]?.names.remove(name) != nil, waiters[id]?.names.isEmpty == true else { return }
    end(id)
  }

  private func giveUp(_ id: UInt64) {
    missed += 1
    if !isShared {
      for name in waiters[id]?.names ?? [] { followers[name]?.isAwaited = false }
    }
    end(id)
  }

  private func end(_ id: UInt64) {
    guard let waiter = waiters.removeValue(forKey: id) else { return }
    waiter.timer.cancel()
    waiter.end.resume()
  }
}
