import MeshCore
import ProtoDescriptors
import MeshProto
import MeshTestScale
import ProtoFixtures
import Testing

/// What our codec makes of random messages is what libprotobuf-c makes of them.
@Suite struct `Random messages` {
  private static let rounds = TestScale.count(150, long: 3_000)

  private let name = Kitchen.protoName
  private let schema: SampleSchema
  private let witness: Witness
  private let mirror: MirrorReader

  init() throws {
    let set = try #require(Base64.decode(ProtoFixturesDescriptors.base64.description))
    schema = SampleSchema(try readDescriptorSet(set))
    witness = Witness(schema)
    mirror = MirrorReader(schema)
  }

  @Test(arguments: TestScale.seeds(4, long: 8))
  func `mean the same to our codec and to libprotobuf-c, whoever writes them`(seed: UInt64) throws {
    var random = RandomWire(schema, seed: seed)
    for number in 0..<Self.rounds {
      let place: Comment = "message \(number) of seed \(seed)"
      let wire = random.message(name)
      let kitchen = try Kitchen(wire: wire)
      let values = try mirror.sample(kitchen)
      #expect(try witness.read(wire, name).sample.differences(from: values) == [], place)

      let ours = kitchen.wireBytes()
      let theirs = try witness.read(ours, name)
      #expect(theirs.sample.differences(from: values) == [], place)
      let areSameBytes = theirs.wire == ours
      #expect(areSameBytes, place)
      let isSame = try Kitchen(wire: theirs.wire).wireBytes() == ours
      #expect(isSame, place)
    }
  }

  @Test func `have every field that their protos declare`() throws {
    var random = RandomWire(schema, seed: 1)
    for _ in 0..<150 { _ = random.message(name) }
    let reachable = try reachable(from: name)
    #expect(reachable.count > 15)
    let fields = reachable.flatMap { message in
      message.fields.map { "\(message.fullName).\($0.name)" }
    }
    #expect(Set(fields).subtracting(random.written).isEmpty)
  }

  private func reachable(from name: String) throws -> [MessageDescriptor] {
    var seen: [String: MessageDescriptor] = [:]
    var open = [name]
    while let name = open.popLast() {
      guard seen[name] == nil else { continue }
      let message = try schema.message(name)
      seen[name] = message
      open += message.fields.filter { $0.kind == .message }.map(\.typeName)
    }
    return Array(seen.values)
  }
}
