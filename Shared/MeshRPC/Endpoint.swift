import MeshCore
import MeshHTTP
import MeshLoop

/// One address of a channel, and the one connection to it.
///
/// It connects when a call needs it. After a failure it waits, longer each time, until an answer on
/// a connection shows that the peer is well.
@LoopActor
final class Endpoint {
  private enum State {
    case idle
    case connecting
    case ready(HTTP2ClientConnection)
    case backingOff
    case closed
  }

  let address: SocketAddress
  private var state = State.idle
  private var backoff = Backoff(base: .milliseconds(20), limit: .seconds(2))
  private var waiters: [Waiter] = []
  private static let connectTimeout = Duration.seconds(5)

  nonisolated init(_ address: SocketAddress) {
    self.address = address
  }

  /// The connection, when it takes requests now.
  var connection: HTTP2ClientConnection? {
    if case .ready(let connection) = state, connection.takesRequests { return connection }
    return nil
  }

  var isBackingOff: Bool {
    if case .backingOff = state { return true }
    return false
  }

  /// An answer came: the next loss of the connection is not the continuation of a failure.
  func succeeded() {
    backoff.reset()
  }

  /// Waits until there is a connection, an attempt failed, the deadline passed or the task ended.
  func waitForConnection(until deadline: Deadline) async {
    switch state {
    case .closed: return
    case .ready(let connection):
      if connection.takesRequests { return }
      // It has used up its stream ids.
      connection.retire()
      state = .idle
    case .idle, .connecting, .backingOff: break
    }
    if case .idle = state {
      connectIfIdle()
      // On a Unix socket the attempt is over already.
      guard case .connecting = state else { return }
    }
    let waiter = Waiter()
    waiters.append(waiter)
    await waiter.wait(until: deadline)
    waiters.removeAll { $0 === waiter }
  }

  private func connectIfIdle() {
    guard case .idle = state else { return }
    state = .connecting
    Task.immediate { @LoopActor in await connect() }
  }

  private func connect() async {
    do throws(SocketError) {
      let socket = try await StreamSocket.connect(to: address, timeout: Self.connectTimeout)
      guard case .connecting = state else {
        socket.close()
        return
      }
      adopt(HTTP2ClientConnection(socket: socket, limits: .internal))
    } catch {
      backOff()
    }
    wakeWaiters()
  }

  private func adopt(_ connection: HTTP2ClientConnection) {
    state = .ready(connection)
    connection.onGoAway = { [self] in lost(connection, isOrderly: true) }
    connection.onClose = { [self] in lost(connection, isOrderly: false) }
  }

  private func lost(_ connection: HTTP2ClientConnection, isOrderly: Bool) {
    guard case .ready(let current) = state, current === connection else { return }
    if isOrderly { state = .idle } else { backOff() }
  }

  private func backOff() {
    if case .closed = state { return }
    state = .backingOff
    Loop.shared.schedule(after: backoff.next()) { [self] in
      guard isBackingOff else { return }
      state = .idle
      if !waiters.isEmpty { connectIfIdle() }
    }
  }

  private func wakeWaiters() {
    let woken = waiters
    waiters = []
    for waiter in woken { waiter.resume() }
  }

  /// Takes no more calls; those under way are answered.
  func close() {
    if case .ready(let connection) = state { connection.retire() }
    state = .closed
    wakeWaiters()
  }
}

/// A task that waits for something to happen, for a deadline, or for its own cancellation.
@LoopActor
private final class Waiter {
  private var continuation: UnsafeContinuation<Void, Never>?
  private var timer: TimerToken?

  func wait(until deadline: Deadline) async {
    await withTaskCancellationHandler {
      timer = Loop.shared.schedule(at: deadline) { [self] in resume() }
      await withUnsafeContinuation { continuation = $0 }
    } onCancel: {
      Loop.shared.enqueue { self.resume() }
    }
  }

  func resume() {
    timer?.cancel()
    timer = nil
    continuation?.resume()
    continuation = nil
  }
}
