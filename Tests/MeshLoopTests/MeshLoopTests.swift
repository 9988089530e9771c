// MeshLoopTests
