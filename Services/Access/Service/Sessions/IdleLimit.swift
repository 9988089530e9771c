import MeshCore
import TenantsAPI

/// How long an idle session lasts.
struct IdleLimit: Sendable, Equatable {
  /// The limit of a tenant that has set none, or whose settings have not arrived yet.
  static let usual = IdleLimit(minutes: 60)
  /// The longest limit that a tenant can set.
  static let longest = IdleLimit(minutes: 1_440)

  let duration: Duration

  init(minutes: Int32) { duration = .seconds(Int64(minutes) * 60) }

  /// nil for a tenant with the usual limit.
  init?(_ tenant: Tenant) {
    guard let minutes = tenant.settings?.sessionIdleMinutes, minutes > 0 else { return nil }
    self.init(minutes: minutes)
    if self == .usual { return nil }
  }

  var seconds: Int32 { Int32(clamping: duration.components.seconds) }
}
