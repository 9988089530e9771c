package struct ServiceDescriptor: Sendable {
  package let name: String
  package let fullName: String
  package let methods: [MethodDescriptor]
  /// `option (leadmesh.options.v1.grants)`.
  package let grants: [GrantTraits]
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    let inner = Scope(name: fullName, path: scope.path, locations: scope.locations)
    methods = try inner.each(proto.messages(2), 2, MethodDescriptor.init)
    let options = try proto.options(3)
    grants = try options?.messages(GrantTraits.extensionNumber).map { GrantTraits($0) } ?? []
    location = scope.location
  }
}

package struct MethodDescriptor: Sendable {
  package let name: String
  /// As gRPC names it: `/leadmesh.leads.v1.LeadsService/GetLead`.
  package let path: String
  /// Full name without the leading dot.
  package let input: String
  package let output: String
  package let isStreaming: Bool
  /// `option (leadmesh.options.v1.access)`.
  package let access: MethodAccess?
  /// `option (google.api.http)`; the additional bindings follow the first.
  package let http: [HTTPBinding]
  package let location: SourceLocation

  init(_ proto: ProtoFields, _ scope: Scope) throws(DescriptorError) {
    name = proto.text(1)
    path = "/\(scope.name)/\(name)"
    input = String(proto.text(2).drop { $0 == "." })
    output = String(proto.text(3).drop { $0 == "." })
    isStreaming = proto.flag(5) || proto.flag(6)
    let options = try proto.options(4)
    access = try options?.message(MethodAccess.extensionNumber).map(MethodAccess.init)
    http = try HTTPBinding.all(options?.message(HTTPBinding.extensionNumber))
    location = scope.location
  }
}

/// Who may call a method and how it may be retried: `leadmesh.options.v1.MethodAccess`.
package struct MethodAccess: Sendable, Equatable {
  static let extensionNumber: UInt32 = 51001

  package enum Caller: Int, Sendable {
    case unspecified = 0
    case anonymous, member, `operator`, system
  }

  package enum Retry: Int, Sendable {
    case never = 0
    case noSideEffects, idempotencyKey
  }

  package let object: String
  package let action: String
  /// Members and the operator when the proto names none.
  package let callers: [Caller]
  package let retry: Retry
  /// 4 MiB when the proto says nothing.
  package let maxRequestBytes: Int
  package let tenantless: Bool
  /// Whether the method checks the caller's access to each record that it is asked about, and needs no other permission.
  package let isPerRecord: Bool
  /// The request's field with the ids that say which service is asked; empty for a service's own method.
  package let routeBy: String
  /// The media type of a body that is answered piece by piece; empty for JSON.
  package let download: String

  init(_ proto: OptionFields) throws(DescriptorError) {
    object = proto.text(1)
    action = proto.text(2)
    let named = try proto.integers(3).map { Caller(rawValue: $0) ?? .unspecified }
    callers = named.isEmpty ? [.member, .operator] : named
    retry = Retry(rawValue: proto.integer(4)) ?? .never
    maxRequestBytes = proto.integer(5) == 0 ? 4 << 20 : proto.integer(5)
    tenantless = proto.flag(6)
    isPerRecord = proto.flag(7)
    routeBy = proto.text(8)
    download = proto.text(9)
  }
}

/// One REST binding of a method: `google.api.HttpRule`.
package struct HTTPBinding: Sendable, Equatable {
  static let extensionNumber: UInt32 = 72_295_728

  /// "GET", "PUT", "POST", "DELETE" or "PATCH"; empty for a rule with a verb of its own.
  package let verb: String
  /// `/api/v1/leads/{id}`.
  package let path: String
  /// The request field that is the HTTP body; "*" for all that the path does not name.
  package let body: String

  /// A part of the rule that REST here does not know; nil when there is none.
  package let unsupported: String?

  /// The binding of a rule and its additional ones, which have none of their own.
  static func all(_ rule: OptionFields?) throws(DescriptorError) -> [HTTPBinding] {
    guard let rule else { return [] }
    return [HTTPBinding(rule)] + (try rule.messages(11).map(HTTPBinding.init))
  }

  private init(_ rule: OptionFields) {
    let verbs: [(UInt32, String)] = [
      (2, "GET"), (3, "PUT"), (4, "POST"), (5, "DELETE"), (6, "PATCH"),
    ]
    let pattern = verbs.first { rule.has($0.0) }
    verb = pattern?.1 ?? ""
    path = pattern.map { rule.text($0.0) } ?? ""
    body = rule.text(7)
    unsupported = pattern == nil ? "custom" : rule.has(12) ? "response_body" : nil
  }

  /// Field paths in braces: `lead.id` of `/api/v1/leads/{lead.id}`.
  package var variables: [String] {
    path.split(separator: "{").dropFirst().compactMap { part in
      part.split(separator: "}").first?.split(separator: "=").first.map(String.init)
    }
  }
}
