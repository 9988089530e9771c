// MeshCryptoTests
