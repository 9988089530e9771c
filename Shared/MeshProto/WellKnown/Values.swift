extension WellKnown {
  /// `google.protobuf.Empty`.
  package struct Empty: Message, Hashable {
    package static var protoName: String { "google.protobuf.Empty" }

    package var unknownFields = UnknownFields()

    package init() {}

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

    package func encode(into writer: inout WireWriter) {
      for path in paths { writer.string(path, tag: 10) }
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: paths.append(try reader.string("paths"))
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

    package func encode(into writer: inout WireWriter) {
      if !typeURL.isEmpty { writer.string(typeURL, tag: 10) }
      if !value.isEmpty { writer.bytes(value, tag: 18) }
      writer.unknownFields(unknownFields)
    }

    package mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: typeURL = try reader.string("type_url")
        case 18: value = try reader.bytes()
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }
}
