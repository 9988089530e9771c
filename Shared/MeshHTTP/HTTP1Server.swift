package import MeshCore
package import MeshLoop

/// Answers HTTP/1.1 on a socket: persistent connections, pipelined requests answered in order.
///
/// Hold it as long as it is to serve; `drain` ends it.
@LoopActor
package final class HTTP1Server {
  /// Answers one request.
  ///
  /// Its task is cancelled when the client goes away; the response is then dropped.
  package typealias Handler = @LoopActor (HTTPRequest) async -> HTTPResponse
  /// The response to bytes that are no acceptable request.
  package typealias Refusal = @LoopActor (HTTP1Error) -> HTTPResponse

  let limits: HTTP1Limits
  let handler: Handler
  let refusal: Refusal
  private let clock: Clock
  private var listeners: [SocketListener] = []
  private var connections: [ObjectIdentifier: HTTP1Connection] = [:]
  private var whenEmpty: [@LoopActor () -> Void] = []
  private var date = (second: Int64.min, text: "")
  private(set) var isDraining = false

  package init(
    limits: HTTP1Limits = HTTP1Limits(),
    clock: Clock = .system,
    refusal: @escaping Refusal = { error in
      HTTPResponse(
        error.status,
        headers: ["content-type": "text/plain; charset=utf-8"],
        body: Array("\(error.detail)\n".utf8)
      )
    },
    handler: @escaping Handler
  ) {
    self.limits = limits
    self.clock = clock
    self.refusal = refusal
    self.handler = handler
  }

  /// Connections that are open.
  package var connectionCount: Int { connections.count }

  /// Begins to listen.
  ///
  /// - Returns: where; with the port the kernel chose when `address` asked for 0.
  package func listen(on address: SocketAddress) throws(SocketError) -> SocketAddress {
    let listener = try SocketListener(on: address) { [weak self] socket in
      self?.accept(socket)
    }
    listeners.append(listener)
    return listener.address
  }

  /// Stops accepting, lets requests under way finish, and closes every connection.
  ///
  /// Returns when all are closed; those left after `limit` are cut off.
  package func drain(within limit: Duration) async {
    isDraining = true
    for listener in listeners { listener.close() }
    listeners = []
    for connection in connections.values { connection.drain() }
    guard !connections.isEmpty else { return }
    await withCheckedContinuation { continuation in
      let timer = Loop.shared.schedule(after: limit) { [self] in
        for connection in connections.values { connection.close() }
      }
      whenEmpty.append {
        timer.cancel()
        continuation.resume()
      }
    }
  }

  func forget(_ connection: HTTP1Connection) {
    connections[ObjectIdentifier(connection)] = nil
    guard connections.isEmpty else { return }
    let waiting = whenEmpty
    whenEmpty = []
    for body in waiting { body() }
  }

  /// The value of `Date`, made once a second.
  var dateText: String {
    let now = clock.now
    let second = now.microseconds / 1_000_000
    if second != date.second { date = (second, HTTPDate.text(now)) }
    return date.text
  }

  private func accept(_ socket: StreamSocket) {
    guard connections.count < limits.maxConnections, !isDraining else {
      socket.close()
      return
    }
    let connection = HTTP1Connection(socket, server: self)
    connections[ObjectIdentifier(connection)] = connection
    connection.start()
  }
}
