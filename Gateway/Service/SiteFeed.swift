import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TenantsAPI

/// Keeps `Sites` current by pulling the tenants' change log, for as long as the process runs.
@LoopActor
final class SiteFeed {
  /// Pulls changes, as `Changes.Pull` does, with a limit on how long the call may take.
  typealias Pull = @LoopActor (PullRequest, Duration) async throws(MeshError) -> PullResponse

  private static let pageSize: Int32 = 1000
  private static let wait = Duration.seconds(30)
  /// How long to wait after a failure before the next attempt.
  private static let pause = Duration.milliseconds(200)

  private let sites: Sites
  private let pull: Pull
  private var position: Int64 = 0

  nonisolated init(sites: Sites, pull: @escaping Pull) {
    self.sites = sites
    self.pull = pull
  }

  /// Reads all tenants that there are.
  ///
  /// - Throws: when they are not known after `limit`.
  func catchUp(within limit: Duration) async throws(GatewayError) {
    let deadline = Deadline(after: limit)
    while !sites.isComplete {
      guard !deadline.hasPassed else { throw GatewayError("the tenants cannot be read") }
      await tryStep()
    }
  }

  /// Follows the change log until the task is cancelled.
  func run() async {
    while !Task.isCancelled { await tryStep() }
  }

  /// Takes one page of changes; after a failure it waits before the next.
  private func tryStep() async {
    do throws(MeshError) {
      try await step()
    } catch {
      try? await sleep(for: Self.pause)
    }
  }

  /// Takes one page of changes.
  ///
  /// Until all that exists is known, a page is not waited for: one that goes no further is the end.
  func step() async throws(MeshError) {
    let wait = sites.isComplete ? Self.wait : .zero
    let request = PullRequest(
      after: position,
      max: Self.pageSize,
      waitMilliseconds: Int32(wait.components.seconds * 1000),
      objects: ["tenant"]
    )
    let page = try await pull(request, wait + .seconds(10))
    for change in page.changes { apply(change) }
    if page.position <= position { sites.markComplete() }
    position = max(position, page.position)
  }

  private func apply(_ change: Change) {
    if change.after.isEmpty {
      if let id = TenantID(change.id) { sites.remove(id) }
    } else if let tenant = try? Tenant(wire: change.after) {
      sites.apply(tenant)
    }
  }
}
