// MeshCoreTests
