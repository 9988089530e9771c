import MeshCore
import MeshCrypto
import Testing

@Suite struct `SHA-256` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `gives the digests of FIPS 180`(_ message: String, _ digest: String) {
    #expect(Hex.encode(SHA256.hash(Array(message.utf8))) == digest)
    #expect(Hex.encode(SHA256.hash(message.utf8)) == digest)
  }

  @Test func `gives the same digest however the bytes arrive`() {
    var sha = SHA256()
    let thousand = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for count in 0..<1000 {
      sha.update(thousand.prefix(count))
      sha.update(thousand.dropFirst(count))
    }
    #expect(
      Hex.encode(sha.finalize())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
  }
}

@Suite struct `HMAC with SHA-256` {
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `gives the codes of RFC 4231`(_ key: [UInt8], _ message: String, _ code: String) {
    #expect(Hex.encode(HMACSHA256.code(for: Array(message.utf8), key: key)) == code)
  }

  @Test func `holds for its own message and key only`() {
    let code = HMACSHA256.code(for: [1, 2, 3], key: [9])
    #expect(HMACSHA256.isValid(code, for: [1, 2, 3], key: [9]))
    #expect(!HMACSHA256.isValid(code, for: [1, 2], key: [9]))
    #expect(!HMACSHA256.isValid(code, for: [1, 2, 3], key: [8]))
    #expect(!HMACSHA256.isValid(code.dropLast(), for: [1, 2, 3], key: [9]))
    #expect(!HMACSHA256.isValid([], for: [1, 2, 3], key: [9]))
  }
}

@Suite struct `Secrets` {
  @Test func `are compared byte by byte`() {
    #expect(ConstantTime.areEqual([], []))
    #expect(ConstantTime.areEqual([1, 2], [1, 2]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 0]))
  }

  @Test func `are drawn anew each time`() {
    let drawn = Set((0..<100).map { _ in SecureRandom.bytes(16) })
    #expect(drawn.count == 100)
    #expect(drawn.allSatisfy { $0.count == 16 })
    #expect(SecureRandom.bytes(0).isEmpty)
  }
}
