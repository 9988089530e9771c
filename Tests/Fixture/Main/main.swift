import MeshService

await run(ErrandReminders.self)
