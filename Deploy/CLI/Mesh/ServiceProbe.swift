import MeshCore
import MeshLoop
import MeshRPC

/// Whether a service is running and ready.
enum ServiceProbe {
  enum Finding: Equatable {
    case down
    case notReady(pid: Int32?)
    case ready(pid: Int32?)

    /// Its name in text and JSON output.
    var name: String {
      switch self {
      case .down: "down"
      case .notReady: "not_ready"
      case .ready: "ready"
      }
    }

    var pid: Int32? {
      switch self {
      case .down: nil
      case .notReady(let pid), .ready(let pid): pid
      }
    }
  }

  /// Asks the service behind a Unix socket for its health.
  ///
  /// - Parameters:
  ///   - socket: its path.
  ///   - timeout: how long the response may take before the service counts as not ready.
  /// - Returns: the state at this moment.
  @LoopActor
  static func find(_ socket: String, timeout: Duration = .seconds(2)) async -> Finding {
    let address = SocketAddress.unix(path: socket)
    guard let connection = try? await StreamSocket.connect(to: address, timeout: timeout) else {
      return .down
    }
    let pid = connection.peer?.pid
    connection.close()
    let channel = Channel(to: address, patience: .zero)
    defer { channel.close() }
    let answer = try? await channel.call(
      Health.check,
      Health.CheckRequest(),
      CallOptions(timeout: timeout)
    )
    return answer?.status == .serving ? .ready(pid: pid) : .notReady(pid: pid)
  }
}
