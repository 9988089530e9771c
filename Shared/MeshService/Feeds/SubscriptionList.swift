import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// What a process follows in another service's change log.
struct FollowedLog {
  /// Its name in dead letters.
  let feed: String
  let service: String
  let objects: [String]
  let use: SubscriptionUse
  /// The place in the log up to which it was taken; nil if a snapshot has to be taken first.
  let cursor: @LoopActor () async throws -> String?
}

/// The operator's list of what this service follows, and how far it is behind.
struct SubscriptionList: SubscriptionsHandlers {
  /// Asks a service how much of its log comes after a place.
  typealias Measure = @LoopActor (_ service: String, MeasureRequest) async throws -> MeasureResponse

  let logs: [FollowedLog]
  /// Where dead letters are; nil for a service without a database, which has none.
  let store: Store?
  let measure: Measure

  @LoopActor
  func describeSubscriptions(
    _ request: DescribeSubscriptionsRequest,
    _ call: Call
  ) async throws -> DescribeSubscriptionsResponse {
    DescribeSubscriptionsResponse(subscriptions: try await all())
  }

  /// What is followed, in the order of names.
  ///
  /// Reads the store, and asks each followed service, which searches at most 10,000 changes: for
  /// operators and metrics, not for requests.
  ///
  /// - Throws: UNAVAILABLE when dead letters cannot be counted.
  @LoopActor
  func all() async throws -> [Subscription] {
    let letters = try await store?.deadLetterCounts() ?? [:]
    // A service that does not answer costs its time once, not once for each of its logs.
    let measuring = logs.map { log in Task.immediate { @LoopActor in await behind(log) } }
    var subscriptions: [Subscription] = []
    for (log, task) in zip(logs, measuring) {
      subscriptions.append(
        Subscription(
          feed: log.feed,
          service: log.service,
          objects: log.objects,
          use: log.use,
          behind: await task.value,
          deadLetters: Int32(clamping: letters[log.feed] ?? 0)
        )
      )
    }
    return subscriptions.sorted { $0.feed < $1.feed }
  }

  /// - Returns: nil when it is not known at present.
  @LoopActor
  private func behind(_ log: FollowedLog) async -> MeasureResponse? {
    guard let cursor = try? await log.cursor() else { return nil }
    return try? await measure(
      log.service,
      MeasureRequest(cursor: cursor, objects: log.objects)
    )
  }
}

extension SubscriptionList {
  /// What a service reacts to and keeps copies of.
  @LoopActor
  init(_ reactions: [ReactionRunner], _ replicas: [any Replicated], _ runtime: ServiceRuntime) {
    let store = runtime.database
    let reacting = reactions.map { runner in
      FollowedLog(
        feed: runner.feed,
        service: runner.reaction.service,
        objects: runner.reaction.objects,
        use: .reaction
      ) { try await runner.cursor() }
    }
    let copying = replicas.map { replica in
      FollowedLog(
        feed: replica.source.feed,
        service: replica.source.service,
        objects: [replica.source.object],
        use: .replica
      ) {
        guard let store else { return replica.cursor }
        return try await store.cursor(of: replica.source.feed)
      }
    }
    let logs = reacting + copying
    let services = Set(logs.map(\.service))
    let clients = Dictionary(
      uniqueKeysWithValues: services.map { ($0, ChangesClient(runtime.channel(to: $0))) }
    )
    let options = CallOptions(timeout: .seconds(1), authorization: .system(runtime.name))
    self.init(logs: logs, store: store) { service, request in
      guard let client = clients[service] else { throw MeshError.unavailable(service) }
      return try await client.measure(request, options)
    }
  }
}
