import MeshProto
import ProtoFixtures
import Testing

@Suite struct `Bytes that are no message` {
  @Test(arguments: [
    ("a varint that never ends", "18 ff"),
    ("a varint after the tag that is missing", "18"),
    ("a fixed64 cut short", "09 00000000"),
    ("a fixed32 cut short", "15 0000"),
    ("a length beyond the end", "72 05 6161"),
    ("a length of the largest number", "72 ffffffffffffffffff01"),
    ("a nested message beyond its own end", "8a01 03 12 05 61 6161616161"),
    ("packed values cut within one", "f201 01 80 01"),
    ("packed doubles cut within one", "8202 04 00000000"),
    ("a group that never ends", "9b06 0801"),
  ])
  func `are refused as truncated`(why: String, bytes: String) throws {
    #expect(failure(of: Kitchen.self, try hex(bytes)) == .truncated, "\(why)")
  }

  @Test(arguments: [
    ("field number 0", "00"),
    ("field number 0 with a length", "02 00"),
    ("a group's end without its beginning", "9c06"),
    ("a group's end of another number", "9b06 a406"),
    ("wire type 6", "1e"),
    ("wire type 7", "1f"),
    ("a varint of eleven bytes", "18 8080808080808080808001"),
    ("a tag beyond 32 bits", "8080808010 00"),
  ])
  func `are refused as malformed`(why: String, bytes: String) throws {
    #expect(failure(of: Kitchen.self, try hex(bytes)) == .malformed, "\(why)")
  }

  @Test func `are told from overlong varints, which are valid`() throws {
    #expect(try Kitchen(wire: hex("98 80 00 81 80 80 00")).int32Value == 1)
    #expect(try Kitchen(wire: hex("68 80 80 80 00")).boolValue == false)
    #expect(try Kitchen(wire: hex("68 80 02")).boolValue == true)
  }

  @Test func `are told from 64-bit varints of 32-bit fields, which are cut`() throws {
    #expect(try Kitchen(wire: hex("18 ffffffffffffffffff01")).int32Value == -1)
    #expect(try Kitchen(wire: hex("18 8180808010")).int32Value == 1)
    #expect(try Kitchen(wire: hex("28 8180808010")).uint32Value == 1)
  }
}

@Suite struct `A string` {
  @Test func `with 31 combining marks in a row is refused by strict readers alone`() throws {
    func wire(_ marks: Int) -> [UInt8] {
      let text = "a" + String(repeating: "\u{301}", count: marks) + String(repeating: "b", count: 9)
      return [0x72, UInt8(text.utf8.count)] + text.utf8
    }
    let strict = WireLimits(isStrict: true)
    let error = #expect(throws: WireError.self) { try Kitchen(wire: wire(31), limits: strict) }
    #expect(error == .notStreamSafe(field: "string_value"))
    #expect(try Kitchen(wire: wire(30), limits: strict).stringValue.unicodeScalars.count == 40)
    #expect(try Kitchen(wire: wire(31)).stringValue.unicodeScalars.count == 41)
  }

  @Test(arguments: [
    "80", "c3", "c0af", "e28228", "eda080", "f4908080", "f09f8f", "616161616161616161ff",
  ])
  func `that is not UTF-8 is refused with its field named`(bytes: String) throws {
    let text = try hex(bytes)
    let wire = try hex("72") + [UInt8(text.count)] + text
    #expect(failure(of: Kitchen.self, wire) == .invalidUTF8(field: "string_value"))
  }

  @Test(arguments: ["00", "6100", "0061", "6161616161616100", "616161616161616161610061", "c3a400"])
  func `that contains NUL is refused with its field named`(bytes: String) throws {
    let text = try hex(bytes)
    let wire = try hex("72") + [UInt8(text.count)] + text
    #expect(failure(of: Kitchen.self, wire) == .containsNUL(field: "string_value"))
  }

  @Test func `is named by its path when it is nested`() throws {
    let third = try hex("aa02 00  aa02 00  aa02 03 1201ff")
    #expect(failure(of: Kitchen.self, third) == .invalidUTF8(field: "drawers[2].things"))
    let inner = try hex("f203 06  f203 03  720100")
    #expect(
      failure(of: Kitchen.self, inner) == .containsNUL(field: "annex.annex.string_value")
    )
    let key = try hex("c202 03 0a01ff")
    #expect(failure(of: Kitchen.self, key) == .invalidUTF8(field: "labels.key"))
  }

  @Test func `of bytes may hold anything`() throws {
    #expect(try Kitchen(wire: hex("7a03 00ff80")).bytesValue == [0, 255, 128])
  }
}

@Suite struct `The limits` {
  /// A kitchen within a kitchen, `depth` levels below the outermost.
  private func nested(_ depth: Int) -> [UInt8] {
    (0..<depth).reduce(into: Kitchen()) { kitchen, _ in
      kitchen = Kitchen(annex: kitchen)
    }.wireBytes()
  }

  @Test func `let messages nest a hundred deep and no deeper`() {
    #expect(failure(of: Kitchen.self, nested(100)) == nil)
    #expect(failure(of: Kitchen.self, nested(101)) == .tooDeep)
    #expect(failure(of: Kitchen.self, nested(5), limits: WireLimits(maxDepth: 4)) == .tooDeep)
  }

  @Test func `hold for unknown groups too`() throws {
    let groups = try hex(String(repeating: "9b06", count: 200_000))
    #expect(failure(of: Kitchen.self, groups) == .tooDeep)
  }

  @Test func `hold for JSON values`() {
    let value = (0..<60).reduce(WellKnown.Value(.null)) { inner, _ in
      WellKnown.Value(.list(WellKnown.ListValue(values: [inner])))
    }
    #expect(failure(of: WellKnown.Value.self, value.wireBytes()) == .tooDeep)
  }

  @Test func `refuse a message above its size before reading it`() {
    let bytes = [UInt8](repeating: 0xff, count: 11)
    let limits = WireLimits(maxBytes: 10)
    #expect(failure(of: Kitchen.self, bytes, limits: limits) == .tooLarge(limit: 10))
    #expect(WireLimits.standard.maxBytes == 4 << 20)
  }
}
