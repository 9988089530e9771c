import MeshCore
import MeshLoop
import MeshRPC

/// A call's credential.
enum CallCredential {
  /// `authorization: Bearer ...`, with the tenant that `leadmesh-tenant` says the call is for.
  case token(String, tenant: TenantID?)
  /// `leadmesh-caller: system:<name>` of a trusted peer on this machine.
  case process(name: String, tenant: TenantID?, onBehalfOf: MemberID?)
  case nothing

  /// - Throws: UNAUTHENTICATED for a malformed credential, for two at once, and for a process's
  ///   from a peer that is not trusted.
  init(of head: CallHead) throws(MeshError) {
    let metadata = head.metadata
    let tenant: TenantID? = try Self.id(metadata, MetadataKey.tenant)
    guard metadata.values(MetadataKey.authorization).count <= 1 else {
      throw .unauthenticated("a call must have one credential, not two")
    }
    switch (metadata[MetadataKey.authorization], metadata[MetadataKey.caller]) {
    case (nil, nil):
      self = .nothing
    case (let authorization?, nil):
      self = .token(try Self.token(in: authorization), tenant: tenant)
    case (nil, let caller?):
      guard head.peer?.isTrusted == true else {
        throw .unauthenticated("only a process of this installation may name itself")
      }
      self = .process(
        name: try Self.processName(in: caller),
        tenant: tenant,
        onBehalfOf: try Self.id(metadata, MetadataKey.onBehalfOf)
      )
    case (_?, _?):
      throw .unauthenticated("a call must have one credential, not two")
    }
  }

  private static func token(in authorization: String) throws(MeshError) -> String {
    let scheme = "bearer "
    guard authorization.utf8.count >= scheme.utf8.count,
      Substring(authorization.utf8.prefix(scheme.utf8.count)).equalsASCII(scheme)
    else {
      throw .unauthenticated("the authorization is not a bearer token")
    }
    return String(authorization.dropFirst(scheme.count))
  }

  private static func processName(in caller: String) throws(MeshError) -> String {
    let prefix = "system:"
    let name = caller.dropFirst(prefix.count)
    guard caller.hasPrefix(prefix), (1...63).contains(name.utf8.count),
      name.utf8.allSatisfy({
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-")
      })
    else { throw .unauthenticated("the calling process has no valid name") }
    return String(name)
  }

  private static func id<Kind>(
    _ metadata: Metadata,
    _ key: String
  ) throws(MeshError) -> ID<Kind>? {
    guard let text = metadata[key] else { return nil }
    guard let id = ID<Kind>(text) else { throw .unauthenticated("\(key) is not an id") }
    return id
  }
}
