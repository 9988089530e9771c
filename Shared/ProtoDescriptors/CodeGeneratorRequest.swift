/// What protoc asks of a plugin.
package struct CodeGeneratorRequest: Sendable {
  /// Names of the files that were asked for; the others are what these import.
  package let chosen: Set<String>
  /// The text of `--leadmesh_opt`.
  package let parameter: String
  /// All files, imports before those that import them.
  package let files: [FileDescriptor]
  /// The files as a FileDescriptorSet, without comments and lines.
  package let descriptorSet: [UInt8]

  package init(wire bytes: [UInt8]) throws(DescriptorError) {
    let request = try ProtoMessage(wire: bytes, as: DescriptorTables.generatorRequest)
    self = try request.read { (proto) throws(DescriptorError) in
      try CodeGeneratorRequest(proto)
    }
  }

  private init(_ proto: ProtoFields) throws(DescriptorError) {
    chosen = Set(proto.texts(1))
    parameter = proto.text(2)
    var files: [FileDescriptor] = []
    var stripped: [[UInt8]] = []
    for wire in proto.byteValues(15) {
      let file = try ProtoMessage(wire: wire, as: DescriptorTables.file)
      files.append(try file.read(FileDescriptor.init))
      var bare = try ProtoMessage(wire: wire, as: DescriptorTables.fileWithComments)
      bare.set(9, [])
      stripped.append(bare.wireBytes())
    }
    self.files = files
    var set = ProtoMessage(DescriptorTables.fileBytes)
    set.set(1, stripped)
    descriptorSet = set.wireBytes()
  }
}

/// What a plugin answers: files, or why there are none.
package struct CodeGeneratorResponse: Sendable {
  package var files: [(name: String, text: String)] = []
  /// For whoever builds; nil when all went well.
  package var error: String?

  package init() {}

  package func wireBytes() -> [UInt8] {
    var response = ProtoMessage(DescriptorTables.generatorResponse)
    response.set(1, error.map { [Array($0.utf8)] } ?? [])
    response.set(2, 1)  // Takes proto3 `optional`.
    response.set(
      15,
      files.map { file in
        var proto = ProtoMessage(DescriptorTables.generatedFile)
        proto.set(1, [Array(file.name.utf8)])
        proto.set(15, [Array(file.text.utf8)])
        return proto.wireBytes()
      }
    )
    return response.wireBytes()
  }
}
