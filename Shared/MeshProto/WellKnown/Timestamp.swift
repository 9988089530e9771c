package import MeshCore

/// The messages of `google/protobuf/*.proto` that protos here use.
package enum WellKnown {}

extension WellKnown {
  /// `google.protobuf.Timestamp`: a point in time, from year 1 to 9999.
  package struct Timestamp: Message, Hashable {
    package static var protoName: String { "google.protobuf.Timestamp" }

    /// Since 1970-01-01T00:00:00Z.
    package var seconds: Int64 = 0
    /// 0 to 999,999,999, counted forwards also before 1970.
    package var nanos: Int32 = 0
    package var unknownFields = UnknownFields()

    package init() {}

    package init(seconds: Int64, nanos: Int32 = 0) {
      self.seconds = seconds
      self.nanos = nanos
    }

    package init(_ time: MeshCore.Timestamp) {
      let (seconds, micros) = time.microseconds.flooredDivision(by: 1_000_000)
      self.init(seconds: seconds, nanos: Int32(micros) * 1_000)
    }
  }
}

extension MeshCore.Timestamp {
  /// - Returns: nil outside of the years 1 to 9999 or when nanos are not a part of a second.
  ///   What is finer than a microsecond is cut.
  package init?(_ time: WellKnown.Timestamp) {
    guard (-62_135_596_800...253_402_300_799).contains(time.seconds),
      (0...999_999_999).contains(time.nanos)
    else { return nil }
    self.init(microseconds: time.seconds * 1_000_000 + Int64(time.nanos / 1_000))
  }
}

extension WellKnown {
  /// `google.protobuf.Duration`: a signed span; seconds and nanos have the same sign.
  package struct Duration: Message, Hashable {
    package static var protoName: String { "google.protobuf.Duration" }

    package var seconds: Int64 = 0
    package var nanos: Int32 = 0
    package var unknownFields = UnknownFields()

    package init() {}

    package init(seconds: Int64, nanos: Int32 = 0) {
      self.seconds = seconds
      self.nanos = nanos
    }

    /// What is finer than a nanosecond is cut.
    package init(_ duration: Swift.Duration) {
      let (seconds, attoseconds) = duration.components
      self.init(seconds: seconds, nanos: Int32(attoseconds / 1_000_000_000))
    }
  }
}

extension Swift.Duration {
  /// - Returns: nil beyond about 10,000 years, the proto's range, or when the signs differ.
  package init?(_ duration: WellKnown.Duration) {
    guard (-315_576_000_000...315_576_000_000).contains(duration.seconds),
      (-999_999_999...999_999_999).contains(duration.nanos),
      duration.seconds.signum() * Int64(duration.nanos.signum()) >= 0
    else { return nil }
    self = .seconds(duration.seconds) + .nanoseconds(duration.nanos)
  }
}

// Both have seconds in field 1 and nanos in field 2.
extension WellKnown.Timestamp {
  package func encode(into writer: inout WireWriter) {
    SecondsAndNanos.write(seconds, nanos, to: &writer)
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    try SecondsAndNanos.merge(&seconds, &nanos, &unknownFields, &reader)
  }
}

extension WellKnown.Duration {
  package func encode(into writer: inout WireWriter) {
    SecondsAndNanos.write(seconds, nanos, to: &writer)
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    try SecondsAndNanos.merge(&seconds, &nanos, &unknownFields, &reader)
  }
}

private enum SecondsAndNanos {
  static func write(_ seconds: Int64, _ nanos: Int32, to writer: inout WireWriter) {
    if seconds != 0 { writer.int64(seconds, tag: 8) }
    if nanos != 0 { writer.int32(nanos, tag: 16) }
  }

  static func merge(
    _ seconds: inout Int64,
    _ nanos: inout Int32,
    _ unknownFields: inout UnknownFields,
    _ reader: inout WireReader
  ) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 8: seconds = try reader.int64()
      case 16: nanos = try reader.int32()
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

extension Int64 {
  /// Quotient rounded down and the remainder, which is never negative for a positive divisor.
  fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
