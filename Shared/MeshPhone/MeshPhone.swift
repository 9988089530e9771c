// MeshPhone
