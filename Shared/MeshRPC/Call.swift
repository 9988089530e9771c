package import MeshCore
package import MeshLoop

/// What a handler knows of its call.
package struct Call: Sendable {
  /// Verified.
  package let caller: Caller
  package let origin: Origin
  package let deadline: Deadline?
  package let metadata: Metadata
  /// `/<package>.<Service>/<Method>`.
  package let path: String

  /// A call made by `caller`, as a test or a service itself makes one.
  package init(
    caller: Caller,
    path: String = "",
    origin: Origin = Origin(),
    deadline: Deadline? = nil,
    metadata: Metadata = Metadata()
  ) {
    self.caller = caller
    self.path = path
    self.origin = origin
    self.deadline = deadline
    self.metadata = metadata
  }

  /// The call that `head` began, now that its caller is known.
  ///
  /// `requestID` is for a call that came without `x-request-id`.
  package init(
    _ head: CallHead,
    by caller: Caller,
    requestID: @autoclosure () -> String = ""
  ) {
    self.init(
      caller: caller,
      path: head.path,
      origin: Origin(of: head, requestID: requestID()),
      deadline: head.deadline,
      metadata: head.metadata
    )
  }

  /// The caller's tenant, for handlers of methods that act in a tenant.
  ///
  /// Such a method is not reached without one; a method marked tenantless reads `caller.tenant`.
  package var tenant: TenantID {
    guard let tenant = caller.tenant else {
      preconditionFailure("\(path) is tenantless and asked for the tenant")
    }
    return tenant
  }

  /// The idempotency key that came with the call; a request's own `request_id` comes before it.
  package var requestID: String? { metadata[MetadataKey.idempotencyKey] }
}

extension Origin {
  /// Longer texts are cut off, in characters: the change log keeps them with every change.
  private static let maximumLength = 256

  /// Where `head` says its call came from; address and agent only from a peer to be believed.
  fileprivate init(of head: CallHead, requestID: @autoclosure () -> String) {
    func text(_ key: String) -> String {
      String((head.metadata[key] ?? "").prefix(Self.maximumLength))
    }
    let given = text(MetadataKey.requestID)
    let isBelieved = head.peer?.isTrusted == true
    self.init(
      requestID: given.isEmpty ? requestID() : given,
      address: isBelieved ? text(MetadataKey.originAddress) : "",
      agent: isBelieved ? text(MetadataKey.originAgent) : "",
      traceparent: text(MetadataKey.traceparent)
    )
  }
}
