// MeshRPCTests
