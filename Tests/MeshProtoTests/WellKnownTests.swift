import MeshCore
import MeshProto
import ProtoFixtures
import Testing

@Suite struct `A proto's timestamp` {
  @Test(arguments: [0, 1, -1, 1_700_000_000_123_456, -62_135_596_800_000_000])
  func `is the same instant as a Timestamp`(microseconds: Int64) {
    let time = MeshCore.Timestamp(microseconds: microseconds)
    #expect(MeshCore.Timestamp(WellKnown.Timestamp(time)) == time)
  }

  @Test func `counts its nanoseconds forwards before 1970`() {
    let proto = WellKnown.Timestamp(MeshCore.Timestamp(microseconds: -1))
    #expect(proto == WellKnown.Timestamp(seconds: -1, nanos: 999_999_000))
  }

  @Test(arguments: [
    WellKnown.Timestamp(seconds: .max), WellKnown.Timestamp(seconds: .min),
    WellKnown.Timestamp(seconds: 253_402_300_800), WellKnown.Timestamp(seconds: 0, nanos: -1),
    WellKnown.Timestamp(seconds: 0, nanos: 1_000_000_000),
  ])
  func `is no Timestamp outside of the years 1 to 9999`(proto: WellKnown.Timestamp) {
    #expect(MeshCore.Timestamp(proto) == nil)
  }
}

@Suite struct `A proto's duration` {
  @Test(arguments: [
    Swift.Duration.zero, .milliseconds(1500), .milliseconds(-1500), .nanoseconds(-1),
  ])
  func `is the same span as a Duration`(duration: Swift.Duration) {
    #expect(Swift.Duration(WellKnown.Duration(duration)) == duration)
  }

  @Test func `is no Duration when its signs differ or it is beyond the range`() {
    #expect(Swift.Duration(WellKnown.Duration(seconds: 1, nanos: -1)) == nil)
    #expect(Swift.Duration(WellKnown.Duration(seconds: 315_576_000_001)) == nil)
    #expect(Swift.Duration(WellKnown.Duration(seconds: 0, nanos: 1_000_000_000)) == nil)
  }
}

@Suite struct `An Any` {
  @Test func `unpacks the type it was packed from and no other`() throws {
    let any = WellKnown.`Any`(packing: Kitchen(stringValue: "x"))
    #expect(any.typeURL == "type.googleapis.com/fixtures.v1.Kitchen")
    #expect(try any.unpack(Kitchen.self)?.stringValue == "x")
    #expect(try any.unpack(EmptyKitchen.self) == nil)
  }
}

@Suite struct `A JSON value` {
  @Test func `without a kind stays so`() throws {
    #expect(try WellKnown.Value(wire: [UInt8]()).kind == nil)
  }

  @Test func `merges structures that come in parts`() throws {
    let first = WellKnown.Value(.structure(.init(fields: ["a": .init(.number(1))])))
    let second = WellKnown.Value(.structure(.init(fields: ["b": .init(.bool(false))])))
    let merged = try WellKnown.Value(wire: first.wireBytes() + second.wireBytes())
    let both = WellKnown.Struct(fields: ["a": .init(.number(1)), "b": .init(.bool(false))])
    #expect(merged.kind == .structure(both))
  }
}
