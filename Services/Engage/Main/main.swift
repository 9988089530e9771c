import EngageService
import MeshService

await run(EngageService.self)
