import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

/// The operator's list of the commands of this service that are not done.
struct CommandList: CommandsHandlers {
  let store: Store
  let drivers: [any CommandDriver]
  let log: Log

  @LoopActor
  func listCommands(
    _ request: ListCommandsRequest,
    _ call: Call
  ) async throws -> ListCommandsResponse {
    let page = try NumberedPage(size: request.pageSize, token: request.pageToken)
    var commands = try await store.commands(after: page.after, limit: page.size + 1)
    let isLast = commands.count <= page.size
    if !isLast { commands.removeLast() }
    let counts = try await store.commandCounts().filter { $0.key != .done }
    return ListCommandsResponse(
      commands: commands.map { DurableCommand($0) },
      nextPageToken: isLast ? "" : commands.last.map { String($0.number) } ?? "",
      totalSize: Int32(clamping: counts.values.reduce(0, +))
    )
  }

  @LoopActor
  func retryCommands(
    _ request: RetryCommandsRequest,
    _ call: Call
  ) async throws -> RetryCommandsResponse {
    var response = RetryCommandsResponse()
    for command in try await store.commands(NumberedPage.numbers(request.numbers)) {
      let isDone = await attempt(command) { try await $0.retry(command) }
      if isDone { response.done += 1 } else { response.failed += 1 }
    }
    return response
  }

  @LoopActor
  func dropCommands(
    _ request: DropCommandsRequest,
    _ call: Call
  ) async throws -> DropCommandsResponse {
    var response = DropCommandsResponse()
    for command in try await store.commands(NumberedPage.numbers(request.numbers)) {
      let isDiscarded = await attempt(command) { try await $0.discard(command) }
      if isDiscarded { response.dropped += 1 } else { response.failed += 1 }
    }
    return response
  }

  @LoopActor
  private func attempt(
    _ command: StoredCommand,
    _ body: @LoopActor (any CommandDriver) async throws -> Void
  ) async -> Bool {
    do {
      guard let driver = drivers.first(where: { $0.name == command.kind }) else {
        throw MeshError.failedPrecondition("this service no longer has commands of this kind")
      }
      try await body(driver)
      return true
    } catch {
      log.warning(
        "command_not_done",
        ["command": .number(Int(command.number)), "error": .cause(error)]
      )
      return false
    }
  }
}

extension DurableCommand {
  init(_ command: StoredCommand) {
    let waits = command.isOpen && !command.isHeld
    self.init(
      number: command.number,
      kind: command.kind,
      tenantId: command.name.tenant.description,
      actor: command.author.actor,
      state: CommandState(rawValue: Int32(command.status.rawValue)),
      step: command.step,
      attempts: Int32(clamping: command.attempts),
      error: command.error,
      createTime: command.createTime,
      nextTime: waits ? command.dueTime : nil,
      subjectId: TypeID(command.subject).map { $0.prefix.isEmpty ? "" : command.subject } ?? ""
    )
  }
}
