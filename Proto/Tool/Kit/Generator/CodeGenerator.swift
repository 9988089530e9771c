import FoundationEssentials
package import ProtoDescriptors

/// Makes the Swift of one module from its protos, as a protoc plugin.
package struct CodeGenerator {
  /// What is made of the protos.
  private enum Mode: String {
    /// Messages, clients and descriptions, for everyone who calls a service.
    case api
    /// How the service itself keeps its records.
    case records
  }

  private let module: String
  private let mode: Mode
  private let files: [FileDescriptor]
  private let chosen: Set<String>
  private let descriptorSet: [UInt8]

  /// Reads a CodeGeneratorRequest; its parameter names the module, and the mode if it is not the API:
  /// `module=LeadsService,mode=records`.
  package init(request bytes: [UInt8]) throws(DescriptorError) {
    let request = try CodeGeneratorRequest(wire: bytes)
    var parameters: [String: String] = [:]
    for parameter in request.parameter.split(separator: ",") {
      let parts = parameter.split(separator: "=").map(String.init)
      if parts.count == 2 { parameters[parts[0]] = parts[1] }
    }
    module = parameters["module"] ?? "API"
    mode = parameters["mode"].flatMap(Mode.init(rawValue:)) ?? .api
    chosen = request.chosen
    files = request.files
    descriptorSet = request.descriptorSet
  }

  /// The CodeGeneratorResponse: a Swift file for each proto, and one with their descriptors.
  package func response() -> [UInt8] {
    var response = CodeGeneratorResponse()
    do throws(GenerationError) {
      response.files = try sources()
    } catch {
      response.error = error.message
    }
    return response.wireBytes()
  }

  private func sources() throws(GenerationError) -> [(name: String, text: String)] {
    let types = TypeIndex(files, module: module)
    if mode == .records { return try recordSources(types) }
    var sources: [(name: String, text: String)] = []
    for file in files where chosen.contains(file.name) {
      sources.append((Self.outputName(file.name), try source(of: file, types)))
    }
    sources.append(("\(descriptorsName).pb.swift", try descriptors(types)))
    return sources
  }

  /// `leadmesh/leads/v1/lead.proto` becomes `leads_v1_lead.pb.swift`.
  ///
  /// The build-tool plugin declares its outputs by the same rule.
  package static func outputName(_ proto: String) -> String {
    let parts = proto.split(separator: "/").map(String.init)
    let path = (parts.first == "leadmesh" ? Array(parts.dropFirst()) : parts)
    let name = path.joined(separator: "_")
    return (name.hasSuffix(".proto") ? String(name.dropLast(6)) : name) + ".pb.swift"
  }

  private func recordSources(
    _ types: TypeIndex
  ) throws(GenerationError) -> [(name: String, text: String)] {
    let own = files.filter { chosen.contains($0.name) }
    var sources: [(name: String, text: String)] = []
    for file in own {
      let records = file.allMessages.filter { $0.resource != nil }
      var body = SourceText()
      for record in records {
        body.line()
        try StoreGenerator(record, types).generate(into: &body)
        let methods = try MethodsGenerator(record, own.flatMap(\.services), types)
        if methods.isEmpty { continue }
        body.line()
        try methods.generate(into: &body)
      }
      let base = Self.outputName(file.name).dropLast(".pb.swift".count)
      let api = records.first.map { try? types.type($0.fullName).module } ?? nil
      let shown = ["MeshProto", "MeshStore", api ?? ""].sorted()
      let imports =
        shown.filter { !$0.isEmpty }.map { "package import \($0)\n" }.joined()
        + ["MeshCore", "MeshLoop", "MeshRPC", "MeshRecords", "RecordsAPI", "TypeAPI"]
        .map { "import \($0)\n" }.joined()
      let head = "// Made from \(file.name); edit that.\n"
      sources.append(
        ("\(base).records.swift", records.isEmpty ? head : "\(head)\n\(imports)\(body.text)")
      )
    }
    return sources
  }

  private func source(
    of file: FileDescriptor,
    _ types: TypeIndex
  ) throws(GenerationError) -> String {
    var body = SourceText()
    var modules: Set<String> = []
    // Not in the module's package interface.
    var inner: Set<String> = []
    for type in file.enums {
      modules.insert("MeshProto")
      body.line()
      EnumGenerator(type).generate(into: &body)
      guard type.fullName == KindGenerator.enumName else { continue }
      modules.insert("MeshCore")
      body.line()
      KindGenerator(type: type).generate(into: &body)
    }
    for message in file.messages where !DomainType.messages.contains(message.fullName) {
      let generator = try MessageGenerator(message, types)
      modules.formUnion(try generator.modules())
      inner.formUnion(try generator.codecModules())
      body.line()
      try generator.generate(into: &body)
    }
    for service in file.services {
      let generator = try ServiceGenerator(service, in: file.package, types)
      modules.formUnion(generator.modules)
      body.line()
      generator.generate(into: &body)
    }
    modules.remove(module)
    // The compiler does not count a global actor as a use in the module's package interface.
    if !file.services.isEmpty { inner.insert("MeshLoop") }
    let hidden = inner.subtracting(modules).subtracting([module]).sorted()
    let imports =
      hidden.map { "import \($0)\n" }.joined()
      + modules.sorted().map { "package import \($0)\n" }.joined()
    return "// Made from \(file.name); edit that.\n\n\(imports)\(body.text)"
  }

  /// `LeadsDescriptors` for the module `LeadsAPI`.
  private var descriptorsName: String {
    (module.hasSuffix("API") ? String(module.dropLast(3)) : module) + "Descriptors"
  }

  private func descriptors(_ types: TypeIndex) throws(GenerationError) -> String {
    """
    // Made from the protos of this module; edit those.

    /// The protos of this module, and all they import, as a FileDescriptorSet without comments.
    package enum \(descriptorsName) {
      package static let base64: StaticString =
        "\(Data(descriptorSet).base64EncodedString())"
    }
    \(try objects(types))
    """
  }

  /// The records of the module and what roles may do with its objects.
  private func objects(_ types: TypeIndex) throws(GenerationError) -> String {
    let own = files.filter { chosen.contains($0.name) }
    let grants = own.flatMap(\.services).flatMap(\.grants)
    var records: [String] = []
    for message in own.flatMap(\.allMessages) where message.resource != nil {
      records.append(try types.type(message.fullName).name)
    }
    if grants.isEmpty && records.isEmpty { return "" }
    var source = SourceText()
    source.line()
    source.line("package import MeshProto")
    source.line()
    source.line("/// The records of this module, and what roles may do with its objects.")
    source.block("package enum \(objectsName)") { source in
      source.line("package static let schemas: [MeshProto.RecordSchema] = [")
      for record in records { source.line("  \(record).schema,") }
      source.line("]")
      source.line("package static let grants: [MeshProto.RoleGrant] = [")
      for grant in grants { source.line("  \(GrantCode.text(grant)),") }
      source.line("] + schemas.flatMap(\\.grants)")
    }
    return source.text
  }

  /// `LeadsObjects` for the module `LeadsAPI`.
  private var objectsName: String {
    (module.hasSuffix("API") ? String(module.dropLast(3)) : module) + "Objects"
  }
}
