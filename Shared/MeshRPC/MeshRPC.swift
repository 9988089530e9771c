// MeshRPC
