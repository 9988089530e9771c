import MeshCore
import MeshStore

/// The key by which failed logins are counted.
struct LoginKey: Sendable, Equatable {
  /// SHA-256 of the address as it was tried: most belong to no member, and no address is stored.
  let addressHash: [UInt8]
  /// The device that has logged in with the address before; empty for others.
  let device: [UInt8]
}

/// All SQL of failed logins.
extension ReadTransaction {
  func loginFailures(_ key: LoginKey) throws -> LoginFailures? {
    try first(
      """
      SELECT failure_count, last_time FROM failed_logins
      WHERE address_hash = \(key.addressHash) AND device = \(key.device)
      """
    ) { row in LoginFailures(count: try row.next(), lastTime: try row.next()) }
  }
}

extension WriteTransaction {
  /// The most rows of a tenant; beyond that, those with the fewest and oldest failures are deleted, so that trying
  /// many addresses does not end the delay of one that is being guessed.
  private static let mostRows = 10_000
  /// Rows that are deleted at once.
  private static let evictedRows = 1_000

  func save(_ failures: LoginFailures, _ key: LoginKey) throws {
    if failures.count == 1 { try makeRoomForFailures() }
    try execute(
      """
      INSERT INTO failed_logins (address_hash, device, failure_count, last_time)
      VALUES (\(key.addressHash), \(key.device), \(failures.count), \(failures.lastTime))
      ON CONFLICT (tenant_id, address_hash, device) DO UPDATE SET
        failure_count = excluded.failure_count, last_time = excluded.last_time
      """
    )
  }

  func deleteLoginFailures(_ key: LoginKey) throws {
    try execute(
      """
      DELETE FROM failed_logins
      WHERE address_hash = \(key.addressHash) AND device = \(key.device)
      """
    )
  }

  /// Deletes the failures with an address from every device.
  func deleteLoginFailures(addressHash: [UInt8]) throws {
    try execute("DELETE FROM failed_logins WHERE address_hash = \(addressHash)")
  }

  private func makeRoomForFailures() throws {
    try execute("DELETE FROM failed_logins WHERE last_time <= \(now - LoginFailures.memory)")
    let count = try value("SELECT count(*) FROM failed_logins", as: Int.self) ?? 0
    guard count >= Self.mostRows else { return }
    let keys = try rows(
      """
      SELECT address_hash, device FROM failed_logins
      ORDER BY failure_count, last_time LIMIT \(Self.evictedRows)
      """
    ) { row in LoginKey(addressHash: try row.next(), device: try row.next()) }
    for key in keys { try deleteLoginFailures(key) }
  }
}
