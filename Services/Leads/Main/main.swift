import LeadsService
import MeshService

await run(LeadsService.self)
