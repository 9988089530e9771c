package import MeshCore
package import MeshHTTP
package import MeshLoop

/// What an RPC server accepts.
package struct RPCServerLimits: Sendable {
  /// Connections from processes of this machine run by the same user, and from anyone else.
  package var `internal` = HTTP2Limits.internal
  package var external = HTTP2Limits.external
  package var connections = 10_000

  package init() {}
}

/// Answers unary gRPC calls on any number of sockets.
package final class RPCServer: Sendable {
  /// What `grpc.health.v1.Health/Check` answers.
  package let health: HealthRegistry
  private let core: ServerCore

  /// A server of the methods of `router`.
  ///
  /// `authenticate` says who calls, or refuses; it runs on the loop before every handler.
  @LoopActor
  package init(
    router: RPCRouter,
    authenticate: @escaping @Sendable (CallHead) throws(MeshError) -> Caller,
    limits: RPCServerLimits = RPCServerLimits(),
    observer: RPCObserver = RPCObserver()
  ) {
    let health = HealthRegistry(router.paths)
    var router = router
    router.add(Health.check, isOpen: true) { request, _ in try health.answer(request) }
    self.health = health
    core = ServerCore(
      routes: RouteTable(router.routes),
      authenticate: authenticate,
      limits: limits,
      observer: observer
    )
  }

  /// Listens on `address`.
  ///
  /// - Returns: the address with the port that the kernel chose where 0 was asked for.
  @LoopActor
  @discardableResult
  package func listen(on address: SocketAddress) throws(SocketError) -> SocketAddress {
    try core.listen(on: address)
  }

  /// Stops: takes no more connections and calls, and finishes the calls it has.
  ///
  /// Calls that are not done after `limit` are cancelled. Health says NOT_SERVING meanwhile.
  @LoopActor
  package func drain(within limit: Duration) async {
    health.setAll(.notServing)
    await core.drain(within: limit)
  }
}

/// The state of a server on the loop, and what its calls share.
@LoopActor
final class ServerCore {
  let routes: RouteTable
  let authenticate: @Sendable (CallHead) throws(MeshError) -> Caller
  let observer: RPCObserver
  var requestIDs = RequestIDs()
  let okHead = HTTP2ConstantFields([":status": "200", "content-type": "application/grpc"])
  let okTrailers = HTTP2ConstantFields(["grpc-status": "0"])
  private let limits: RPCServerLimits
  private var listeners: [SocketListener] = []
  private var connections: [ObjectIdentifier: HTTP2ServerConnection] = [:]
  private var whenEmpty: UnsafeContinuation<Void, Never>?

  init(
    routes: RouteTable,
    authenticate: @escaping @Sendable (CallHead) throws(MeshError) -> Caller,
    limits: RPCServerLimits,
    observer: RPCObserver
  ) {
    self.routes = routes
    self.authenticate = authenticate
    self.limits = limits
    self.observer = observer
  }

  func listen(on address: SocketAddress) throws(SocketError) -> SocketAddress {
    let listener = try SocketListener(on: address) { [self] in serve($0) }
    listeners.append(listener)
    return listener.address
  }

  private func serve(_ socket: StreamSocket) {
    guard connections.count < limits.connections else {
      socket.close()
      return
    }
    let peer = socket.peer
    let limits = peer?.isTrusted == true ? limits.internal : limits.external
    let connection = HTTP2ServerConnection(socket: socket, limits: limits) { [self] stream in
      ServerCall(stream, server: self, peer: peer)
    }
    let id = ObjectIdentifier(connection)
    connections[id] = connection
    connection.onClose = { [self] in
      connections[id] = nil
      if connections.isEmpty { endWait() }
    }
  }

  func drain(within limit: Duration) async {
    for listener in listeners { listener.close() }
    listeners = []
    for connection in connections.values { connection.drain() }
    guard !connections.isEmpty else { return }
    let timer = Loop.shared.schedule(after: limit) { [self] in endWait() }
    await withUnsafeContinuation { whenEmpty = $0 }
    timer.cancel()
    for connection in connections.values { connection.close() }
  }

  private func endWait() {
    whenEmpty?.resume()
    whenEmpty = nil
  }
}
