import ProtoDescriptors
import MeshProto

@testable import GatewayService

/// Descriptor sets made in the test, as protoc would write them.
struct DescriptorBuilder {
  enum Label { case one, optional, repeated, oneof(Int) }

  /// `FieldDescriptorProto.Type`, with the name of a message or enum.
  struct Kind {
    var number: UInt64
    var name = ""

    static let double = Kind(number: 1)
    static let float = Kind(number: 2)
    static let int64 = Kind(number: 3)
    static let uint64 = Kind(number: 4)
    static let int32 = Kind(number: 5)
    static let fixed64 = Kind(number: 6)
    static let fixed32 = Kind(number: 7)
    static let bool = Kind(number: 8)
    static let string = Kind(number: 9)
    static let bytes = Kind(number: 12)
    static let uint32 = Kind(number: 13)
    static let sfixed32 = Kind(number: 15)
    static let sfixed64 = Kind(number: 16)
    static let sint32 = Kind(number: 17)
    static let sint64 = Kind(number: 18)
    static func message(_ name: String) -> Kind { Kind(number: 11, name: ".\(name)") }
    static func enumeration(_ name: String) -> Kind { Kind(number: 14, name: ".\(name)") }
  }

  struct Field {
    var name: String
    var number: Int
    var kind: Kind
    var label = Label.one
    var isOutputOnly = false

    init(
      _ name: String,
      _ number: Int,
      _ kind: Kind,
      _ label: Label = .one,
      outputOnly: Bool = false
    ) {
      self.name = name
      self.number = number
      self.kind = kind
      self.label = label
      isOutputOnly = outputOnly
    }

    fileprivate var wire: [UInt8] {
      var output = WireOutput()
      output.text(1, name)
      output.number(3, UInt64(number))
      if case .repeated = label { output.number(4, 3) } else { output.number(4, 1) }
      output.number(5, kind.number)
      if !kind.name.isEmpty { output.text(6, kind.name) }
      if isOutputOnly {
        output.nested(8) { $0.nested(51002) { $0.number(3, 1) } }
      }
      switch label {
      case .oneof(let index): output.number(9, UInt64(index))
      case .optional:
        output.number(9, 7)
        output.number(17, 1)
      case .one, .repeated: break
      }
      return output.bytes
    }
  }

  private var files = WireOutput()

  /// Adds a file with what `body` puts into it.
  mutating func file(_ package: String, _ body: (inout FileBuilder) -> Void) {
    var file = FileBuilder()
    body(&file)
    files.nested(1) { output in
      output.raw(file.output.bytes[...])
      output.text(2, package)
    }
  }

  var wire: [UInt8] { files.bytes }

  struct FileBuilder {
    fileprivate var output = WireOutput()

    mutating func message(_ name: String, isMapEntry: Bool = false, _ fields: Field...) {
      output.nested(4) { output in Self.write(name, isMapEntry, fields, to: &output) }
    }

    /// A message `outer` with a map field and the entry type that protoc makes for it.
    mutating func message(
      _ name: String,
      map field: String,
      number: Int,
      of key: Kind,
      _ value: Kind,
      package: String
    ) {
      output.nested(4) { output in
        let entry = Field(
          field,
          number,
          .message("\(package).\(name).\(field)Entry"),
          .repeated
        )
        Self.write(name, false, [entry], to: &output)
        output.nested(3) {
          Self.write(
            "\(field)Entry",
            true,
            [Field("key", 1, key), Field("value", 2, value)],
            to: &$0
          )
        }
      }
    }

    private static func write(
      _ name: String,
      _ isMapEntry: Bool,
      _ fields: [Field],
      to output: inout WireOutput
    ) {
      output.text(1, name)
      for field in fields {
        output.tag(2, .delimited)
        output.delimited(field.wire)
      }
      if isMapEntry { output.nested(7) { $0.number(7, 1) } }
    }

    mutating func enumeration(_ name: String, _ values: KeyValuePairs<String, UInt64>) {
      output.nested(5) { output in
        output.text(1, name)
        for (name, number) in values {
          output.nested(2) {
            $0.text(1, name)
            $0.number(2, number)
          }
        }
      }
    }

    /// A service whose methods are `(name, input, output, HTTP method, path, body)`.
    mutating func service(
      _ name: String,
      _ methods: (String, String, String, String, String, String)...
    ) {
      let numbers = ["GET": 2, "PUT": 3, "POST": 4, "DELETE": 5, "PATCH": 6]
      output.nested(6) { output in
        output.text(1, name)
        for (name, input, result, method, path, body) in methods {
          output.nested(2) {
            $0.text(1, name)
            $0.text(2, ".\(input)")
            $0.text(3, ".\(result)")
            $0.nested(4) {
              $0.nested(72_295_728) {
                $0.text(numbers[method] ?? 8, path)
                if !body.isEmpty { $0.text(7, body) }
              }
            }
          }
        }
      }
    }
  }
}

extension WireOutput {
  mutating func number(_ field: Int, _ value: UInt64) {
    tag(field, .varint)
    varint(value)
  }

  mutating func text(_ field: Int, _ value: String) {
    tag(field, .delimited)
    delimited(value.utf8)
  }

  mutating func nested(_ field: Int, _ body: (inout WireOutput) -> Void) {
    tag(field, .delimited)
    let start = beginDelimited()
    body(&self)
    endDelimited(start)
  }
}

/// The messages that the transcoder's tests speak of.
enum TestSchema {
  static let files: [FileDescriptor] = {
    var builder = DescriptorBuilder()
    builder.file("google.protobuf") { file in
      file.message("Timestamp", .init("seconds", 1, .int64), .init("nanos", 2, .int32))
      file.message("Duration", .init("seconds", 1, .int64), .init("nanos", 2, .int32))
      file.message("FieldMask", .init("paths", 1, .string, .repeated))
      file.message("Struct")
      file.message("Value")
      file.message("ListValue")
      file.message("Empty")
      file.message("Any")
    }
    builder.file("test.v1") { file in
      file.enumeration("Color", ["COLOR_UNSPECIFIED": 0, "COLOR_RED": 1, "COLOR_BLUE": 2])
      file.message(
        "Scalars",
        .init("a_double", 1, .double),
        .init("a_float", 2, .float),
        .init("an_int32", 3, .int32),
        .init("an_int64", 4, .int64),
        .init("a_uint32", 5, .uint32),
        .init("a_uint64", 6, .uint64),
        .init("a_sint32", 7, .sint32),
        .init("a_sint64", 8, .sint64),
        .init("a_fixed32", 9, .fixed32),
        .init("a_fixed64", 10, .fixed64),
        .init("a_sfixed32", 11, .sfixed32),
        .init("a_sfixed64", 12, .sfixed64),
        .init("a_bool", 13, .bool),
        .init("a_string", 14, .string),
        .init("some_bytes", 15, .bytes),
        .init("a_color", 16, .enumeration("test.v1.Color"))
      )
      file.message(
        "Lists",
        .init("numbers", 1, .int32, .repeated),
        .init("big", 2, .sint64, .repeated),
        .init("texts", 3, .string, .repeated),
        .init("nodes", 4, .message("test.v1.Node"), .repeated),
        .init("colors", 5, .enumeration("test.v1.Color"), .repeated),
        .init("flags", 6, .bool, .repeated),
        .init("doubles", 7, .double, .repeated)
      )
      file.message(
        "Node",
        .init("name", 1, .string),
        .init("child", 2, .message("test.v1.Node")),
        .init("maybe", 3, .int32, .optional),
        .init("left", 4, .string, .oneof(0)),
        .init("right", 5, .message("test.v1.Node"), .oneof(0)),
        .init("far", 1000, .bool)
      )
      file.message("Texts", map: "by_name", number: 1, of: .string, .string, package: "test.v1")
      file.message(
        "Nodes",
        map: "by_number",
        number: 1,
        of: .int64,
        .message("test.v1.Node"),
        package: "test.v1"
      )
      file.message("Flags", map: "by_flag", number: 1, of: .bool, .int64, package: "test.v1")
      file.message(
        "Known",
        .init("time", 1, .message("google.protobuf.Timestamp")),
        .init("duration", 2, .message("google.protobuf.Duration")),
        .init("mask", 3, .message("google.protobuf.FieldMask")),
        .init("structure", 4, .message("google.protobuf.Struct")),
        .init("value", 5, .message("google.protobuf.Value")),
        .init("list", 6, .message("google.protobuf.ListValue")),
        .init("empty", 7, .message("google.protobuf.Empty")),
        .init("any", 8, .message("google.protobuf.Any")),
        .init("times", 9, .message("google.protobuf.Timestamp"), .repeated)
      )
      addThings(&file)
    }
    do throws(DescriptorError) {
      return try readDescriptorSet(builder.wire)
    } catch {
      preconditionFailure("the test's descriptors cannot be read: \(error)")
    }
  }()

  /// A resource with the usual methods.
  private static func addThings(_ file: inout DescriptorBuilder.FileBuilder) {
    file.message(
      "Settings",
      .init("zone", 1, .string),
      .init("currency", 2, .string)
    )
    file.message(
      "Thing",
      .init("id", 1, .string, outputOnly: true),
      .init("etag", 2, .string, outputOnly: true),
      .init("title", 3, .string),
      .init("size", 4, .int64),
      .init("settings", 5, .message("test.v1.Settings")),
      .init("due", 6, .message("google.protobuf.Timestamp"))
    )
    file.message(
      "CreateThingRequest",
      .init("thing", 1, .message("test.v1.Thing")),
      .init("request_id", 2, .string)
    )
    file.message("GetThingRequest", .init("id", 1, .string))
    file.message(
      "ListThingsRequest",
      .init("filter", 1, .string),
      .init("page_size", 2, .int32),
      .init("tags", 3, .string, .repeated),
      .init("settings", 4, .message("test.v1.Settings")),
      .init("after", 5, .message("google.protobuf.Timestamp")),
      .init("color", 6, .enumeration("test.v1.Color")),
      .init("deep", 7, .bool)
    )
    addRequests(&file)
  }

  private static func addRequests(_ file: inout DescriptorBuilder.FileBuilder) {
    file.message(
      "FindThingsRequest",
      .init("words", 1, .string),
      .init("fields", 9, .message("google.protobuf.FieldMask"))
    )
    file.message(
      "FindThingsResponse",
      .init("things", 1, .message("test.v1.Thing"), .repeated),
      .init("best", 2, .message("test.v1.Settings")),
      .init("total", 3, .int32)
    )
    file.message(
      "UpdateThingRequest",
      .init("thing", 1, .message("test.v1.Thing")),
      .init("update_mask", 2, .message("google.protobuf.FieldMask")),
      .init("request_id", 3, .string)
    )
    file.message("DeleteThingRequest", .init("id", 1, .string), .init("etag", 2, .string))
    file.message("MoveThingRequest", .init("id", 1, .string), .init("place", 2, .string))
    let thing = "test.v1.Thing"
    file.service(
      "Things",
      ("CreateThing", "test.v1.CreateThingRequest", thing, "POST", "/api/v1/things", "thing"),
      ("GetThing", "test.v1.GetThingRequest", thing, "GET", "/api/v1/things/{id}", ""),
      ("ListThings", "test.v1.ListThingsRequest", thing, "GET", "/api/v1/things", ""),
      (
        "FindThings", "test.v1.FindThingsRequest", "test.v1.FindThingsResponse", "GET",
        "/api/v1/found-things", ""
      ),
      (
        "UpdateThing", "test.v1.UpdateThingRequest", thing, "PATCH", "/api/v1/things/{thing.id}",
        "thing"
      ),
      ("DeleteThing", "test.v1.DeleteThingRequest", thing, "DELETE", "/api/v1/things/{id}", ""),
      ("MoveThing", "test.v1.MoveThingRequest", thing, "POST", "/api/v1/things/{id}:move", "*"),
      ("Login", "test.v1.MoveThingRequest", thing, "POST", "/api/v1/auth:login", "*")
    )
  }

  static let schema: Schema = {
    do throws(SchemaError) {
      return try Schema(files)
    } catch {
      preconditionFailure(error.description)
    }
  }()

  static let routes: RouteTable = {
    do throws(SchemaError) {
      return try RouteTable(files, schema: schema)
    } catch {
      preconditionFailure(error.description)
    }
  }()

  static func wire(_ json: String, _ message: String) throws -> [UInt8] {
    var reader = JSONToWire(schema: schema, json: Array(json.utf8))
    try reader.document(schema.message(named: "test.v1.\(message)"))
    return reader.output.bytes
  }

  static func json(_ wire: [UInt8], _ message: String) throws -> String {
    let index = try schema.message(named: "test.v1.\(message)")
    return String(
      decoding: try WireToJSON.json(wire, message: index, schema: schema),
      as: UTF8.self
    )
  }

  static func roundTrip(_ json: String, _ message: String) throws -> String {
    try Self.json(try wire(json, message), message)
  }
}
