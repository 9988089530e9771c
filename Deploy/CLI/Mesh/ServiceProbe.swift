import MeshCore
import MeshLoop
import MeshRPC

/// Whether a service is running and ready.
enum ServiceProbe {
  enum Finding: Equatable {
    case down
    /// The remark says why.
    case notReady(pid: Int32?, remark: String = "")
    /// The remark says what an operator should look after; empty when all is well.
    case ready(pid: Int32?, remark: String = "")

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
      case .notReady(let pid, _), .ready(let pid, _): pid
      }
    }

    var remark: String {
      switch self {
      case .down: ""
      case .notReady(_, let remark), .ready(_, let remark): remark
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
    let remark = answer?.remark ?? "no answer"
    return answer?.status == .serving
      ? .ready(pid: pid, remark: remark) : .notReady(pid: pid, remark: remark)
  }
}
