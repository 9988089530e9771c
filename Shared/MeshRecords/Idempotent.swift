import MeshCore
import MeshCrypto
package import MeshProto
package import MeshRPC
package import MeshStore

extension WriteTransaction {
  /// Does what `body` does once for each idempotency key: the same request again gets the first one's
  /// response, for 24 hours.
  ///
  /// - Parameters:
  ///   - request: tells the request from others under the same key.
  ///   - key: the request's own `request_id`; when empty, the key that the call carries, if any.
  ///   - call: the call that makes the effect.
  ///   - body: makes the effect and the response.
  /// - Returns: what `body` returned, now or then.
  /// - Throws: FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT when the key was used for another
  ///   request; what `body` throws, which keeps nothing.
  package func once<Request: Message, Response: Message>(
    _ request: Request,
    key: String,
    _ call: Call,
    _ body: () throws -> Response
  ) throws -> Response {
    try onceOrAgain(request, key: key, call, body).response
  }

  /// As `once`; says too whether `body` ran.
  func onceOrAgain<Request: Message, Response: Message>(
    _ request: Request,
    key: String,
    _ call: Call,
    _ body: () throws -> Response
  ) throws -> (response: Response, isNew: Bool) {
    var isNew = false
    let response = try once(
      key: key.isEmpty ? call.idempotencyKey : key,
      method: call.path,
      requestHash: SHA256.hash(request.wireBytes()),
      encode: { $0.wireBytes() },
      decode: { try Response(wire: $0) }
    ) {
      isNew = true
      return try body()
    }
    return (response, isNew)
  }
}

extension CappedCount {
  /// The number to show, and whether there are more.
  package var shown: (size: Int32, isMore: Bool) {
    switch self {
    case .exactly(let count): (Int32(clamping: count), false)
    case .moreThan(let count): (Int32(clamping: count), true)
    }
  }
}
