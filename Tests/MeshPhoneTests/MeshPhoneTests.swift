// MeshPhoneTests
