import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto

/// One call on the server, from its first header to its status.
@LoopActor
final class ServerCall: HTTP2StreamHandler {
  private let stream: HTTP2Stream
  private let server: ServerCore
  private let peer: PeerCredentials?
  private let started: Deadline
  private var route: RPCRoute?
  private var deadline: Deadline?
  /// The call once its head is accepted.
  private var call: Call?
  private var message = IncomingMessage()
  /// Bytes of the body that came since their rate was last looked at, and what looks at it.
  private var cameInWindow = 0
  private var rateTimer: TimerToken?
  private var task: Task<Void, Never>?
  private var timer: TimerToken?
  private var isReceived = false
  private var isFinished = false

  init(_ stream: HTTP2Stream, server: ServerCore, peer: PeerCredentials?) {
    self.stream = stream
    self.server = server
    self.peer = peer
    started = server.observer.completed == nil ? Deadline(nanoseconds: 0) : .now
  }

  // MARK: Coming in

  func headersReceived() {
    // A second block is trailers, which a unary call has no use for.
    guard route == nil, !isFinished else { return }
    do throws(MeshError) {
      try readHead()
    } catch {
      fail(error)
    }
  }

  private func readHead() throws(MeshError) {
    let fields = stream.fields
    var isGRPC = false
    var isPost = false
    var timeout: Duration??
    fields.forEachRaw { name, value in
      switch name.count {
      case 12 where name.isSame(as: "content-type"): isGRPC = Self.isGRPC(value)
      case 12 where name.isSame(as: "grpc-timeout"): timeout = GRPCTimeout.parse(value)
      case 7 where name.isSame(as: ":method"): isPost = value.isSame(as: "POST")
      case 5 where name.isSame(as: ":path"): route = server.routes.route(for: value)
      default: break
      }
    }
    guard isGRPC else {
      answer(httpStatus: "415")
      return
    }
    guard isPost else {
      answer(httpStatus: "405")
      return
    }
    guard route != nil else {
      throw .unimplemented("there is no method \((fields[":path"] ?? "").quoted)")
    }
    if let timeout {
      guard let timeout else { throw .malformed("grpc-timeout is malformed") }
      deadline = Deadline(after: timeout)
    }
    // Before the body: who may not call is not read on.
    if let route { call = try authenticated(route) }
    watchRate()
  }

  /// Cuts a body that comes too slowly, where the limits ask for a rate.
  private func watchRate() {
    guard let rate = stream.limits?.minBytesPerSecond, let window = stream.limits?.rateWindow
    else { return }
    rateTimer = Loop.shared.schedule(after: window) { [self] in
      guard !isReceived, !isFinished else { return }
      guard Double(cameInWindow) >= Double(rate) * (window / .seconds(1)) else {
        return fail(.deadlineExceeded)
      }
      cameInWindow = 0
      watchRate()
    }
  }

  /// `application/grpc`, alone or with a suffix or parameters; the one codec is proto.
  private static func isGRPC(_ type: UnsafeRawBufferPointer) -> Bool {
    let name = "application/grpc"
    if type.count == name.utf8.count { return type.isSame(as: name) }
    return type.hasPrefix("application/grpc;") || type.isSame(as: "application/grpc+proto")
  }

  func dataReceived(_ bytes: UnsafeRawBufferPointer) {
    stream.consume(bytes.count)
    cameInWindow += bytes.count
    guard let route, !isFinished else { return }
    guard stream.hold(bytes.count) else {
      fail(.tooLarge("too much is being sent on this connection at once"))
      return
    }
    do throws(MeshError) {
      try message.append(bytes, limit: route.maxRequestBytes)
    } catch {
      fail(error)
    }
  }

  func endReceived() {
    isReceived = true
    rateTimer?.cancel()
    rateTimer = nil
    guard let route, let call, !isFinished else { return }
    guard message.isComplete else {
      fail(.malformed("the request ends within its message"))
      return
    }
    do throws(MeshError) {
      if let deadline, deadline.hasPassed { throw .deadlineExceeded }
      let message = message
      message.withMessage { route.start(self, $0, call) }
    } catch {
      fail(error)
    }
  }

  private func authenticated(_ route: RPCRoute) throws(MeshError) -> Call {
    let head = CallHead(
      path: route.path,
      needs: route.needs,
      metadata: Metadata(stream.fields),
      peer: peer,
      deadline: deadline
    )
    let caller =
      route.isOpen ? Caller(tenant: nil, identity: .anonymous) : try server.authenticate(head)
    return Call(head, by: caller, requestID: server.requestIDs.make())
  }

  // MARK: The handler

  /// Runs `handler` at once; it answers before this returns when it has nothing to wait for.
  func run<Request: Message, Response: Answer>(
    _ request: Request,
    _ call: Call,
    _ handler: @escaping @Sendable @LoopActor (Request, Call) async throws -> Response
  ) {
    // The task takes over the binding; one around the handler would cost two switches of context.
    let task = CallScope.$current.withValue(call) {
      Task.immediate { @LoopActor in
        do {
          succeed(GRPCFrame.encode(try await handler(request, call)))
        } catch {
          fail(clientError(for: error, of: call))
        }
      }
    }
    guard !isFinished else { return }
    self.task = task
    if let deadline {
      timer = Loop.shared.schedule(at: deadline) { [self] in
        fail(.deadlineExceeded)
        task.cancel()
      }
    }
  }

  private func clientError(for error: any Error, of call: Call) -> MeshError {
    if let known = MeshError.clientError(for: error) { return known }
    server.observer.failed?(call, error)
    return .internalFailure()
  }

  // MARK: Going out

  private func succeed(_ body: [UInt8]) {
    guard finish(.ok) else { return }
    stream.respond(.constant(server.okHead), body: body, trailers: .constant(server.okTrailers))
  }

  func fail(_ error: MeshError) {
    guard finish(error.code) else { return }
    var head = HTTP2Fields()
    head.add(":status", "200")
    head.add("content-type", "application/grpc")
    error.add(to: &head)
    end(head)
  }

  /// For peers that do not speak gRPC (gRPC over HTTP/2, "Requests": 415).
  private func answer(httpStatus: String) {
    guard finish(.unimplemented) else { return }
    var head = HTTP2Fields()
    head.add(":status", httpStatus)
    end(head)
  }

  private func end(_ head: HTTP2Fields) {
    stream.respond(.fields(head))
    guard !isReceived else { return }
    // The rest of a request that is refused before its end is not wanted; a reset that is submitted
    // before the answer left would take its place.
    Loop.shared.endOfTick { [stream] in stream.reset(.none) }
  }

  /// False when the call was answered before.
  private func finish(_ status: StatusCode) -> Bool {
    guard !isFinished else { return false }
    isFinished = true
    timer?.cancel()
    timer = nil
    rateTimer?.cancel()
    rateTimer = nil
    if let completed = server.observer.completed {
      let nanoseconds = Deadline.now.nanoseconds - started.nanoseconds
      completed(route?.path ?? "", status, .nanoseconds(Int64(nanoseconds)))
    }
    return true
  }

  func closed(_ code: HTTP2ErrorCode) {
    guard finish(.cancelled) else { return }
    task?.cancel()
  }
}
