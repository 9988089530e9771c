/// The messages of `google/protobuf/descriptor.proto` and `compiler/plugin.proto`: of each, the
/// fields that are read here.
///
/// Texts are read as bytes, which end where they end and not at a NUL. Options are bytes too: they
/// are read by number (`OptionFields`).
enum DescriptorTables {
  /// Messages within messages; protoc nests fewer.
  ///
  /// Those within a message are bytes in its table, so that libprotobuf-c, which counts no levels,
  /// never reads more than a fixed number of them at once.
  static let maxDepth = 100

  /// Of a message nothing is known.
  static let unknown = MessageTable()

  static let fileSet = MessageTable([.init(1, .message, isRepeated: true, message: file)])

  static let file = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .bytes),  // package
    .init(4, .message, isRepeated: true, message: message),
    .init(5, .message, isRepeated: true, message: enumeration),
    .init(6, .message, isRepeated: true, message: service),
    .init(9, .message, message: sourceInfo),
    .init(12, .bytes),  // syntax
  ])

  static let message = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .message, isRepeated: true, message: field),
    .init(3, .bytes, isRepeated: true),  // nested_type
    .init(4, .message, isRepeated: true, message: enumeration),
    .init(7, .bytes),  // options
    .init(8, .message, isRepeated: true, message: oneof),
    .init(9, .message, isRepeated: true, message: reservedRange),
    .init(10, .bytes, isRepeated: true),  // reserved_name
  ])

  private static let field = MessageTable([
    .init(1, .bytes),  // name
    .init(3, .int32),  // number
    .init(4, .enum),  // label
    .init(5, .enum),  // type
    .init(6, .bytes),  // type_name
    .init(8, .bytes),  // options
    .init(9, .int32),  // oneof_index
    .init(17, .bool),  // proto3_optional
  ])

  private static let oneof = MessageTable([.init(1, .bytes)])

  /// The end is not part of it.
  private static let reservedRange = MessageTable([.init(1, .int32), .init(2, .int32)])

  private static let enumeration = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .message, isRepeated: true, message: enumValue),
  ])

  private static let enumValue = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .int32),  // number
    .init(3, .bytes),  // options
  ])

  private static let service = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .message, isRepeated: true, message: method),
    .init(3, .bytes),  // options
  ])

  private static let method = MessageTable([
    .init(1, .bytes),  // name
    .init(2, .bytes),  // input_type
    .init(3, .bytes),  // output_type
    .init(4, .bytes),  // options
    .init(5, .bool),  // client_streaming
    .init(6, .bool),  // server_streaming
  ])

  private static let sourceInfo = MessageTable([
    .init(1, .message, isRepeated: true, message: location)
  ])

  private static let location = MessageTable([
    .init(1, .int32, isRepeated: true, isPacked: true),  // path
    .init(2, .int32, isRepeated: true, isPacked: true),  // span
    .init(3, .bytes),  // leading_comments
  ])

  /// A file of which only the source information is known, to take it away.
  static let fileWithComments = MessageTable([.init(9, .bytes, isRepeated: true)])

  /// A FileDescriptorSet whose files are bytes.
  static let fileBytes = MessageTable([.init(1, .bytes, isRepeated: true)])

  static let generatorRequest = MessageTable([
    .init(1, .bytes, isRepeated: true),  // file_to_generate
    .init(2, .bytes),  // parameter
    .init(15, .bytes, isRepeated: true),  // proto_file
  ])

  static let generatorResponse = MessageTable([
    .init(1, .bytes, isRepeated: true),  // error, at most one
    .init(2, .uint64),  // supported_features
    .init(15, .bytes, isRepeated: true),  // file
  ])

  static let generatedFile = MessageTable([
    .init(1, .bytes, isRepeated: true),  // name, one
    .init(15, .bytes, isRepeated: true),  // content, one
  ])
}
