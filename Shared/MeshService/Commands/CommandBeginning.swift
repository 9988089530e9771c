package import MeshCore
package import MeshProto
package import MeshRecords
package import MeshStore

/// What a command begins with.
package struct NewCommand<State: Message>: Sendable {
  let tenant: TenantID
  let subject: String
  let state: State

  /// - Parameters:
  ///   - tenant: the one that it belongs to.
  ///   - subject: the id or name of what it is about: only one command of its kind can be open about it;
  ///     empty to allow many.
  ///   - state: the input of the first step.
  package init(in tenant: TenantID, about subject: String = "", _ state: State) {
    self.tenant = tenant
    self.subject = subject
    self.state = state
  }
}

/// A command that answers a request.
package enum CommandBeginning: Sendable {
  /// Begun by the transaction; its caller carries it on.
  case begun(StoredCommand)
  /// Begun before, by the same request or another one about the same subject.
  case found(StoredCommand)
}

extension CommandTransaction {
  /// Begins a command in this transaction, once for each idempotency key.
  ///
  /// - Parameters:
  ///   - commands: of the kind.
  ///   - mark: of the request.
  ///   - start: checks whether it may begin, and makes the effects of that; runs for a request that has no
  ///     command yet, or whose command was undone. Its result is ignored if a command about the same
  ///     subject is open.
  /// - Returns: for `Commands.finish`.
  /// - Throws: what `start` throws; FAILED_PRECONDITION with reason IDEMPOTENCY_CONFLICT; RESOURCE_EXHAUSTED
  ///   for too many open commands, or too many bytes of state.
  package func begin<Kind: CommandKind>(
    _ commands: Commands<Kind>,
    once mark: RequestMark,
    _ start: () throws -> NewCommand<Kind.State>
  ) throws -> CommandBeginning {
    var begun: StoredCommand?
    let name = try once(
      key: mark.key,
      method: mark.method,
      requestHash: mark.hash,
      encode: { (name: StoredCommand.Name?) in name?.bytes ?? [] },
      decode: { StoredCommand.Name(bytes: $0) },
      isVoid: { name in try name.map { try forgetUndone($0) } ?? true }
    ) {
      switch try begin(commands, start()) {
      case .found(let open): return open.name
      case .begun(let command):
        begun = command
        return command.name
      }
    }
    if let begun { return .begun(begun) }
    guard let name, let found = try command(name) else { throw CommandLost() }
    return .found(found)
  }

  /// Begins a command that no request asked for.
  ///
  /// - Parameters:
  ///   - commands: of the kind.
  ///   - new: what it begins with; ignored if a command about the same subject is open.
  /// - Returns: for `Commands.finish`.
  /// - Throws: RESOURCE_EXHAUSTED for too many open commands, or too many bytes of state.
  package func begin<Kind: CommandKind>(
    _ commands: Commands<Kind>,
    _ new: NewCommand<Kind.State>
  ) throws -> CommandBeginning {
    if let open = try command(Kind.name, about: new.subject, of: new.tenant) { return .found(open) }
    return .begun(try add(new, commands.kind))
  }

  private func add<Kind: CommandKind>(
    _ new: NewCommand<Kind.State>,
    _ kind: Kind
  ) throws -> StoredCommand {
    try Limit.openCommands.check(openCommands(of: new.tenant) + 1)
    return try add(
      StoredCommand(
        StoredCommand.Name(tenant: new.tenant, id: ids.nextWords()),
        kind: Kind.name,
        subject: new.subject,
        author: author,
        step: kind.steps.first?.name ?? "",
        state: new.state.wireBytes(),
        createTime: now
      )
    )
  }

  /// Whether nothing of a command is left, so that its request can begin another.
  private func forgetUndone(_ name: StoredCommand.Name) throws -> Bool {
    guard let command = try command(name) else { return true }
    guard command.status == .undone else { return false }
    try forget(command)
    return true
  }
}

extension StoredCommand.Name {
  /// In the form of the stored response of the request that began the command.
  fileprivate var bytes: [UInt8] { tenant.bytes + id.bytes }

  fileprivate init?(bytes: [UInt8]) {
    guard bytes.count == 32, let tenant = TenantID(bytes: bytes.prefix(16)),
      let id = TenantID(bytes: bytes.suffix(16))
    else { return nil }
    self.init(tenant: tenant, id: id.words)
  }
}
