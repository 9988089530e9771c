import MeshCore
package import MeshLoop
package import MeshStore

/// Carries on commands that were interrupted, whatever their kind: each second it looks for those that are due,
/// and each minute for those that can be forgotten.
@LoopActor
package final class CommandRunner {
  /// Commands carried on at the same time, so that a service that hangs does not hold up the others.
  private static let mostAtOnce = 16
  private static let pause = Duration.seconds(1)

  private let drivers: [String: any CommandDriver]
  private let store: Store
  private let author: Author
  private let log: Log
  private var underWay: Set<StoredCommand.Name> = []

  package nonisolated init(_ drivers: [any CommandDriver], _ store: Store, _ log: Log) {
    self.drivers = Dictionary(uniqueKeysWithValues: drivers.map { ($0.name, $0) })
    self.store = store
    self.log = log
    author = Author(actor: "system:\(store.service)")
  }

  /// Runs until cancelled.
  package func run() async {
    await attempt {
      if !self.store.isShared { try await self.store.releaseCommands(as: self.author) }
    }
    var rounds = 0
    while !Task.isCancelled {
      await attempt { try await self.resumeDue() }
      if rounds % 60 == 0 {
        await attempt { try await self.store.forgetOldCommands(as: self.author) }
      }
      rounds += 1
      try? await sleep(for: Self.pause)
    }
  }

  /// Carries on the commands that are due.
  ///
  /// - Returns: a task for each, which ends when its command has ended or waits for the next try.
  /// - Throws: UNAVAILABLE.
  @discardableResult
  package func resumeDue() async throws -> [Task<Void, Never>] {
    guard underWay.count < Self.mostAtOnce else { return [] }
    let due = try await store.dueCommands(drivers.keys.sorted(), limit: Self.mostAtOnce)
    // A running command is due again when its step takes longer than the process holds it for.
    let others = due.filter { !underWay.contains($0.name) }
    return others.prefix(Self.mostAtOnce - underWay.count).compactMap { command in
      guard let driver = drivers[command.kind] else { return nil }
      underWay.insert(command.name)
      return Task.immediate { @LoopActor in
        await driver.resume(command)
        self.underWay.remove(command.name)
      }
    }
  }

  private func attempt(_ body: @LoopActor () async throws -> Void) async {
    do {
      try await body()
    } catch {
      if !Task.isCancelled { log.warning("commands_not_resumed", ["error": .cause(error)]) }
    }
  }
}
