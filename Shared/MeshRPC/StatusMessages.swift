import MeshCore
import MeshProto

// google/rpc/status.proto and error_details.proto, as far as the mesh speaks them. They are written
// by hand because MeshRPC lies below all generated code.

/// `google.rpc.Status`.
struct RPCStatus: Message {
  static var protoName: String { "google.rpc.Status" }
  var code: Int32 = 0
  var message = ""
  var details: [WellKnown.`Any`] = []
  var unknownFields = UnknownFields()

  func encode(into writer: inout WireWriter) {
    if code != 0 { writer.int32(code, tag: 8) }
    if !message.isEmpty { writer.string(message, tag: 18) }
    for entry in details { writer.delimited(26) { entry.encode(into: &$0) } }
    writer.unknownFields(unknownFields)
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 8: code = try reader.int32()
      case 18: message = try reader.string("message")
      case 26:
        var detail = WellKnown.`Any`()
        try reader.message("details") { (reader) throws(WireError) in
          try detail.merge(from: &reader)
        }
        details.append(detail)
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

/// `google.rpc.ErrorInfo`.
struct RPCErrorInfo: Message {
  static var protoName: String { "google.rpc.ErrorInfo" }
  var reason = ""
  var domain = ""
  var metadata: [String: String] = [:]
  var unknownFields = UnknownFields()

  func encode(into writer: inout WireWriter) {
    if !reason.isEmpty { writer.string(reason, tag: 10) }
    if !domain.isEmpty { writer.string(domain, tag: 18) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      writer.delimited(26) { writer in
        writer.string(key, tag: 10)
        writer.string(value, tag: 18)
      }
    }
    writer.unknownFields(unknownFields)
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10: reason = try reader.string("reason")
      case 18: domain = try reader.string("domain")
      case 26:
        var entry = Entry()
        try reader.message("metadata") { (reader) throws(WireError) in
          try entry.merge(from: &reader)
        }
        metadata[entry.key] = entry.value
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

extension RPCErrorInfo {
  /// An entry of `metadata`.
  private struct Entry {
    var key = ""
    var value = ""

    mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: key = try reader.string("key")
        case 18: value = try reader.string("value")
        case let tag: try reader.skip(tag)
        }
      }
    }
  }
}

/// `google.rpc.BadRequest`.
struct RPCBadRequest: Message {
  static var protoName: String { "google.rpc.BadRequest" }
  var violations: [Violation] = []
  var unknownFields = UnknownFields()

  func encode(into writer: inout WireWriter) {
    for entry in violations { writer.delimited(10) { entry.encode(into: &$0) } }
    writer.unknownFields(unknownFields)
  }

  mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10:
        var violation = Violation()
        try reader.message("field_violations") { (reader) throws(WireError) in
          try violation.merge(from: &reader)
        }
        violations.append(violation)
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }

  /// `google.rpc.BadRequest.FieldViolation`.
  struct Violation: Message {
    static var protoName: String { "google.rpc.BadRequest.FieldViolation" }
    var field = ""
    var description = ""
    var unknownFields = UnknownFields()

    func encode(into writer: inout WireWriter) {
      if !field.isEmpty { writer.string(field, tag: 10) }
      if !description.isEmpty { writer.string(description, tag: 18) }
      writer.unknownFields(unknownFields)
    }

    mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: field = try reader.string("field")
        case 18: description = try reader.string("description")
        case let tag: try reader.unknown(tag, into: &unknownFields)
        }
      }
    }
  }
}
