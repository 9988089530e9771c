// MeshAccessTests
