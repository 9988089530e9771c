package import MeshLoop

/// Reads the next batch of a file while the one before is written.
@LoopActor
package final class ImportLookahead<Batch: Sendable> {
  private var reading: (offset: Int, task: Task<Batch, any Error>)?

  nonisolated init() {}

  /// The batch that begins at `offset`: the one whose reading began before, or the result of `read`.
  func batch(
    at offset: Int,
    _ read: @LoopActor () async throws -> Batch
  ) async throws -> Batch {
    guard let begun = reading, begun.offset == offset else { return try await read() }
    reading = nil
    return try await begun.task.value
  }

  /// Begins to read the batch at `offset`; errors are thrown to whoever asks for it.
  func begin(
    at offset: Int,
    _ read: @escaping @Sendable @LoopActor () async throws -> Batch
  ) {
    reading?.task.cancel()
    reading = (offset, Task.immediate { @LoopActor in try await read() })
  }

  /// Waits until nothing is being read.
  package func end() async {
    let task = reading?.task
    reading = nil
    task?.cancel()
    _ = await task?.result
  }
}
