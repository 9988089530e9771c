package import MeshCore
import Synchronization

/// Tells whoever works on operations that one was started.
package final class OperationNews: Sendable {
  package typealias Listener = @Sendable (_ tenant: TenantID, _ id: IDWords) -> Void

  private let listener = Mutex<Listener?>(nil)

  package init() {}

  /// Has `listener` hear of each operation from now on, in place of the one before.
  package func follow(_ listener: @escaping Listener) {
    self.listener.withLock { $0 = listener }
  }

  package func announce(_ tenant: TenantID, _ id: IDWords) {
    let listener = listener.withLock { $0 }
    listener?(tenant, id)
  }
}
