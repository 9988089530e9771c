package import MeshProto

/// One method of a service, as its proto describes it.
package protocol MethodDescriptor: Sendable {
  /// `/<package>.<Service>/<Method>`.
  var path: String { get }
  var needs: MethodNeeds { get }
  var retry: RetryClass { get }
  /// Largest request message, in bytes.
  var maxRequestBytes: Int { get }
}

/// A method with the types of its request and response.
package struct RPCMethod<Request: Message, Response: Message>: MethodDescriptor {
  package let path: String
  package let needs: MethodNeeds
  package let retry: RetryClass
  package let maxRequestBytes: Int

  package init(path: String, needs: MethodNeeds, retry: RetryClass, maxRequestBytes: Int) {
    self.path = path
    self.needs = needs
    self.retry = retry
    self.maxRequestBytes = maxRequestBytes
  }
}

/// What a caller must have to call a method: the proto's `(leadmesh.options.v1.access)`.
package struct MethodNeeds: Hashable, Sendable {
  package enum CallerClass: Hashable, Sendable {
    /// Nobody in particular, as in a health check.
    case anonymous
    /// A member of a tenant, by token.
    case member
    /// The operator of the installation, by the right to open the service's socket.
    case `operator`
    /// Another process of the mesh.
    case system
  }

  /// The object the permission is about, such as "lead".
  package let object: String
  /// "read", "create", "edit", "delete" or a verb of the object's own.
  package let action: String
  package let callers: Set<CallerClass>
  /// Whether the method acts outside of any tenant; otherwise a caller without one is refused.
  package let tenantless: Bool

  package init(
    object: String,
    action: String,
    callers: Set<CallerClass>,
    tenantless: Bool = false
  ) {
    self.object = object
    self.action = action
    self.callers = callers
    self.tenantless = tenantless
  }

  /// Anyone may call: only for protos that are not the product's, such as a benchmark's echo.
  package static let none = MethodNeeds(
    object: "",
    action: "",
    callers: [.anonymous, .member, .operator, .system],
    tenantless: true
  )
}

/// When a client may send a call again by itself.
package enum RetryClass: Hashable, Sendable {
  case never
  /// Always: the method changes nothing, or nothing more when it is called again.
  case noSideEffects
  /// When the call carries a request id.
  case idempotencyKey
}
