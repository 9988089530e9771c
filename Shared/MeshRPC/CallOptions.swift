package import MeshCore

/// Who an outgoing call says it is from.
package enum ChannelCredential: Hashable, Sendable {
  /// A member's token, passed on.
  case bearer(String)
  /// This process by its name, acting in a tenant and for a member where it says so.
  case system(String, tenant: TenantID? = nil, onBehalfOf: MemberID? = nil)
  case none

  /// Adds the metadata that carries the credential.
  package func add(to metadata: inout Metadata) {
    switch self {
    case .bearer(let token):
      metadata.add(MetadataKey.authorization, "Bearer " + token)
    case .system(let name, let tenant, let member):
      metadata.add(MetadataKey.caller, "system:" + name)
      if let tenant { metadata.add(MetadataKey.tenant, tenant.description) }
      if let member { metadata.add(MetadataKey.onBehalfOf, member.description) }
    case .none:
      break
    }
  }
}

/// How one call is made.
package struct CallOptions: Sendable {
  /// How long the answer may take; nil for the time that is left to the call being handled, if any.
  package var timeout: Duration?
  package var authorization: ChannelCredential
  /// The idempotency key.
  package var idempotencyKey: String?
  /// Where the client's request came from, when it is passed on.
  package var origin: Origin?
  package var metadata: Metadata

  package init(
    timeout: Duration? = nil,
    authorization: ChannelCredential = .none,
    idempotencyKey: String? = nil,
    origin: Origin? = nil,
    metadata: Metadata = Metadata()
  ) {
    self.timeout = timeout
    self.authorization = authorization
    self.idempotencyKey = idempotencyKey
    self.origin = origin
    self.metadata = metadata
  }

  /// All metadata that the options ask to send.
  package var sentMetadata: Metadata {
    var sent = metadata
    authorization.add(to: &sent)
    if let idempotencyKey { sent.add(MetadataKey.idempotencyKey, idempotencyKey) }
    if let origin {
      let texts = [
        (MetadataKey.requestID, origin.requestID), (MetadataKey.originAddress, origin.address),
        (MetadataKey.originAgent, origin.agent), (MetadataKey.traceparent, origin.traceparent),
      ]
      for (key, text) in texts where !text.isEmpty { sent.add(key, text) }
    }
    return sent
  }
}

extension CallOptions {
  /// A call as whoever made another: with the member's token, or as this service in the caller's tenant where
  /// there is none.
  ///
  /// - Parameters:
  ///   - call: that is being handled.
  ///   - service: this one's name.
  ///   - timeout: nil for the time that is left to `call`.
  package init(passingOn call: Call, by service: String, timeout: Duration? = nil) {
    let scheme = "Bearer "
    let header = call.metadata[MetadataKey.authorization] ?? ""
    self.init(
      timeout: timeout,
      authorization: header.isEmpty
        ? .system(service, tenant: call.caller.tenant, onBehalfOf: call.caller.onBehalfOf)
        : .bearer(String(header.dropFirst(scheme.count))),
      origin: call.origin
    )
  }
}
