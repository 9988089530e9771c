import TasksService
import MeshService

await run(TasksService.self)
