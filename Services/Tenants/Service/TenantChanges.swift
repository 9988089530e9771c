import MeshCore
import MeshStore

// The one path of every change to a tenant: the record and the change log, in one transaction.

extension SystemWriteTransaction {
  /// Makes a tenant of a creation whose owner is there; one that was made already is returned.
  ///
  /// - Throws: ABORTED when the creation was given up.
  func activate(_ pending: PendingTenant) throws -> Tenant {
    if let tenant = try tenant(pending.id) { return tenant }
    guard try delete(pending) else {
      throw MeshError(
        code: .aborted,
        reason: .unavailable,
        message: "the tenant's creation was given up; try again"
      )
    }
    let tenant = Tenant(
      id: pending.id,
      version: 1,
      profile: pending.profile,
      state: .active,
      createTime: now,
      updateTime: now
    )
    try insert(tenant)
    try record(
      Change(action: "create", object: "tenant", id: "\(tenant.id)", after: tenant.wireBytes),
      of: tenant.id
    )
    return tenant
  }

  /// Gives a creation up that has no owner: nothing of it remains.
  func withdraw(_ pending: PendingTenant) throws {
    guard try delete(pending) else { return }
    try release(pending.profile.subdomain, of: pending.id)
  }
}

extension WriteTransaction {
  /// Writes the tenant with other values.
  ///
  /// - Returns: the tenant as it is then.
  func updateTenant(_ before: Tenant, to profile: TenantProfile) throws -> Tenant {
    guard profile != before.profile else { return before }
    let tenant = advanced(before, profile, before.state)
    try update(tenant)
    try record(
      Change(
        action: "update",
        object: "tenant",
        id: "\(tenant.id)",
        before: before.wireBytes,
        after: tenant.wireBytes
      )
    )
    return tenant
  }

  /// Closes a tenant; one that is closed stays as it is.
  func suspendTenant(_ before: Tenant) throws -> Tenant {
    guard before.state != .suspended else { return before }
    let tenant = advanced(before, before.profile, .suspended)
    try update(tenant)
    try record(
      Change(
        action: "suspend",
        object: "tenant",
        id: "\(tenant.id)",
        before: before.wireBytes,
        after: tenant.wireBytes
      )
    )
    return tenant
  }

  /// Opens a tenant again; one that is open stays as it is.
  func resumeTenant(_ before: Tenant) throws -> Tenant {
    guard before.state != .active else { return before }
    let tenant = advanced(before, before.profile, .active)
    try update(tenant)
    try record(
      Change(
        action: "resume",
        object: "tenant",
        id: "\(tenant.id)",
        before: before.wireBytes,
        after: tenant.wireBytes
      )
    )
    return tenant
  }

  private func advanced(
    _ before: Tenant,
    _ profile: TenantProfile,
    _ state: TenantState
  ) -> Tenant {
    Tenant(
      id: before.id,
      version: before.version + 1,
      profile: profile,
      state: state,
      createTime: before.createTime,
      updateTime: now
    )
  }
}
