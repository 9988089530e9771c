import MeshCore
import MeshCrypto
package import MeshProto
package import MeshRPC
package import MeshStore

/// Distinguishes a request from others with the same key.
///
/// Made before the transaction, as it hashes the whole request.
package struct RequestMark: Sendable {
  package let key: String
  package let method: String
  /// Empty without a key: then nothing is compared.
  package let hash: [UInt8]

  /// - Parameters:
  ///   - request: the request.
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
  /// Runs `body` once for each idempotency key: for 24 hours, the same request gets the response of the first
  /// one.
  ///
  /// - Parameters:
  ///   - mark: of the request.
  ///   - body: makes the effect and the response.
  /// - Returns: what `body` returned, now or the first time.
  /// - Throws: FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT when the key was used for another
  ///   request; what `body` throws: then nothing is stored.
  package func once<Response: Message>(
    _ mark: RequestMark,
    _ body: () throws -> Response
  ) throws -> Response {
    try onceOrAgain(mark, body).response
  }

  /// As `once`; also tells whether `body` ran.
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
