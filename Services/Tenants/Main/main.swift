import MeshService
import TenantsService

await run(TenantsService.self)
