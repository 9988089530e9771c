// MeshServiceTests
