import GatewayService
import MeshService

await run(GatewayService.self)
