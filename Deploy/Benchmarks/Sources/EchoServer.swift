import BenchmarkAPI
import MeshCore
import MeshLoop
import MeshRPC

/// The least service there is, `echo.v1.Echo/Say`, to measure what the mesh itself costs.
enum EchoServer {
  /// Serves on 127.0.0.1 until the process is ended.
  @LoopActor
  static func run(port: UInt16) async throws {
    Loop.adoptJobsWithoutExecutor()
    var router = RPCRouter()
    router.add(EchoMethods.say) { request, _ in SayReply(text: request.text) }
    let server = RPCServer(router: router) { _ in
      Caller(tenant: nil, identity: .anonymous)
    }
    try server.listen(on: .tcp(host: "127.0.0.1", port: port))
    while true { try await MeshLoop.sleep(for: .seconds(3600)) }
  }
}
