// MeshStoreTests
