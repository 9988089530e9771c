/// Durable work that a service does by itself, a step of one item, then a step of the next.
///
/// What there is to do stands in the store; the queue only says whose turn it is, so that it is filled
/// again from the store after a crash, and one large item does not hold up the small ones. Those who have
/// items take turns, so that many of one do not hold up the few of another. A process that does no work, as
/// another one does it, has at most `mostIdle` items waiting.
@LoopActor
package final class WorkQueue<Item: Hashable & Sendable> {
  /// The most items that are queued while no work is done; any others are found in the store once it is.
  package static var mostIdle: Int { 1_000 }

  private let owner: @Sendable (Item) -> AnyHashable
  /// The items of each owner that has any, in their order.
  private var items: [AnyHashable: [Item]] = [:]
  /// Whose turn it is, from the first.
  private var turns: [AnyHashable] = []
  /// What `items` has.
  private var waiting: Set<Item> = []
  private var isWorking = false
  private var idle: CheckedContinuation<Void, Never>?

  /// - Parameter owner: whose an item is; each has an owner of its own unless said otherwise.
  package nonisolated init(of owner: @escaping @Sendable (Item) -> AnyHashable = { $0 }) {
    self.owner = owner
  }

  /// Adds an item at the end, unless it is waiting already.
  package func add(_ item: Item) {
    guard isWorking || waiting.count < Self.mostIdle else { return }
    if waiting.insert(item).inserted {
      let owner = owner(item)
      if items[owner] == nil { turns.append(owner) }
      items[owner, default: []].append(item)
    }
    wake()
  }

  /// The first item of whoever's turn it is; nil when none waits.
  private func next() -> Item? {
    guard let owner = turns.first, var left = items[owner] else { return nil }
    turns.removeFirst()
    let item = left.removeFirst()
    waiting.remove(item)
    items[owner] = left.isEmpty ? nil : left
    if !left.isEmpty { turns.append(owner) }
    return item
  }

  /// Works until the task is cancelled.
  ///
  /// - Parameters:
  ///   - first: the items that were under way when the process ended; asked until it answers.
  ///   - again: how often `first` is asked for what other processes have added; nil for never.
  ///   - step: does one step and says whether there are more. When it throws, the item stays where it
  ///     durably is and gets its turn again after half a second.
  ///   - failed: gets each step that threw, and what it threw.
  ///   - notResumed: gets what `first` threw.
  package func run(
    first: @escaping @LoopActor () async throws -> [Item],
    again: Duration? = nil,
    step: @LoopActor (Item) async throws -> Bool,
    failed: @LoopActor (Item, any Error) -> Void,
    notResumed: @LoopActor (any Error) -> Void
  ) async {
    isWorking = true
    defer { isWorking = false }
    await resume(first, notResumed)
    let looking = again.map { pause in
      Task.immediate { @LoopActor in
        while (try? await sleep(for: pause)) != nil {
          for item in (try? await first()) ?? [] { self.add(item) }
        }
      }
    }
    defer { looking?.cancel() }
    while !Task.isCancelled {
      guard let item = next() else {
        await waitForWork()
        continue
      }
      do {
        if try await step(item) { add(item) }
      } catch {
        failed(item, error)
        Loop.shared.schedule(after: .milliseconds(500)) { self.add(item) }
      }
    }
  }

  private func resume(
    _ first: @LoopActor () async throws -> [Item],
    _ failed: @LoopActor (any Error) -> Void
  ) async {
    while !Task.isCancelled {
      do {
        for item in try await first() { add(item) }
        return
      } catch {
        if Task.isCancelled { return }
        failed(error)
        try? await sleep(for: .seconds(1))
      }
    }
  }

  private func waitForWork() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled || !waiting.isEmpty {
          continuation.resume()
        } else {
          idle = continuation
        }
      }
    } onCancel: {
      Loop.shared.enqueue { self.wake() }
    }
  }

  private func wake() {
    idle?.resume()
    idle = nil
  }
}
