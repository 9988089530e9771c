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
  /// Accepts or refuses a request by its head, while its body is not whole yet; not asked about others.
  package typealias Admission = @LoopActor (HTTPRequest) -> HTTPAdmission

  let limits: HTTP1Limits
  let handler: Handler
  let refusal: Refusal
  let admission: Admission
  /// Memory for requests, and for answers that clients have not taken.
  let held: ByteBudget
  let unsent: ByteBudget
  private let clock: Clock
  private var listeners: [SocketListener] = []
  private var connections: [ObjectIdentifier: HTTP1Connection] = [:]
  /// Connections by the network they come from.
  private var fromNetwork: [IPAddress: Int] = [:]
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
    admission: Admission? = nil,
    handler: @escaping Handler
  ) {
    self.limits = limits
    self.clock = clock
    self.refusal = refusal
    self.handler = handler
    self.admission = admission ?? { _ in .accept(maxBodyBytes: limits.maxBodyBytes) }
    held = ByteBudget(limit: limits.maxHeldBytes)
    unsent = ByteBudget(limit: limits.maxUnsentBytes)
  }

  /// Bytes of requests and of unsent answers that are counted at present.
  package var heldBytes: Int { held.used }
  package var unsentBytes: Int { unsent.used }

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
    guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    if let network = counted(connection.peer), let count = fromNetwork[network] {
      fromNetwork[network] = count > 1 ? count - 1 : nil
    }
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

  /// A request with its client's address and scheme.
  func identified(
    _ request: HTTPRequest,
    from socket: StreamSocket,
    _ peer: IPAddress?
  ) -> HTTPRequest {
    var request = request
    request.remoteAddress = socket.remoteAddress
    request.isSecure = limits.isPublicSecure
    guard let peer, limits.proxies.contains(peer) else { return request }
    let (client, isSecure) = limits.proxies.client(behind: peer, request.headers)
    request.remoteAddress = client.description
    request.isSecure = request.isSecure || isSecure == true
    return request
  }

  private func accept(_ socket: StreamSocket) {
    let connection = HTTP1Connection(socket, server: self)
    guard !isDraining, makeRoom(for: connection) else {
      socket.close()
      return
    }
    connections[ObjectIdentifier(connection)] = connection
    if let network = counted(connection.peer) { fromNetwork[network, default: 0] += 1 }
    connection.start()
  }

  /// What a connection is counted by; nil for proxies, which bring everybody's, and Unix sockets.
  private func counted(_ peer: IPAddress?) -> IPAddress? {
    guard let peer, !limits.proxies.contains(peer) else { return nil }
    return peer.network
  }

  /// Has idle connections give way to a new one.
  ///
  /// - Returns: false when there are too many and all are at work.
  private func makeRoom(for new: HTTP1Connection) -> Bool {
    if let network = counted(new.peer),
      fromNetwork[network, default: 0] >= limits.maxConnectionsPerAddress
    {
      return closeIdle { self.counted($0.peer) == network }
    }
    return connections.count < limits.maxConnections || closeIdle { _ in true }
  }

  /// Closes the connection that has waited longest for a request.
  private func closeIdle(_ isMeant: (HTTP1Connection) -> Bool) -> Bool {
    let waiting = connections.values.compactMap { connection in
      isMeant(connection) ? connection.waitsSince.map { (connection, $0) } : nil
    }
    let oldest = waiting.min { ($0.1.rank, $0.1.time) < ($1.1.rank, $1.1.time) }
    oldest?.0.close()
    return oldest != nil
  }

  /// Closes connections that have waited longest for their clients to take an answer, until `count`
  /// bytes fit.
  func makeRoom(for count: Int, of connection: HTTP1Connection) {
    guard count <= unsent.limit else { return }
    while unsent.limit - unsent.used < count {
      let waiting = connections.values.compactMap { other in
        other === connection ? nil : other.unsentSince.map { (other, $0) }
      }
      guard let oldest = waiting.min(by: { $0.1 < $1.1 }) else { return }
      oldest.0.close()
    }
  }
}
