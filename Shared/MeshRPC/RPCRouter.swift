import MeshCore
import MeshLoop
package import MeshProto

/// Which handler answers which path.
package struct RPCRouter: Sendable {
  private(set) var routes: [RPCRoute] = []

  package init() {}

  /// The methods that have a handler, in the order they were added.
  package var paths: [String] { routes.map(\.method.path) }

  /// Has `handler` answer calls of `method`; a path is added once.
  ///
  /// A handler runs on the loop. What it throws other than `MeshError` and cancellation becomes
  /// INTERNAL.
  package mutating func add<Request: Message, Response: Answer>(
    _ method: RPCMethod<Request, Response.Body>,
    _ handler: @escaping @Sendable @LoopActor (Request, Call) async throws -> Response
  ) {
    add(method, isOpen: false, handler)
  }

  /// Anyone may call a method that is open, without authentication.
  mutating func add<Request: Message, Response: Answer>(
    _ method: RPCMethod<Request, Response.Body>,
    isOpen: Bool,
    _ handler: @escaping @Sendable @LoopActor (Request, Call) async throws -> Response
  ) {
    precondition(!paths.contains(method.path), "\(method.path) was added twice")
    let limits = WireLimits(maxBytes: method.maxRequestBytes, isStrict: true)
    routes.append(
      RPCRoute(method: method, isOpen: isOpen) { serverCall, bytes, call in
        do throws(WireError) {
          let request = try Request(wire: bytes, limits: limits)
          serverCall.run(request, call, handler)
        } catch {
          serverCall.fail(.undecodable(error))
        }
      }
    )
  }
}

/// One method with its handler, the types of its messages left behind.
final class RPCRoute: Sendable {
  let method: any MethodDescriptor
  let path: String
  let needs: MethodNeeds
  let maxRequestBytes: Int
  let isOpen: Bool
  /// Decodes the message and starts the handler.
  let start: @Sendable @LoopActor (ServerCall, UnsafeRawBufferPointer, Call) -> Void

  init(
    method: any MethodDescriptor,
    isOpen: Bool,
    start: @escaping @Sendable @LoopActor (ServerCall, UnsafeRawBufferPointer, Call) -> Void
  ) {
    self.method = method
    path = method.path
    needs = method.needs
    maxRequestBytes = method.maxRequestBytes
    self.isOpen = isOpen
    self.start = start
  }
}

/// Routes by path, found without making a string of what came in.
struct RouteTable: Sendable {
  private var slots: [RPCRoute?]
  private let mask: Int

  init(_ routes: [RPCRoute]) {
    var size = 16
    while size < 4 * routes.count { size *= 2 }
    slots = Array(repeating: nil, count: size)
    mask = size - 1
    for route in routes {
      var path = route.path
      var slot = path.withUTF8 { Self.hash(UnsafeRawBufferPointer($0)) } & mask
      while slots[slot] != nil { slot = (slot + 1) & mask }
      slots[slot] = route
    }
  }

  func route(for path: UnsafeRawBufferPointer) -> RPCRoute? {
    var slot = Self.hash(path) & mask
    while let route = slots[slot] {
      if path.isSame(as: route.path) { return route }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Paths of one service differ at their end.
  private static func hash(_ path: UnsafeRawBufferPointer) -> Int {
    guard path.count >= 8 else { return path.count }
    let tail = path.loadUnaligned(fromByteOffset: path.count - 8, as: UInt64.self)
    return Int(truncatingIfNeeded: (tail ^ UInt64(path.count)) &* 0x9E37_79B9_7F4A_7C15 >> 32)
  }
}
