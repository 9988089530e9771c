package import MeshCore

/// A transaction in which commands begin: a tenant's, or the system's for one that makes a tenant.
package protocol CommandTransaction: Transaction {
  var author: Author { get }
  var now: Timestamp { get }
  var ids: IDGenerator { get }

  func once<Response>(
    key: String?,
    method: String,
    requestHash: [UInt8],
    encode: (Response) -> [UInt8],
    decode: ([UInt8]) throws -> Response,
    isVoid: (Response) throws -> Bool,
    _ body: () throws -> Response
  ) throws -> Response
}

extension WriteTransaction: CommandTransaction {}
extension SystemWriteTransaction: CommandTransaction {}

extension Transaction {
  /// A command, unless it was forgotten.
  package func command(_ name: StoredCommand.Name) throws -> StoredCommand? {
    try requireScope(name.tenant)
    return try session.firstOwn(
      """
      SELECT \(StoredCommand.columns) FROM main.mesh_commands
      WHERE tenant_id = \(name.tenant) AND command_id = \(name.id.bytes)
      """
    ) { row in try StoredCommand(&row) }
  }

  /// The command of a kind about `subject` that has not ended, or has failed; an index has just those.
  package func command(
    _ kind: String,
    about subject: String,
    of tenant: TenantID
  ) throws -> StoredCommand? {
    try requireScope(tenant)
    return try session.firstOwn(
      """
      SELECT \(StoredCommand.columns) FROM main.mesh_commands
      WHERE tenant_id = \(tenant) AND kind = \(kind) AND subject = \(subject) AND subject <> ''
        AND \(StoredCommand.holdSubject)
      """
    ) { row in try StoredCommand(&row) }
  }

  /// How many of a tenant's commands have not ended.
  package func openCommands(of tenant: TenantID) throws -> Int {
    try requireScope(tenant)
    return try session.firstOwn(
      """
      SELECT count(*) FROM main.mesh_commands
      WHERE tenant_id = \(tenant) AND \(StoredCommand.areOpen)
      """
    ) { row in try row.next() } ?? 0
  }

  /// The store's own statements are not confined to a tenant by themselves.
  fileprivate func requireScope(_ tenant: TenantID) throws {
    guard scopeBytes.isEmpty || scopeBytes == tenant.bytes else {
      throw StoreError.refused(reason: "the command is another tenant's", statement: "")
    }
  }
}

extension CommandTransaction {
  /// Keeps a new command.
  ///
  /// - Returns: the command with its number.
  /// - Throws: `CommandLost` when there is one about the same subject; RESOURCE_EXHAUSTED when its state is
  ///   too large.
  package func add(_ command: StoredCommand) throws -> StoredCommand {
    try requireScope(command.name.tenant)
    try command.requireBounded()
    let (author, origin) = (command.author, command.author.origin)
    let number = try session.firstOwn(
      """
      INSERT INTO main.mesh_commands (
        tenant_id, command_id, kind, subject, actor, on_behalf_of, request_id, address, agent,
        create_time, status, step, state, attempts, error, is_held, due_time, version
      ) VALUES (
        \(command.name.tenant), \(command.name.id.bytes), \(command.kind), \(command.subject),
        \(author.actor), \(author.onBehalfOf), \(origin.requestID), \(origin.address),
        \(origin.agent), \(command.createTime), \(command.status.rawValue), \(command.step),
        \(command.state), \(command.attempts), \(command.error), \(command.isHeld),
        \(command.dueTime), 0
      ) ON CONFLICT DO NOTHING RETURNING number
      """
    ) { row in try row.next(Int64.self) }
    guard let number else { throw CommandLost() }
    var kept = command
    kept.number = number
    return kept
  }

  /// Keeps how far a command is.
  ///
  /// - Throws: `CommandLost` when another process has saved it since it was read; RESOURCE_EXHAUSTED when its
  ///   state is too large.
  package func save(_ command: inout StoredCommand) throws {
    try requireScope(command.name.tenant)
    try command.requireBounded()
    let saved = try session.runOwn(
      """
      UPDATE main.mesh_commands SET
        status = \(command.status.rawValue), step = \(command.step), state = \(command.state),
        attempts = \(command.attempts), error = \(command.error), is_held = \(command.isHeld),
        due_time = \(command.dueTime), version = \(command.version + 1)
      WHERE tenant_id = \(command.name.tenant) AND command_id = \(command.name.id.bytes)
        AND version = \(command.version)
      """
    )
    guard saved == 1 else { throw CommandLost() }
    command.version += 1
  }

  /// Keeps nothing more of a command.
  ///
  /// - Throws: `CommandLost` when another process has saved it since it was read.
  package func forget(_ command: StoredCommand) throws {
    try requireScope(command.name.tenant)
    let gone = try session.runOwn(
      """
      DELETE FROM main.mesh_commands
      WHERE tenant_id = \(command.name.tenant) AND command_id = \(command.name.id.bytes)
        AND version = \(command.version)
      """
    )
    guard gone == 1 else { throw CommandLost() }
  }
}

extension StoredCommand {
  fileprivate func requireBounded() throws(MeshError) {
    guard state.count <= Self.mostStateBytes else {
      throw .tooLarge("the command's state has more than 64 KiB")
    }
  }
}
