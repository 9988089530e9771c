import MeshCore
import ProtoDescriptors
import ProtoFixtures
import Testing

/// The descriptors of kitchen.proto and all it imports, as protoc wrote them.
private func fixtures() throws -> [UInt8] {
  try #require(Base64.decode(ProtoFixturesDescriptors.base64.description))
}

@Suite struct `A descriptor set` {
  private let file: FileDescriptor
  private let kitchen: MessageDescriptor

  init() throws {
    file = try #require(try readDescriptorSet(fixtures()).last)
    kitchen = try #require(file.messages.first)
  }

  private func field(_ name: String) throws -> FieldDescriptor {
    try #require(kitchen.field(name))
  }

  @Test func `has its files in order, with package and syntax`() throws {
    let names = try readDescriptorSet(fixtures()).map(\.name)
    #expect(names.count == 7)
    #expect(names.last == "kitchen.proto")
    #expect(file.package == "fixtures.v1")
    #expect(file.isProto3)
  }

  @Test func `is read without the files that are known`() throws {
    let known: Set = ["google/protobuf/any.proto", "google/protobuf/empty.proto"]
    let names = try readDescriptorSet(fixtures(), leavingOut: known).map(\.name)
    #expect(names.count == 5)
    #expect(known.isDisjoint(with: names))
  }

  @Test func `names messages by where they stand, and leaves out the entries of maps`() {
    #expect(
      file.allMessages.map(\.fullName) == [
        "fixtures.v1.Kitchen", "fixtures.v1.Kitchen.Drawer", "fixtures.v1.EmptyKitchen",
      ]
    )
    #expect(
      file.allEnums.map(\.fullName) == [
        "fixtures.v1.Color", "fixtures.v1.Kitchen.Drawer.Side",
      ]
    )
    #expect(kitchen.nested.filter(\.isMapEntry).count == 5)
  }

  @Test(arguments: [
    ("double_value", 1, FieldDescriptor.Kind.double, ""), ("sint64_value", 8, .sint64, ""),
    ("color", 16, .enum, "fixtures.v1.Color"), ("annex", 62, .message, "fixtures.v1.Kitchen"),
    ("time", 70, .message, "google.protobuf.Timestamp"), ("far", 536_870_911, .string, ""),
  ])
  func `says number, kind and type of a field`(
    name: String,
    number: Int,
    kind: FieldDescriptor.Kind,
    type: String
  ) throws {
    let field = try field(name)
    #expect(field.number == number && field.kind == kind && field.typeName == type)
    #expect(!field.isRepeated && !field.isOptional && field.oneof == nil)
  }

  @Test func `says how a field repeats and whether it is present`() throws {
    #expect(try field("packed_numbers").isPacked)
    #expect(try field("unpacked_numbers").isRepeated && !field("unpacked_numbers").isPacked)
    #expect(try field("texts").isRepeated && !field("texts").isPacked)
    #expect(try field("optional_number").isOptional)
    #expect(try field("optional_number").oneof == nil)
    #expect(try field("end").oneof == 1)
    #expect(kitchen.oneofs.prefix(2).map(\.name) == ["choice", "loop"])
  }

  @Test func `has an enum's values with their aliases and signs`() {
    let color = file.enums.first
    #expect(color?.values.map(\.number) == [0, 1, 1, 2, -1])
    #expect(color?.values.last?.name == "COLOR_NEGATIVE")
  }
}

@Suite struct `Bytes that are no descriptors` {
  private func failure(_ bytes: [UInt8]) -> DescriptorError? {
    do throws(DescriptorError) {
      _ = try readDescriptorSet(bytes)
      return nil
    } catch {
      return error
    }
  }

  private func set(_ file: Wire) -> [UInt8] { Wire().message(1, file).bytes }

  @Test func `are refused wherever a set ends early, but between its files`() throws {
    let set = try fixtures()
    let accepted = set.indices.filter { failure(Array(set[..<$0])) == nil }
    #expect(accepted.count == 7)
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `are refused or read, however they were changed`(seed: UInt64) throws {
    var random = seed
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    let set = try fixtures()
    var refused = 0
    for _ in 0..<300 {
      var bytes = set
      for _ in 0...next(3) { bytes[next(bytes.count)] = UInt8(next(256)) }
      if failure(bytes) != nil { refused += 1 }
    }
    #expect((30..<290).contains(refused), "the changes test only one side: \(refused)")
  }

  @Test(arguments: [
    ("a field without a type", Wire().message(4, Wire().message(2, Wire().text(1, "x")))),
    ("a type that does not exist", Wire().message(4, Wire().message(2, Wire().number(5, 99)))),
    ("a name that is a number", Wire().number(1, 7)),
    ("options that are cut off", Wire().message(4, Wire().bytes(7, [0x0a, 0x05, 0x01]))),
    ("a group", Wire().adding(4, 3, [0x24])),
  ])
  func `are refused`(what: String, file: Wire) {
    #expect(failure(set(file)) == .malformed, "\(what)")
  }

  @Test func `are refused when messages lie deeper than a hundred levels`() {
    func nested(_ levels: Int) -> [UInt8] {
      var message = Wire().text(1, "M")
      for _ in 1..<levels { message = Wire().text(1, "M").message(3, message) }
      return set(Wire().message(4, message))
    }
    #expect(failure(nested(100)) == nil)
    #expect(failure(nested(101)) == .tooDeep)
    #expect(failure(nested(5_000)) == .tooDeep)
  }

  @Test func `are refused beyond 16 MiB, whatever they are`() {
    let name = [UInt8](repeating: 0x61, count: 16 << 20)
    #expect(failure(set(Wire().bytes(1, Array(name.dropLast(100))))) == nil)
    #expect(failure(set(Wire().bytes(1, name))) == .tooLarge)
  }
}
