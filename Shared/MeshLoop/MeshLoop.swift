// MeshLoop
