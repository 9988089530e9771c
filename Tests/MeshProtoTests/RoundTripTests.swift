import MeshProto
import ProtoFixtures
import Testing

@Suite struct `A message with every kind of field` {
  @Test func `is written as Google's protobuf writes it`() throws {
    #expect(KitchenSample.message.wireBytes() == (try hex(KitchenSample.golden)))
  }

  @Test func `is read from what Google's protobuf writes`() throws {
    #expect(try Kitchen(wire: hex(KitchenSample.golden)) == KitchenSample.message)
  }

  @Test func `reads the same from a slice within other bytes`() throws {
    let bytes = try [1, 2] + hex(KitchenSample.golden) + [3]
    #expect(try Kitchen(wire: bytes[2..<bytes.count - 1]) == KitchenSample.message)
  }

  @Test func `is empty on the wire while it has default values only`() throws {
    #expect(Kitchen().wireBytes().isEmpty)
    #expect(try Kitchen(wire: [UInt8]()) == Kitchen())
  }

  @Test func `sends a negative zero, which is not the default`() throws {
    let bytes = Kitchen(doubleValue: -0.0).wireBytes()
    #expect(bytes == (try hex("09 0000000000000080")))
    #expect(try Kitchen(wire: bytes).doubleValue.sign == .minus)
  }

  @Test func `grows beyond the memory it is first written to`() throws {
    var kitchen = Kitchen()
    kitchen.stringValue = String(repeating: "ä", count: 100_000)
    kitchen.drawer = Kitchen.Drawer(things: (0..<3_000).map { "thing \($0)" })
    kitchen.bytesValue = [UInt8](repeating: 7, count: 70_000)
    #expect(try Kitchen(wire: kitchen.wireBytes()) == kitchen)
  }

  @Test(arguments: [0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 126, 127, 128, 129, 16_383, 16_384])
  func `keeps texts of every length`(length: Int) throws {
    let text = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    let drawer = Kitchen.Drawer(things: [text, "after"])
    #expect(try Kitchen(wire: Kitchen(drawer: drawer).wireBytes()).drawer == drawer)
  }

  @Test func `gives equal bytes for equal maps`() {
    let forwards = Dictionary(uniqueKeysWithValues: (0..<100).map { ("\($0)", "x") })
    let backwards = Dictionary(uniqueKeysWithValues: (0..<100).reversed().map { ("\($0)", "x") })
    #expect(Kitchen(labels: forwards).wireBytes() == Kitchen(labels: backwards).wireBytes())
  }
}

@Suite struct `A field that comes twice` {
  @Test func `keeps the last scalar`() throws {
    #expect(try Kitchen(wire: hex("1801 1802")).int32Value == 2)
  }

  @Test func `merges messages`() throws {
    let kitchen = try Kitchen(wire: hex("8a01 02 0801  8a01 03 120161"))
    #expect(kitchen.drawer == Kitchen.Drawer(side: .left, things: ["a"]))
  }

  @Test func `merges messages of the same case of a oneof, and replaces another case`() throws {
    let merged = try Kitchen(wire: hex("9a03 02 0801  9a03 03 120161"))
    #expect(merged.choice == .choiceDrawer(Kitchen.Drawer(side: .left, things: ["a"])))
    let replaced = try Kitchen(wire: hex("9a03 02 0801  9203 0161"))
    #expect(replaced.choice == .choiceText("a"))
  }

  @Test func `keeps the last entry of a map's key`() throws {
    let bytes = try hex("c202 06 0a0161 120131  c202 06 0a0161 120132")
    #expect(try Kitchen(wire: bytes).labels == ["a": "2"])
  }

  @Test func `appends repeated values, packed or not`() throws {
    #expect(try Kitchen(wire: hex("f20102 0102 f00103 f2010104")).packedNumbers == [1, 2, 3, 4])
    #expect(try Kitchen(wire: hex("f80102 fa010204 06")).unpackedNumbers == [1, 2, 3])
  }
}

@Suite struct `What this build does not know` {
  @Test func `survives decoding and encoding`() throws {
    let golden = try hex(KitchenSample.golden)
    let blind = try EmptyKitchen(wire: golden)
    #expect(blind.wireBytes() == golden)
    #expect(try Kitchen(wire: blind.wireBytes()) == KitchenSample.message)
  }

  @Test func `is kept when it is a group`() throws {
    let group = try hex("9b06 0801 a306 1202 7878 a406 9c06")
    #expect(try EmptyKitchen(wire: group).wireBytes() == group)
  }

  @Test func `is kept when a known field comes with another wire type`() throws {
    let kitchen = try Kitchen(wire: hex("1a0161 7001"))
    #expect(kitchen.int32Value == 0)
    #expect(kitchen.wireBytes() == (try hex("1a0161 7001")))
  }

  @Test func `is kept when it is the value of an enum`() throws {
    let kitchen = try Kitchen(wire: hex("8001 63"))
    #expect(kitchen.color == .unrecognized(99))
    #expect(kitchen.wireBytes() == (try hex("8001 63")))
  }

  @Test func `in a map's entry leaves the rest of the entry alone`() throws {
    #expect(try Kitchen(wire: hex("c202 08 0a0161 1801 120131")).labels == ["a": "1"])
  }
}

@Suite struct `An entry of a map` {
  @Test func `may lack its key or its value`() throws {
    #expect(try Kitchen(wire: hex("c202 00")).labels == ["": ""])
    #expect(try Kitchen(wire: hex("ca02 02 0805")).drawersByNumber == [5: Kitchen.Drawer()])
  }
}

@Suite struct `A message made of another` {
  @Test func `has the fields that both have, and none of the others`() throws {
    let kitchen = Kitchen(drawer: Kitchen.Drawer(side: .left, things: ["a"]))
    #expect(try Kitchen(sharing: kitchen) == kitchen)
    #expect(try EmptyKitchen(sharing: kitchen) == EmptyKitchen())
  }
}
