import DealsService
import MeshService

await run(DealsService.self)
