import MeshLoop

/// Does some work for each item, for several at the same time.
///
/// - Parameters:
///   - items: for which it is done.
///   - most: for how many at once.
///   - work: what is done; it may suspend.
/// - Returns: what it gave, in no order.
/// - Throws: what it threw for one of them; others may have been done by then.
@LoopActor
func inLanes<Item: Sendable, Output: Sendable>(
  _ items: [Item],
  atOnce most: Int,
  _ work: @escaping @LoopActor @Sendable (Item) async throws(CommandError) -> Output
) async throws(CommandError) -> [Output] {
  let lanes = (0..<min(most, items.count)).map { lane in
    let task: Task<Result<[Output], CommandError>, Never> = Task.immediate { @LoopActor in
      var made: [Output] = []
      do throws(CommandError) {
        for place in stride(from: lane, to: items.count, by: most) {
          made.append(try await work(items[place]))
        }
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return task
  }
  let results = await withTaskCancellationHandler {
    var results: [Result<[Output], CommandError>] = []
    for lane in lanes { results.append(await lane.value) }
    return results
  } onCancel: {
    for lane in lanes { lane.cancel() }
  }
  var made: [Output] = []
  for result in results { made += try result.get() }
  return made
}
