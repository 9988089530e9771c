package import MeshCore

extension WriteTransaction {
  /// Does what `body` does once for each key: the same request again gets the first one's response.
  ///
  /// The response is kept with the effect, in one transaction, for 24 hours; `Store.sweepResponses` deletes
  /// it afterwards.
  ///
  /// - Parameters:
  ///   - key: chosen by the caller; callers do not share keys; without one `body` always runs.
  ///   - method: the RPC.
  ///   - requestHash: tells this request from others.
  ///   - encode: the response's bytes, to be kept.
  ///   - decode: the response from its bytes.
  ///   - isVoid: whether a response that was kept counts no more, so that `body` runs again.
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
    isVoid: (Response) throws -> Bool = { _ in false },
    _ body: () throws -> Response
  ) throws -> Response {
    try IdempotentRequest(tenant, author, key, method, requestHash, now)
      .once(session, encode, decode, isVoid, body)
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
    isVoid: (Response) throws -> Bool = { _ in false },
    _ body: () throws -> Response
  ) throws -> Response {
    try IdempotentRequest(TenantID(high: 0, low: 0), author, key, method, requestHash, now)
      .once(session, encode, decode, isVoid, body)
  }
}

extension Store {
  /// Responses that one transaction deletes.
  private static var mostSwept: Int { 500 }

  /// Deletes the oldest of the kept responses that are past their time, of all tenants: tenants that write
  /// no more do not delete their own.
  ///
  /// - Parameters:
  ///   - place: what the call before returned; nil to begin.
  ///   - author: who sweeps.
  /// - Returns: the time of the last response that was deleted; nil when none was left.
  /// - Throws: as `systemWrite`.
  package func sweepResponses(
    after place: Timestamp?,
    as author: Author
  ) async throws -> Timestamp? {
    let place = place ?? .earliest
    let end = clock.now - IdempotentRequest.lifetime
    let last = try await systemRead(priority: .background) { transaction in
      let expired = Self.expiredResponses(after: place, upTo: end, Self.mostSwept)
      return try transaction.session.firstOwn(expired) { try $0.next(Timestamp?.self) }
    }
    guard case let last?? = last else { return nil }
    try await systemWrite(as: author, priority: .background) { transaction in
      _ = try transaction.session.runOwn(Self.responseDeletion(after: place, upTo: last))
    }
    return last
  }

  /// The time of the last of the first `most` responses that are past their time.
  static func expiredResponses(after place: Timestamp, upTo end: Timestamp, _ most: Int) -> SQL {
    """
    SELECT max(time) FROM (
      SELECT time FROM main.mesh_requests WHERE time > \(place) AND time <= \(end)
      ORDER BY time LIMIT \(most)
    ) AS part
    """
  }

  /// A range with two ends, so that PostgreSQL takes the index before it knows anything of the table.
  static func responseDeletion(after place: Timestamp, upTo last: Timestamp) -> SQL {
    "DELETE FROM main.mesh_requests WHERE time > \(place) AND time <= \(last)"
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

  init(
    _ tenant: TenantID,
    _ author: Author,
    _ key: String?,
    _ method: String,
    _ hash: [UInt8],
    _ now: Timestamp
  ) {
    self.tenant = tenant
    actor = author.actor
    self.key = key ?? ""
    self.method = method
    self.hash = hash
    time = now
  }

  func once<Response>(
    _ session: StoreSession,
    _ encode: (Response) -> [UInt8],
    _ decode: ([UInt8]) throws -> Response,
    _ isVoid: (Response) throws -> Bool,
    _ body: () throws -> Response
  ) throws -> Response {
    if key.isEmpty { return try body() }
    guard key.utf8.count <= Self.longestKey else {
      throw MeshError.invalid("request_id", "must be at most \(Self.longestKey) bytes")
    }
    if let kept = try keptResponse(session) {
      let response = try decode(kept)
      if try !isVoid(response) { return response }
    }
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

  private func keep(_ response: [UInt8], _ session: StoreSession) throws {
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
