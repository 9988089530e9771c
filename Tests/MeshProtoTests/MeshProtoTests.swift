// MeshProtoTests
