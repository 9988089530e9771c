import MeshCore

extension WriteTransaction {
  /// Does what `body` does once for each key: the same request again gets the first one's response.
  ///
  /// The response is kept with the effect, in one transaction, for 24 hours.
  ///
  /// - Parameters:
  ///   - key: chosen by the caller, who has keys of its own; without one `body` always runs.
  ///   - method: the RPC.
  ///   - requestHash: tells this request from others.
  ///   - encode: the response's bytes, to be kept.
  ///   - decode: the response from its bytes.
  ///   - body: makes the effect and the response.
  /// - Returns: what `body` returned, now or then.
  /// - Throws: FAILED_PRECONDITION (IDEMPOTENCY_CONFLICT) when the key was used for another request;
  ///   INVALID_ARGUMENT for a key of more than 128 bytes; what `body` throws, which keeps nothing.
  package func once<Response>(
    key: String?,
    method: String,
    requestHash: [UInt8],
    encode: (Response) -> [UInt8],
    decode: ([UInt8]) throws -> Response,
    _ body: () throws -> Response
  ) throws -> Response {
    let request = IdempotentRequest(
      tenant: tenant,
      actor: author.actor,
      key: key ?? "",
      method: method,
      hash: requestHash,
      time: now
    )
    return try request.once(session, encode, decode, body)
  }
}

extension SystemWriteTransaction {
  /// As `WriteTransaction.once`, for requests of no tenant.
  package func once<Response>(
    key: String?,
    method: String,
    requestHash: [UInt8],
    encode: (Response) -> [UInt8],
    decode: ([UInt8]) throws -> Response,
    _ body: () throws -> Response
  ) throws -> Response {
    let request = IdempotentRequest(
      tenant: TenantID(high: 0, low: 0),
      actor: author.actor,
      key: key ?? "",
      method: method,
      hash: requestHash,
      time: now
    )
    return try request.once(session, encode, decode, body)
  }
}

private struct IdempotentRequest {
  static let lifetime = Duration.seconds(24 * 3600)
  static let longestKey = 128

  let tenant: TenantID
  let actor: String
  /// Empty when the caller gave none.
  let key: String
  let method: String
  let hash: [UInt8]
  let time: Timestamp

  func once<Response>(
    _ session: StoreSession,
    _ encode: (Response) -> [UInt8],
    _ decode: ([UInt8]) throws -> Response,
    _ body: () throws -> Response
  ) throws -> Response {
    if key.isEmpty { return try body() }
    guard key.utf8.count <= Self.longestKey else {
      throw MeshError.invalid("request_id", "must be at most \(Self.longestKey) bytes")
    }
    if let kept = try keptResponse(session) { return try decode(kept) }
    let response = try body()
    try keep(encode(response), session)
    return response
  }

  private func keptResponse(_ session: StoreSession) throws -> [UInt8]? {
    let kept = try session.firstOwn(
      """
      SELECT method, request_hash, response FROM main.mesh_requests
      WHERE tenant_id = \(tenant) AND actor = \(actor) AND request_key = \(key)
        AND time > \(time - Self.lifetime)
      """
    ) { row in
      (
        method: try row.next(String.self), hash: try row.next([UInt8].self),
        response: try row.next([UInt8].self)
      )
    }
    guard let kept else { return nil }
    guard kept.method == method, kept.hash == hash else {
      throw MeshError.failedPrecondition(
        "this request_id was already used for a different request",
        reason: .idempotencyConflict
      )
    }
    return kept.response
  }

  /// Keeps the response, and lets go of up to two that are past their time: so the table stays as
  /// small as a day's requests.
  private func keep(_ response: [UInt8], _ session: StoreSession) throws {
    try session.postOwn(
      """
      DELETE FROM main.mesh_requests WHERE (tenant_id, actor, request_key) IN (
        SELECT tenant_id, actor, request_key FROM main.mesh_requests
        WHERE time <= \(time - Self.lifetime) ORDER BY time LIMIT 2
      )
      """
    )
    try session.postOwn(
      """
      INSERT INTO main.mesh_requests (
        tenant_id, actor, request_key, method, request_hash, response, time
      ) VALUES (\(tenant), \(actor), \(key), \(method), \(hash), \(response), \(time))
      ON CONFLICT (tenant_id, actor, request_key) DO UPDATE SET
        method = excluded.method, request_hash = excluded.request_hash,
        response = excluded.response, time = excluded.time
      """
    )
  }
}
