/// The kinds of id that travel with every call; a service declares those of what it owns.
package enum TenantKind: IDKind {
  package static let prefix: StaticString = "tenant"
}

/// A person who signs in to a tenant.
package enum MemberKind: IDKind {
  package static let prefix: StaticString = "member"
}

/// A sign-in of a member; tokens of it end with it.
package enum SessionKind: IDKind {
  package static let prefix: StaticString = "session"
}

package typealias TenantID = ID<TenantKind>
package typealias MemberID = ID<MemberKind>
package typealias SessionID = ID<SessionKind>

/// Members who work together.
package enum TeamKind: IDKind {
  package static let prefix: StaticString = "team"
}

package typealias TeamID = ID<TeamKind>
