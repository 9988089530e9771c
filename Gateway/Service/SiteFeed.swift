import MeshAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TenantsAPI

/// Keeps `Sites` current by pulling the tenants' change log, for as long as the process runs.
@LoopActor
final class SiteFeed {
  /// Pulls changes, as `Changes.Pull` does.
  typealias Pull = @LoopActor (PullRequest) async throws(MeshError) -> PullResponse

  private static let pageSize: Int32 = 1000
  private static let wait: Int32 = 30_000
  /// How long to wait after a failure before the next attempt.
  private static let pause = Duration.milliseconds(200)

  private let sites: Sites
  private let pull: Pull
  private var position: Int64 = 0

  nonisolated init(sites: Sites, pull: @escaping Pull) {
    self.sites = sites
    self.pull = pull
  }

  /// Follows the change log until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do throws(MeshError) {
        try await step()
      } catch {
        do throws(CancellationError) { try await sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// Takes one page of changes.
  ///
  /// Until all that exists is known, a page is not waited for: one that goes no further is the end.
  func step() async throws(MeshError) {
    let page = try await pull(
      PullRequest(
        after: position,
        max: Self.pageSize,
        waitMilliseconds: sites.isComplete ? Self.wait : 0,
        objects: ["tenant"]
      )
    )
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
