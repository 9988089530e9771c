import AccessService
import MeshService

await run(AccessService.self)
