package import MeshCore
import MeshHTTP
package import MeshLoop

/// What a handler knows of its call.
///
/// One reference, because a call is handed on at every step.
package struct Call: Sendable {
  private final class Facts: Sendable {
    let caller: Caller
    let origin: Origin
    let deadline: Deadline?
    let metadata: Metadata
    let path: String

    init(
      caller: Caller,
      path: String,
      origin: Origin,
      deadline: Deadline?,
      metadata: Metadata
    ) {
      self.caller = caller
      self.path = path
      self.origin = origin
      self.deadline = deadline
      self.metadata = metadata
    }
  }

  private let facts: Facts

  /// Verified.
  package var caller: Caller { facts.caller }
  package var origin: Origin { facts.origin }
  package var deadline: Deadline? { facts.deadline }
  package var metadata: Metadata { facts.metadata }
  /// `/<package>.<Service>/<Method>`.
  package var path: String { facts.path }

  /// A call made by `caller`, as a test or a service itself makes one.
  package init(
    caller: Caller,
    path: String = "",
    origin: Origin = Origin(),
    deadline: Deadline? = nil,
    metadata: Metadata = Metadata()
  ) {
    facts = Facts(
      caller: caller,
      path: path,
      origin: origin,
      deadline: deadline,
      metadata: metadata
    )
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

  /// The call as one in a tenant, for a tenantless method that changes one tenant.
  package func acting(in tenant: TenantID) -> Call {
    let caller = Caller(
      tenant: tenant,
      identity: caller.identity,
      onBehalfOf: caller.onBehalfOf,
      roles: caller.roles,
      session: caller.session
    )
    return Call(
      caller: caller,
      path: path,
      origin: origin,
      deadline: deadline,
      metadata: metadata
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
  package var idempotencyKey: String? { metadata[MetadataKey.idempotencyKey] }
}

extension Origin {
  /// Where `head` says its call came from; address and agent only from a peer to be believed.
  fileprivate init(of head: CallHead, requestID: @autoclosure () -> String) {
    // One pass over the fields: most calls bring none of these, and every call asks for all.
    var given = ""
    var address = ""
    var agent = ""
    var traceparent = ""
    head.metadata.fields.forEachRaw { name, value in
      switch name.count {
      case 12 where given.isEmpty && name.isSame(as: MetadataKey.requestID):
        given = Self.text(value)
      case 23 where address.isEmpty && name.isSame(as: MetadataKey.originAddress):
        address = Self.text(value)
      case 21 where agent.isEmpty && name.isSame(as: MetadataKey.originAgent):
        agent = Self.text(value)
      case 11 where traceparent.isEmpty && name.isSame(as: MetadataKey.traceparent):
        traceparent = Self.text(value)
      default: break
      }
    }
    let isBelieved = head.peer?.isTrusted == true
    self.init(
      requestID: given.isEmpty ? requestID() : given,
      address: isBelieved ? address : "",
      agent: isBelieved ? agent : "",
      traceparent: traceparent
    )
  }

  private static func text(_ value: UnsafeRawBufferPointer) -> String {
    // More is cut off anyway; a scalar cut in two here lies behind that cut.
    String(decoding: value.prefix(maxTextBytes + 4), as: UTF8.self)
  }
}
