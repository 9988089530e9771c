import MeshCore
package import MeshLoop
import MeshProto
import MeshRPC
package import MeshStore

/// Carries commands of any kind on, for the background and the operator.
@LoopActor
package protocol CommandDriver: AnyObject, Sendable {
  /// The kind's.
  nonisolated var name: String { get }

  /// Carries on a command that is due; failures are stored and logged.
  func resume(_ command: StoredCommand) async

  /// Carries a command on now, even one that has failed.
  ///
  /// - Throws: when it does not finish, or was undone.
  func retry(_ command: StoredCommand) async throws

  /// Ends and forgets a command that has failed, after undoing it, or one that was undone; if undoing is
  /// refused, what was done stays.
  ///
  /// - Throws: FAILED_PRECONDITION for one that is under way; UNAVAILABLE if it cannot be undone now.
  func discard(_ command: StoredCommand) async throws
}

/// The commands of one kind: what a service starts them with.
///
/// `CommandKind` explains how they work.
@LoopActor
package final class Commands<Kind: CommandKind>: CommandDriver {
  /// Tries of one step in a row.
  package nonisolated static var mostAttempts: Int { 200 }

  package nonisolated let kind: Kind
  private let store: Store
  private let log: Log
  private let backoff = Backoff(base: .seconds(1), limit: StoredCommand.longestWait)
  /// Commands that this process carries on.
  private var running: [StoredCommand.Name: Task<Kind.State, any Error>] = [:]

  package nonisolated init(_ kind: Kind, _ store: Store, _ log: Log) {
    self.kind = kind
    self.store = store
    self.log = log
  }

  package nonisolated var name: String { Kind.name }

  // MARK: For a caller

  /// Carries a command to its end.
  ///
  /// The command continues by itself if its caller leaves.
  ///
  /// - Parameters:
  ///   - beginning: of the transaction that began it.
  ///   - own: the kind with what only this request knows, such as a password, for a command that it began.
  /// - Returns: the state after the last step.
  /// - Throws: the refusal of a step, after which nothing of the command is left if its kind can be undone;
  ///   an error that may pass, after which it continues by itself; UNAVAILABLE while another process carries it on.
  package func finish(_ beginning: CommandBeginning, as own: Kind? = nil) async throws -> Kind.State
  {
    switch beginning {
    case .begun(let command):
      try await carryOn(command, own ?? kind, by: command.author, isAwaited: true)
    case .found(let command) where command.status == .done:
      try Kind.State(wire: command.state)
    case .found(let command):
      try await takeUp(command, isAwaited: true)
    }
  }

  // MARK: In the background

  package func resume(_ command: StoredCommand) async {
    do {
      _ = try await takeUp(command, isAwaited: false)
      log.info(
        "command_done",
        [
          "command": .number(Int(command.number)), "kind": .word(command.kind),
          "tenant": .id("\(command.name.tenant)"),
        ]
      )
    } catch {
      if error is CommandLost { return }
      log.warning(
        "command_not_done",
        [
          "command": .number(Int(command.number)), "kind": .word(command.kind),
          "tenant": .id("\(command.name.tenant)"), "error": .cause(error),
        ]
      )
    }
  }

  package func retry(_ command: StoredCommand) async throws {
    guard command.status != .undone else {
      throw MeshError.failedPrecondition("the command was undone: its request can be made again")
    }
    _ = try await takeUp(command, isAwaited: false)
  }

  package func discard(_ command: StoredCommand) async throws {
    switch command.status {
    case .running, .undoing, .done:
      throw MeshError.failedPrecondition("the command is under way or done")
    case .undone:
      _ = try await write(command, author(command)) { try $0.forget($1) }
    case .failed:
      let held = try await write(command, author(command)) { transaction, command in
        command.beginUndoing(command.error, at: transaction.now)
        try transaction.save(&command)
      }
      do {
        _ = try await carryOn(held, kind, by: author(command), isAwaited: true)
      } catch {
        try await forget(command, after: error)
      }
    }
  }

  /// Forgets a command that was to be undone.
  ///
  /// - Throws: UNAVAILABLE for one that could not be undone for now.
  private func forget(_ command: StoredCommand, after error: any Error) async throws {
    let left = try await store.read(command.name.tenant) { try $0.command(command.name) }
    guard let left else { return }
    guard error.isRefusal else { throw MeshError.unavailable("the command cannot be undone now") }
    _ = try await write(left, author(left)) { try $0.forget($1) }
    log.warning(
      "command_not_undone",
      [
        "command": .number(Int(command.number)), "kind": .word(command.kind),
        "tenant": .id("\(command.name.tenant)"), "error": .cause(error),
      ]
    )
  }

  /// Carries on an interrupted command, in the service's name.
  private func takeUp(_ found: StoredCommand, isAwaited: Bool) async throws -> Kind.State {
    if let task = running[found.name] { return try await task.value }
    let author = author(found)
    do {
      let command = try await hold(found, by: author)
      return try await carryOn(command, kind, by: author, isAwaited: isAwaited)
    } catch let error as CommandLost {
      // A request that began it in the same commit may have been told of that later than this one.
      guard let task = running[found.name] else { throw error }
      return try await task.value
    }
  }

  /// - Throws: `CommandLost` for a command that is held, or gone.
  private func hold(_ found: StoredCommand, by author: Author) async throws -> StoredCommand {
    try await store.write(found.name.tenant, as: author) { transaction in
      guard var command = try transaction.command(found.name), command.status != .undone else {
        throw CommandLost()
      }
      if command.status == .done { return command }
      guard command.isFree(at: transaction.now) else { throw CommandLost() }
      command.hold(at: transaction.now)
      try transaction.save(&command)
      return command
    }
  }

  // MARK: Steps

  /// Carries on a command that this process holds, in a task of its own, which does not end with the caller.
  private func carryOn(
    _ command: StoredCommand,
    _ kind: Kind,
    by author: Author,
    isAwaited: Bool
  ) async throws -> Kind.State {
    let task = Task.immediate { @LoopActor in
      try await self.run(command, kind, author, isAwaited: isAwaited)
    }
    running[command.name] = task
    defer { running[command.name] = nil }
    return try await task.value
  }

  private func run(
    _ held: StoredCommand,
    _ kind: Kind,
    _ author: Author,
    isAwaited: Bool
  ) async throws -> Kind.State {
    var command = held
    var refusal: (any Error)?
    while command.isOpen {
      do {
        if command.status == .running {
          command = try await step(command, kind, author)
        } else {
          command = try await undo(command, kind, author, isAwaited: isAwaited)
        }
      } catch {
        if error is CommandLost { throw error }
        command = try await note(error, command, kind, author)
        guard command.status == .undoing, command.isHeld else { throw refusal ?? error }
        refusal = error
      }
    }
    guard command.status == .done else {
      throw refusal ?? MeshError.failedPrecondition("the command was refused, and was undone")
    }
    return try Kind.State(wire: command.state)
  }

  private func step(
    _ command: StoredCommand,
    _ kind: Kind,
    _ author: Author
  ) async throws -> StoredCommand {
    let steps = kind.steps
    guard let place = steps.firstIndex(where: { $0.name == command.step }) else {
      throw UnknownStep()
    }
    let step = steps[place]
    let next = place + 1 < steps.count ? steps[place + 1].name : ""
    let state = try await step.call(Kind.State(wire: command.state), work(command, author))
    return try await write(command, author) { transaction, command in
      var state = state
      try step.write(&state, transaction)
      command.advance(to: next, state.wireBytes(), at: transaction.now)
      try transaction.save(&command)
    }
  }

  private func undo(
    _ command: StoredCommand,
    _ kind: Kind,
    _ author: Author,
    isAwaited: Bool
  ) async throws -> StoredCommand {
    if case .undo(let undo) = kind.afterRefusal {
      try await undo(Kind.State(wire: command.state), work(command, author))
    }
    return try await write(command, author) { transaction, command in
      command.end(.undone, at: transaction.now)
      if isAwaited { try transaction.forget(command) } else { try transaction.save(&command) }
    }
  }

  /// - Throws: `CommandLost` when this process has the command for less time than a call may take.
  private func work(_ command: StoredCommand, _ author: Author) throws -> CommandWork {
    let now = store.clock.now
    guard now + CommandWork.callTime <= command.dueTime else { throw CommandLost() }
    return CommandWork(command, of: store.service, by: author, at: now)
  }

  /// Stores why the next step has failed, and what follows from that.
  private func note(
    _ error: any Error,
    _ command: StoredCommand,
    _ kind: Kind,
    _ author: Author
  ) async throws -> StoredCommand {
    let text = LogValue.text(of: error)
    let isRefused = command.status == .running && error.isRefusal
    let undoes =
      switch kind.afterRefusal {
      case .undo, .nothingToUndo: true
      // A first try without an answer may still have taken effect.
      case .leave: command.error.isEmpty && command.step == kind.steps.first?.name
      }
    let isLast = isRefused || command.attempts + 1 >= Self.mostAttempts
    let wait = isLast ? nil : backoff.wait(after: command.attempts + 1)
    return try await write(command, author) { transaction, command in
      if isRefused, undoes {
        command.beginUndoing(text, at: transaction.now)
      } else {
        command.putOff(text, for: wait, at: transaction.now)
      }
      try transaction.save(&command)
    }
  }

  private func write(
    _ command: StoredCommand,
    _ author: Author,
    _ body: @escaping @Sendable (WriteTransaction, inout StoredCommand) throws -> Void
  ) async throws -> StoredCommand {
    try await store.write(command.name.tenant, as: author) { transaction in
      var command = command
      try body(transaction, &command)
      return command
    }
  }

  private func author(_ command: StoredCommand) -> Author { command.author(of: store.service) }
}

/// The kind has no step with the name of a command's next one: a later release began it.
private struct UnknownStep: Error {}
