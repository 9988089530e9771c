import MeshCore
import Testing

@Suite struct `Base 64` {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `follows the vectors of RFC 4648`(_ plain: String, _ encoded: String) {
    let bytes = Array(plain.utf8)
    let unpadded = String(encoded.prefix { $0 != "=" })
    #expect(Base64.encode(bytes) == encoded)
    #expect(Base64.encode(bytes, padded: false) == unpadded)
    #expect(Base64.encodeURL(bytes) == unpadded)
    #expect(Base64.decode(encoded) == bytes)
    #expect(Base64.decode(unpadded) == bytes)
    #expect(Base64.decodeURL(unpadded) == bytes)
  }

  @Test func `has one alphabet for texts and one for URLs`() {
    let bytes: [UInt8] = [0xfb, 0xff, 0xfe]
    #expect(Base64.encode(bytes) == "+//+")
    #expect(Base64.encodeURL(bytes) == "-__-")
    #expect(Base64.decode("-__-") == nil)
    #expect(Base64.decodeURL("+//+") == nil)
  }

  @Test(arguments: [
    "Z", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Z g=", "Zm9v\n",
  ])
  func `refuses what no encoder writes`(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `for URLs refuses padding`() {
    #expect(Base64.decodeURL("Zg==") == nil)
  }
}

@Suite struct `Hexadecimal` {
  @Test func `is written in lower case and read in either`() {
    #expect(Hex.encode([0, 0x9f, 0xff]) == "009fff")
    #expect(Hex.decode("009FfF") == [0, 0x9f, 0xff])
    #expect(Hex.decode("") == [])
  }

  @Test(arguments: ["0", "0g", "0x00", " 00", "é0"])
  func `refuses other texts`(_ text: String) {
    #expect(Hex.decode(text) == nil)
  }
}

@Suite struct `A byte count` {
  @Test func `is shown in the largest unit that divides it`() {
    #expect(ByteCount.mebibytes(4).description == "4 MiB")
    #expect(ByteCount.bytes(1536).description == "1536 B")
    #expect(ByteCount.bytes(3 << 30).description == "3 GiB")
    #expect(ByteCount.bytes(0).description == "0 B")
    #expect(ByteCount.kibibytes(1).bytes == 1024)
  }
}
