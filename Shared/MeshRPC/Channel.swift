package import MeshCore
import MeshHTTP
package import MeshLoop
package import MeshProto

/// Who the process behind a channel is, for calls whose options name nobody.
package enum ChannelIdentity: Hashable, Sendable {
  case anonymous
  /// `system:<name>`; believed by peers on this machine.
  case system(String)
}

/// Makes unary calls to one service, over one multiplexed connection to each of its replicas.
///
/// It connects when it is first used and again whenever the connection is lost. A call that certainly
/// never reached the service is sent again within `patience`; one that may have is only when its
/// method has no side effects or it carries a request id, and only while retries are few.
package final class Channel: Sendable {
  private let endpoints: [Endpoint]
  private let identity: ChannelIdentity
  private let maxResponseBytes: Int
  private let patience: Duration
  @LoopActor private var turn = 0
  @LoopActor private var budget = RetryBudget()

  /// How long a call may take that says nothing else and is made by no call that does.
  private static let defaultTimeout = Duration.seconds(30)
  /// Attempts of a call that may have reached the service.
  private static let maxAttempts = 3

  /// A channel to the replicas at `addresses`, used in turn; at least one.
  ///
  /// `patience` is how long a call waits for a service that cannot be reached.
  package init(
    to addresses: [SocketAddress],
    identity: ChannelIdentity = .anonymous,
    maxResponseBytes: Int = 4 << 20,
    patience: Duration = .seconds(2)
  ) {
    precondition(!addresses.isEmpty, "a channel needs an address")
    endpoints = addresses.map(Endpoint.init)
    self.identity = identity
    self.maxResponseBytes = maxResponseBytes
    self.patience = patience
  }

  package convenience init(
    to address: SocketAddress,
    identity: ChannelIdentity = .anonymous,
    maxResponseBytes: Int = 4 << 20,
    patience: Duration = .seconds(2)
  ) {
    self.init(
      to: [address],
      identity: identity,
      maxResponseBytes: maxResponseBytes,
      patience: patience
    )
  }

  /// Calls `method`.
  ///
  /// Within a handler the call inherits what is left of its deadline, and its origin; cancelling the
  /// task cancels the call, on the server too.
  /// - Throws: the server's failure, or UNAVAILABLE, DEADLINE_EXCEEDED and CANCELLED of this side.
  @LoopActor
  package func call<Request: Message, Response: Message>(
    _ method: RPCMethod<Request, Response>,
    _ request: Request,
    _ options: CallOptions = .init()
  ) async throws(MeshError) -> Response {
    let reply = try await send(
      path: method.path,
      body: GRPCFrame.encode(request),
      retry: method.retry,
      options
    )
    do throws(WireError) {
      return try Response(wire: reply.message, limits: WireLimits(maxBytes: maxResponseBytes))
    } catch {
      throw MeshError(
        code: .internalError,
        reason: .internalFailure,
        message: "the answer of \(method.path) cannot be read"
      )
    }
  }

  /// Calls the method at `path` with a message that is already encoded.
  @LoopActor
  package func unary(
    path: String,
    body: [UInt8],
    retry: RetryClass = .never,
    _ options: CallOptions = .init()
  ) async throws(MeshError) -> RawReply {
    try await send(path: path, body: GRPCFrame.encode(body), retry: retry, options)
  }

  /// Takes no more calls; those under way are answered.
  @LoopActor
  package func close() {
    for endpoint in endpoints { endpoint.close() }
  }

  // MARK: Attempts

  @LoopActor
  private func send(
    path: String,
    body: [UInt8],
    retry: RetryClass,
    _ options: CallOptions
  ) async throws(MeshError) -> RawReply {
    let deadline = self.deadline(options)
    let giveUp = Deadline(after: patience)
    var backoff = Backoff(base: .milliseconds(25), limit: .seconds(1))
    var attempts = 0
    while true {
      switch await attempt(path: path, body: body, options, by: deadline) {
      case .success(let reply):
        budget.succeeded()
        return reply
      case .failure(let failure):
        if Task.isCancelled { throw .cancelled }
        if deadline.hasPassed { throw .deadlineExceeded }
        if failure.isUnprocessed {
          if giveUp.hasPassed { throw failure.error }
        } else {
          attempts += 1
          guard
            failure.error.code == .unavailable, attempts < Self.maxAttempts,
            mayRepeat(retry, options), budget.takeRetry()
          else { throw Self.known(failure.error, retry) }
        }
        let wait = min(backoff.next(), deadline.remaining)
        do throws(CancellationError) { try await sleep(for: wait) } catch { throw .cancelled }
      }
    }
  }

  /// What is thrown for a failure: of a call that changes nothing, nobody needs to know whether it was done.
  private static func known(_ error: MeshError, _ retry: RetryClass) -> MeshError {
    error.reason == .outcomeUnknown && retry == .noSideEffects
      ? .unavailable("the connection was lost") : error
  }

  private func mayRepeat(_ retry: RetryClass, _ options: CallOptions) -> Bool {
    switch retry {
    case .never: false
    case .noSideEffects: true
    case .idempotencyKey: options.idempotencyKey != nil
    }
  }

  @LoopActor
  private func attempt(
    path: String,
    body: [UInt8],
    _ options: CallOptions,
    by deadline: Deadline
  ) async -> ClientCall.Outcome {
    let endpoint = nextEndpoint()
    if endpoint.connection == nil { await endpoint.waitForConnection(until: deadline) }
    if Task.isCancelled {
      return .failure(CallFailure(error: .cancelled, isUnprocessed: true))
    }
    let call = ClientCall(deadline: deadline, maxResponseBytes: maxResponseBytes)
    let head = requestHead(path: path, options, deadline: deadline)
    guard let connection = endpoint.connection, call.start(on: connection, head, body: body) else {
      return .failure(
        CallFailure(error: .unavailable("the service cannot be reached"), isUnprocessed: true)
      )
    }
    let outcome = await call.answer()
    if case .success = outcome { endpoint.succeeded() }
    return outcome
  }

  /// The next replica in turn, those that cannot be reached at the moment passed over.
  @LoopActor
  private func nextEndpoint() -> Endpoint {
    turn = (turn + 1) % endpoints.count
    for offset in endpoints.indices {
      let endpoint = endpoints[(turn + offset) % endpoints.count]
      if !endpoint.isBackingOff { return endpoint }
    }
    return endpoints[turn]
  }

  /// The sooner of what the options ask for and what is left to the call being handled.
  ///
  /// A twentieth of that is kept back, 20 ms at most, so that this side can still answer.
  private func deadline(_ options: CallOptions) -> Deadline {
    let own = options.timeout.map { Deadline(after: $0) }
    guard let inherited = CallScope.current?.deadline else {
      return own ?? Deadline(after: Self.defaultTimeout)
    }
    let left = inherited.remaining
    let shaved = inherited.advanced(by: .zero - min(left / 20, .milliseconds(20)))
    return own.map { min($0, shaved) } ?? shaved
  }

  private func requestHead(
    path: String,
    _ options: CallOptions,
    deadline: Deadline
  ) -> HTTP2Fields {
    var head = HTTP2Fields()
    head.add(":method", "POST")
    head.add(":scheme", "http")
    head.add(":path", path)
    head.add(":authority", "localhost")
    head.add("te", "trailers")
    head.add("content-type", "application/grpc")
    head.add("grpc-timeout", GRPCTimeout.format(deadline.remaining))
    var options = options
    if case .none = options.authorization, case .system(let name) = identity {
      options.authorization = .system(name)
    }
    if options.origin == nil { options.origin = CallScope.current?.origin }
    for entry in options.sentMetadata.entries { head.add(entry.key, entry.value) }
    return head
  }
}
