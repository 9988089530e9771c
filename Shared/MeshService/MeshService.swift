// MeshService
