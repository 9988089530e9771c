package import MeshCore

/// How far the rows of a table have keys of the present version.
package struct KeyProgress: Sendable, Equatable {
  /// What the keys are made by.
  package let version: [UInt8]
  /// The last row that has them; nil when all have, or before the first.
  package var last: (tenant: TenantID, id: IDWords)?
  package var isDone: Bool

  package init(version: [UInt8]) {
    self.version = version
    isDone = false
  }

  package static func == (left: KeyProgress, right: KeyProgress) -> Bool {
    left.bytes == right.bytes
  }

  fileprivate init?(bytes: [UInt8]) {
    guard bytes.count >= 2, bytes.count == 2 + Int(bytes[1]) + (bytes[0] == 1 ? 32 : 0) else {
      return nil
    }
    version = Array(bytes[2..<(2 + Int(bytes[1]))])
    isDone = bytes[0] == 2
    guard bytes[0] == 1 else { return }
    let place = bytes.suffix(32)
    guard let tenant = TenantID(bytes: place.prefix(16)), let id = TenantID(bytes: place.suffix(16))
    else { return nil }
    last = (tenant, id.words)
  }

  fileprivate var bytes: [UInt8] {
    let state: UInt8 = isDone ? 2 : last == nil ? 0 : 1
    let place = last.map { $0.tenant.bytes + $0.id.bytes } ?? []
    return [state, UInt8(clamping: version.count)] + version.prefix(255) + (isDone ? [] : place)
  }
}

extension Store {
  /// How far the keys of a table are; nil when no keys were ever made anew.
  package func keyProgress(of table: String) async throws -> KeyProgress? {
    try await systemRead(priority: .background) { transaction in
      var progress: KeyProgress?
      let name = KeyProgress.setting(table)
      try transaction.session.runOwn(
        "SELECT value FROM main.mesh_settings WHERE name = \(name)"
      ) { row in
        progress = KeyProgress(bytes: try row.next())
        return false
      }
      return progress
    }
  }

  /// The next rows of a table, of one tenant, in the order of tenants and ids.
  ///
  /// - Returns: nil when there are no more.
  package func rows(
    of table: String,
    after last: (tenant: TenantID, id: IDWords)?,
    limit: Int
  ) async throws -> (tenant: TenantID, ids: [IDWords])? {
    try await systemRead(priority: .background) { transaction in
      let table = SQL(name: table)
      let after: SQL =
        last.map { "(tenant_id, id) > (\($0.tenant), \($0.id.bytes))" } ?? "TRUE"
      var tenant: TenantID?
      var ids: [IDWords] = []
      try transaction.forEach(
        "SELECT tenant_id, id FROM \(table) WHERE \(after) ORDER BY tenant_id, id LIMIT \(limit)"
      ) { row in
        let owner: TenantID = try row.next()
        guard tenant == nil || tenant == owner else { return false }
        tenant = owner
        ids.append(try row.next(IDWords.self))
        return true
      }
      return tenant.map { ($0, ids) }
    }
  }

  /// Notes how far the keys of a table are, when no row is changed with it.
  package func save(
    _ progress: KeyProgress,
    of table: String,
    as author: Author
  ) async throws {
    try await systemWrite(as: author, priority: .background) {
      try $0.session.save(progress, of: table)
    }
  }
}

extension WriteTransaction {
  /// Notes how far the keys of a table are.
  package func save(_ progress: KeyProgress, of table: String) throws {
    try session.save(progress, of: table)
  }
}

extension StoreSession {
  fileprivate func save(_ progress: KeyProgress, of table: String) throws {
    let (name, bytes) = (KeyProgress.setting(table), progress.bytes)
    try runOwn(
      """
      INSERT INTO main.mesh_settings (name, value) VALUES (\(name), \(bytes))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    )
  }
}

extension KeyProgress {
  fileprivate static func setting(_ table: String) -> String { "keys:\(table)" }
}
