import MeshProto

struct ServiceDescriptor {
  let name: String
  let fullName: String
  let methods: [MethodDescriptor]
  /// `option (leadmesh.options.v1.grants)`.
  let grants: [GrantTraits]
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    fullName = scope.fullName(name)
    methods = try scope.each(proto.messages(2), 2, MethodDescriptor.init)
    let options = try proto.message(3)
    grants = try options?.messages(GrantTraits.extensionNumber).map { GrantTraits($0) } ?? []
    location = scope.location
  }
}

struct MethodDescriptor {
  let name: String
  /// Full name without the leading dot.
  let input: String
  let output: String
  let isStreaming: Bool
  /// `option (leadmesh.options.v1.access)`.
  let access: MethodAccess?
  /// `option (google.api.http)`; the additional bindings follow the first.
  let http: [HTTPBinding]
  let location: SourceLocation

  init(_ proto: DynamicMessage, _ scope: Scope) throws(WireError) {
    name = proto.text(1)
    input = String(proto.text(2).drop { $0 == "." })
    output = String(proto.text(3).drop { $0 == "." })
    isStreaming = proto.flag(5) || proto.flag(6)
    let options = try proto.message(4)
    access = try options?.message(MethodAccess.extensionNumber).map(MethodAccess.init)
    http = try HTTPBinding.all(options?.message(HTTPBinding.extensionNumber))
    location = scope.location
  }
}

/// Who may call a method and how it may be retried: `leadmesh.options.v1.MethodAccess`.
struct MethodAccess: Equatable {
  static let extensionNumber: UInt32 = 51001

  enum Caller: Int {
    case unspecified = 0
    case anonymous, member, `operator`, system
  }

  enum Retry: Int {
    case never = 0
    case noSideEffects, idempotencyKey
  }

  let object: String
  let action: String
  /// Members and the operator when the proto names none.
  let callers: [Caller]
  let retry: Retry
  /// 4 MiB when the proto says nothing.
  let maxRequestBytes: Int
  let tenantless: Bool

  init(_ proto: DynamicMessage) throws(WireError) {
    object = proto.text(1)
    action = proto.text(2)
    let named = try proto.integers(3).map { Caller(rawValue: $0) ?? .unspecified }
    callers = named.isEmpty ? [.member, .operator] : named
    retry = Retry(rawValue: proto.integer(4)) ?? .never
    maxRequestBytes = proto.integer(5) == 0 ? 4 << 20 : proto.integer(5)
    tenantless = proto.flag(6)
  }
}

/// One REST binding of a method: `google.api.HttpRule`.
struct HTTPBinding: Equatable {
  static let extensionNumber: UInt32 = 72_295_728

  /// "GET", "PUT", "POST", "DELETE" or "PATCH".
  let verb: String
  /// `/api/v1/leads/{id}`.
  let path: String
  /// The request field that is the HTTP body; "*" for all that the path does not name.
  let body: String

  static func all(_ rule: DynamicMessage?) throws(WireError) -> [HTTPBinding] {
    guard let rule else { return [] }
    let verbs: [(UInt32, String)] = [
      (2, "GET"), (3, "PUT"), (4, "POST"), (5, "DELETE"), (6, "PATCH"),
    ]
    var bindings: [HTTPBinding] = []
    for (number, verb) in verbs where rule.has(number) {
      bindings.append(HTTPBinding(verb: verb, path: rule.text(number), body: rule.text(7)))
    }
    for additional in try rule.messages(11) { bindings += try all(additional) }
    return bindings
  }

  /// Field paths in braces: `lead.id` of `/api/v1/leads/{lead.id}`.
  var variables: [String] {
    path.split(separator: "{").dropFirst().compactMap { part in
      part.split(separator: "}").first?.split(separator: "=").first.map(String.init)
    }
  }
}
