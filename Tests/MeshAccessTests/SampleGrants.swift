import MeshProto

/// Grants as services declare them beside their objects.
enum SampleGrants {
  static let all = [
    RoleGrant("lead", "read_only", ["read"]),
    RoleGrant("lead", "rep", ["create", "edit"], .own),
    RoleGrant("lead", "manager", ["create", "edit", "delete"]),
    RoleGrant("import", "manager", ["read", "create"]),
    RoleGrant("scoring_rule", "read_only", ["read"]),
    RoleGrant("scoring_rule", "admin", ["create", "edit", "delete"]),
    RoleGrant("lead_status", "read_only", ["read"]),
    RoleGrant("lead_status", "admin", ["create"]),
    RoleGrant("member", "read_only", ["read"]),
    RoleGrant("member", "admin", ["create", "edit"]),
    RoleGrant("own_tenant", "read_only", ["read"]),
    RoleGrant("own_tenant", "admin", ["edit"]),
    RoleGrant("session", "read_only", ["read", "renew", "end"]),
  ]
}
