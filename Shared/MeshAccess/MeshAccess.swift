// MeshAccess
