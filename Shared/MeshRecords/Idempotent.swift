import MeshCore
import MeshCrypto
package import MeshProto
package import MeshRPC
package import MeshStore

/// What tells a request from others under the same key; made before the transaction, as it goes through all
/// of the request.
package struct RequestMark: Sendable {
  package let key: String
  package let method: String
  /// Empty without a key, when nothing is compared.
  package let hash: [UInt8]

  /// - Parameters:
  ///   - request: what is asked for.
  ///   - key: the request's own `request_id`; when empty, the key that the call carries, if any.
  ///   - call: the call that makes the effect.
  package init<Request: Message>(_ request: Request, key: String, _ call: Call) {
    let key = key.isEmpty ? call.idempotencyKey ?? "" : key
    self.key = key
    method = call.path
    hash = key.isEmpty ? [] : SHA256.hash(request.wireBytes())
  }
}

extension WriteTransaction {
  /// Does what `body` does once for each idempotency key: the same request again gets the first one's
  /// response, for 24 hours.
  ///
  /// - Parameters:
  ///   - mark: of the request.
  ///   - body: makes the effect and the response.
  /// - Returns: what `body` returned, now or then.
  /// - Throws: FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT when the key was used for another
  ///   request; what `body` throws, which keeps nothing.
  package func once<Response: Message>(
    _ mark: RequestMark,
    _ body: () throws -> Response
  ) throws -> Response {
    try onceOrAgain(mark, body).response
  }

  /// As `once`; says too whether `body` ran.
  func onceOrAgain<Response: Message>(
    _ mark: RequestMark,
    _ body: () throws -> Response
  ) throws -> (response: Response, isNew: Bool) {
    var isNew = false
    let response = try once(
      key: mark.key,
      method: mark.method,
      requestHash: mark.hash,
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
