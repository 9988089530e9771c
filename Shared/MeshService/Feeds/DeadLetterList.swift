import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// A consumer that can apply changes that it put aside earlier.
@LoopActor
protocol DeadLetterConsumer: Sendable {
  /// The feed that it takes.
  nonisolated var feed: String { get }

  /// Applies a change and takes it off the list.
  ///
  /// - Throws: when it cannot; it stays on the list.
  func retry(_ letter: MeshStore.DeadLetter) async throws
}

/// The operator's list of changes that this service could not apply.
struct DeadLetterList: DeadLettersHandlers {
  let store: Store
  let consumers: [any DeadLetterConsumer]
  let log: Log

  @LoopActor
  func listDeadLetters(
    _ request: ListDeadLettersRequest,
    _ call: Call
  ) async throws -> ListDeadLettersResponse {
    let page = try NumberedPage(size: request.pageSize, token: request.pageToken)
    let letters = try await store.deadLetters(after: page.after, limit: page.size)
    let total = try await store.deadLetterCount()
    let last = letters.last?.number ?? page.after
    let isLast = try await store.deadLetters(after: last, limit: 1).isEmpty
    return ListDeadLettersResponse(
      letters: letters.map { MeshAPI.DeadLetter($0) },
      nextPageToken: isLast ? "" : String(last),
      totalSize: Int32(clamping: total)
    )
  }

  @LoopActor
  func retryDeadLetters(
    _ request: RetryDeadLettersRequest,
    _ call: Call
  ) async throws -> RetryDeadLettersResponse {
    var response = RetryDeadLettersResponse()
    for letter in try await store.deadLetters(NumberedPage.numbers(request.numbers)) {
      do {
        guard let consumer = consumers.first(where: { $0.feed == letter.letter.feed }) else {
          throw MeshError.failedPrecondition("this service no longer reads the feed")
        }
        try await consumer.retry(letter)
        response.applied += 1
      } catch {
        response.failed += 1
        log.warning(
          "dead_letter_failed",
          ["number": .number(Int(letter.number)), "error": .cause(error)]
        )
        try await store.noteFailure(
          of: letter,
          error: LogValue.text(of: error),
          as: Author(actor: call.caller.actor, origin: call.origin)
        )
      }
    }
    return response
  }

  @LoopActor
  func dropDeadLetters(
    _ request: DropDeadLettersRequest,
    _ call: Call
  ) async throws -> DropDeadLettersResponse {
    var response = DropDeadLettersResponse()
    let author = Author(actor: call.caller.actor, origin: call.origin)
    for number in try NumberedPage.numbers(request.numbers) {
      if try await store.discardDeadLetter(number, as: author) { response.dropped += 1 }
    }
    return response
  }
}

extension MeshAPI.DeadLetter {
  fileprivate init(_ letter: MeshStore.DeadLetter) {
    let change = try? MeshAPI.Change(wire: letter.letter.change)
    self.init(
      number: letter.number,
      feed: letter.letter.feed,
      tenantId: letter.letter.tenant?.description ?? "",
      object: letter.letter.object,
      id: letter.letter.id,
      action: change?.action ?? "",
      error: letter.letter.error,
      attempts: Int32(clamping: letter.letter.attempts),
      time: letter.time
    )
  }
}
