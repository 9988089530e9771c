import MeshCore
import MeshHTTP
import MeshLoop

/// `/metrics`, `/livez` and `/readyz` of a service over HTTP/1.1, for Prometheus and orchestrators.
@LoopActor
final class MetricsServer {
  private let server: HTTP1Server

  /// - Throws: when nothing can listen at `address`.
  init(_ address: String, _ metrics: Metrics, _ readiness: Readiness) throws {
    guard let address = SocketAddress(address) else {
      throw StartError(description: "LEADMESH_METRICS_LISTEN: must be host:port, not \(address)")
    }
    let probe = MetricsProbe(metrics, readiness)
    server = HTTP1Server { request in await probe.answer(String(request.path)) }
    do {
      _ = try server.listen(on: address)
    } catch {
      throw StartError(description: "LEADMESH_METRICS_LISTEN: \(error)")
    }
  }

  func close() async { await server.drain(within: .zero) }
}

/// The responses, by path.
@LoopActor
struct MetricsProbe {
  private let metrics: Metrics
  private let readiness: Readiness

  init(_ metrics: Metrics, _ readiness: Readiness) {
    self.metrics = metrics
    self.readiness = readiness
  }

  func answer(_ path: String) async -> HTTPResponse {
    switch path {
    case "/metrics": return text(200, await metrics.page())
    case "/livez": return text(200, "ok\n")
    case "/readyz":
      await readiness.recover()
      let obstacle = readiness.obstacle
      return text(obstacle == nil ? 200 : 503, "\(obstacle ?? "ok")\n")
    default: return text(404, "not found\n")
    }
  }

  private func text(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(
      status,
      headers: ["content-type": "text/plain; version=0.0.4; charset=utf-8"],
      body: Array(text.utf8)
    )
  }
}
