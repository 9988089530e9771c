extension WellKnown {
  /// `google.protobuf.Empty`.
  package struct Empty: Message, Hashable {
    package static var protoName: String { "google.protobuf.Empty" }

    package var unknownFields = UnknownFields()

    package init() {}

    package func encodedSize() -> Int { unknownFields.count }

    package func encode(into writer: inout WireWriter) { writer.unknownFields(unknownFields) }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }

  /// `google.protobuf.FieldMask`: paths of fields in the proto's own names, `lead.first_name`.
  package struct FieldMask: Message, Hashable {
    package static var protoName: String { "google.protobuf.FieldMask" }

    package var paths: [String] = []
    package var unknownFields = UnknownFields()

    package init() {}

    package init(paths: [String]) {
      self.paths = paths
    }

    package func encodedSize() -> Int {
      WireString.size(each: paths, tagSize: 1) + unknownFields.count
    }

    package func encode(into writer: inout WireWriter) {
      WireString.write(each: paths, tag: 10, to: &writer)
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: paths.append(try WireString.read(&reader, "paths"))
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }

  /// `google.protobuf.Any`: a message of a type named by `typeURL`, still encoded.
  package struct `Any`: Message, Hashable {
    package static var protoName: String { "google.protobuf.Any" }

    /// Ends in `/` and the full name of the message.
    package var typeURL = ""
    package var value: [UInt8] = []
    package var unknownFields = UnknownFields()

    package init() {}

    package init(packing message: some Message) {
      typeURL = "type.googleapis.com/\(type(of: message).protoName)"
      value = message.wireBytes()
    }

    /// - Returns: nil when it holds another type of message.
    package func unpack<M: Message>(_ type: M.Type = M.self) throws(WireError) -> M? {
      guard typeURL.hasSuffix("/\(M.protoName)") else { return nil }
      return try M(wire: value)
    }

    package func encodedSize() -> Int {
      (typeURL.isEmpty ? 0 : 1 + WireString.size(typeURL))
        + (value.isEmpty ? 0 : 1 + WireBytes.size(value)) + unknownFields.count
    }

    package func encode(into writer: inout WireWriter) {
      if !typeURL.isEmpty { WireString.write(typeURL, tag: 10, to: &writer) }
      if !value.isEmpty { WireBytes.write(value, tag: 18, to: &writer) }
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: typeURL = try WireString.read(&reader, "type_url")
        case 18: value = try WireBytes.read(&reader, "value")
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }
}
