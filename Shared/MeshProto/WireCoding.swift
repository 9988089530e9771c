/// One type of the proto language: how a value of it is sized, written and read.
///
/// Generated codecs name the coding of each field, such as `WireSInt64` for `sint64`.
package protocol WireCoding {
  associatedtype Value: Sendable
  static var wireType: WireType { get }
  /// What an absent value reads as.
  static var absent: Value { get }
  /// Size without the tag.
  static func size(_ value: Value) -> Int
  static func write(_ value: Value, to writer: inout WireWriter)
  /// Reads a value; `field` is the proto's name of its field, for errors.
  static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Value
}

/// Codings whose repeated fields are packed into one length-delimited value.
package protocol WirePackable: WireCoding {}

extension WireCoding {
  /// A tag and its value.
  @inlinable @inline(__always)
  package static func write(_ value: Value, tag: UInt32, to writer: inout WireWriter) {
    writer.tag(tag)
    write(value, to: &writer)
  }
}

// Repeated fields.
extension WireCoding {
  /// Size of all values, each with its tag.
  @inlinable package static func size(each values: [Value], tagSize: Int) -> Int {
    var size = values.count * tagSize
    for value in values { size += Self.size(value) }
    return size
  }

  @inlinable package static func write(
    each values: [Value],
    tag: UInt32,
    to writer: inout WireWriter
  ) {
    for value in values { write(value, tag: tag, to: &writer) }
  }
}

extension WirePackable {
  /// Size of all values behind one tag; 0 when there are none.
  @inlinable package static func size(packed values: [Value], tagSize: Int) -> Int {
    values.isEmpty ? 0 : tagSize + WireSize.delimited(size(each: values, tagSize: 0))
  }

  @inlinable package static func write(
    packed values: [Value],
    tag: UInt32,
    to writer: inout WireWriter
  ) {
    if values.isEmpty { return }
    writer.tag(tag)
    writer.varint(UInt64(size(each: values, tagSize: 0)))
    for value in values { write(value, to: &writer) }
  }

  @inlinable package static func read(
    packed values: inout [Value],
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) {
    let bytes = try reader.delimited()
    let outer = reader.end
    reader.next -= bytes.count
    reader.end = reader.next + bytes.count
    while reader.next < reader.end { values.append(try read(&reader, field)) }
    reader.end = outer
  }
}

/// Map fields: entries of key and value, sorted by key so that equal maps give equal bytes.
package enum WireMap<Key: WireCoding, Value: WireCoding>
where Key.Value: Hashable & Comparable {
  @inlinable package static func size(_ map: [Key.Value: Value.Value], tagSize: Int) -> Int {
    var size = map.count * tagSize
    for (key, value) in map {
      size += WireSize.delimited(entrySize(key, value))
    }
    return size
  }

  @inlinable static func entrySize(_ key: Key.Value, _ value: Value.Value) -> Int {
    2 + Key.size(key) + Value.size(value)
  }

  @inlinable package static func write(
    _ map: [Key.Value: Value.Value],
    tag: UInt32,
    to writer: inout WireWriter
  ) {
    if map.isEmpty { return }
    for (key, value) in map.sorted(by: { $0.key < $1.key }) {
      writer.tag(tag)
      writer.delimited { entry in
        Key.write(key, tag: 1 << 3 | UInt32(Key.wireType.rawValue), to: &entry)
        Value.write(value, tag: 2 << 3 | UInt32(Value.wireType.rawValue), to: &entry)
      }
    }
  }

  /// Reads one entry; the last one of a key stays.
  @inlinable package static func read(
    into map: inout [Key.Value: Value.Value],
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) {
    let outer = try reader.enter()
    var key = Key.absent
    var value = Value.absent
    var tag = try reader.nextTag()
    while tag != 0 {
      if tag == 1 << 3 | UInt32(Key.wireType.rawValue) {
        key = try Key.read(&reader, field)
      } else if tag == 2 << 3 | UInt32(Value.wireType.rawValue) {
        value = try Value.read(&reader, field)
      } else {
        try reader.skip(tag)
      }
      tag = try reader.nextTag()
    }
    reader.leave(to: outer)
    map[key] = value
  }
}
