import MeshCore
import MeshCrypto
import Testing

/// A test vector of RFC 8032, section 7.1.
private struct Vector: Sendable {
  let seed: String
  let publicKey: String
  let message: String
  let signature: String

  static let all = [
    Vector(
      seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      message: "",
      signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    Vector(
      seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      message: "72",
      signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    Vector(
      seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      message: "af82",
      signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
        + "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]
}

/// The example keys of RFC 8410, section 10.
private enum Example {
  static let privatePEM = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----

    """
  static let publicPEM = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----

    """
}

@Suite struct `An Ed25519 key` {
  @Test(arguments: Vector.all)
  private func `signs as RFC 8032 does`(_ vector: Vector) throws {
    let key = try Ed25519PrivateKey(seed: try #require(Hex.decode(vector.seed)))
    let publicKey = key.publicKey
    let message = try #require(Hex.decode(vector.message))
    let signature = key.sign(message)
    #expect(Hex.encode(publicKey.rawRepresentation) == vector.publicKey)
    #expect(Hex.encode(signature) == vector.signature)
    #expect(publicKey.isValid(signature, for: message))
  }

  @Test func `refuses a signature in which any bit changed`() throws {
    let key = try Ed25519PrivateKey.generate()
    let publicKey = key.publicKey
    let message = Array("a message".utf8)
    let signature = key.sign(message)
    #expect(publicKey.isValid(signature, for: message))
    for byte in signature.indices {
      var changed = signature
      changed[byte] ^= 1
      #expect(!publicKey.isValid(changed, for: message))
    }
    #expect(!publicKey.isValid(signature, for: message + [0]))
    #expect(!publicKey.isValid(signature + [0], for: message))
    #expect(!publicKey.isValid([], for: message))
    #expect(try !Ed25519PrivateKey.generate().publicKey.isValid(signature, for: message))
  }

  @Test func `is read from and written as the PEM of RFC 8410`() throws {
    let key = try Ed25519PrivateKey(pem: Example.privatePEM)
    let publicKey = key.publicKey
    let pem = key.pem
    #expect(pem == Example.privatePEM)
    #expect(publicKey.pem == Example.publicPEM)
    #expect(try Ed25519PublicKey.all(inPEM: Example.publicPEM) == [publicKey])
  }

  @Test func `stands beside others in one PEM file`() throws {
    let first = try Ed25519PrivateKey.generate().publicKey
    let second = try Ed25519PrivateKey.generate().publicKey
    let keys = try Ed25519PublicKey.all(inPEM: "current\n" + first.pem + "\nnext\n" + second.pem)
    #expect(keys == [first, second])
    #expect(first.keyID != second.keyID)
    #expect(first.keyID == Hex.encode(SHA256.hash(first.rawRepresentation)).prefix(16))
  }

  @Test(arguments: [
    "", "no key at all", Example.privatePEM,
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9E\n-----END PUBLIC KEY-----\n",
    Example.publicPEM + "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----\n",
    // X25519: as long, but for key agreement.
    """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----
    """,
  ])
  func `is not read from anything else`(_ text: String) {
    #expect(throws: CryptoError.notAnEd25519Key) { try Ed25519PublicKey.all(inPEM: text) }
  }

  @Test func `that is private is not read from a public one, nor from 31 bytes`() {
    #expect(throws: CryptoError.notAnEd25519Key) {
      _ = try Ed25519PrivateKey(pem: Example.publicPEM)
    }
    #expect(throws: CryptoError.notAnEd25519Key) {
      _ = try Ed25519PrivateKey(seed: [UInt8](repeating: 1, count: 31))
    }
  }
}
