import MeshCore
package import MeshProto

/// Makes the Swift of one module from its protos, as a protoc plugin.
package struct CodeGenerator {
  private let module: String
  private let files: [FileDescriptor]
  private let chosen: Set<String>

  /// Reads a CodeGeneratorRequest; its parameter names the module: `module=LeadsAPI`.
  package init(request bytes: [UInt8]) throws(WireError) {
    let request = try DynamicMessage(descriptor: bytes)
    let parameter = request.text(2).split(separator: "=")
    module = parameter.count == 2 && parameter[0] == "module" ? String(parameter[1]) : "API"
    chosen = Set(request.texts(1))
    var files: [FileDescriptor] = []
    for file in try request.messages(15) { files.append(try FileDescriptor(file)) }
    self.files = files
  }

  /// The CodeGeneratorResponse: a Swift file for each proto, and one with their descriptors.
  package func response() -> [UInt8] {
    var response = DynamicMessage()
    response.set(2, 1)  // Takes proto3 `optional`.
    do throws(GenerationError) {
      for (name, text) in try sources() {
        var file = DynamicMessage()
        file.set(1, name)
        file.set(15, text)
        response.set(15, file)
      }
    } catch {
      response.set(1, error.message)
    }
    return response.wireBytes()
  }

  private func sources() throws(GenerationError) -> [(name: String, text: String)] {
    let types = TypeIndex(files, module: module)
    var sources: [(name: String, text: String)] = []
    for file in files where chosen.contains(file.name) {
      sources.append((Self.outputName(file.name), try source(of: file, types)))
    }
    sources.append(("\(descriptorsName).pb.swift", descriptors()))
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

  private func source(
    of file: FileDescriptor,
    _ types: TypeIndex
  ) throws(GenerationError) -> String {
    var body = SourceText()
    var modules: Set<String> = []
    for type in file.enums {
      modules.insert("MeshProto")
      body.line()
      EnumGenerator(type).generate(into: &body)
    }
    for message in file.messages {
      let generator = try MessageGenerator(message, types)
      modules.formUnion(try generator.modules())
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
    let loop = file.services.isEmpty ? "" : "import MeshLoop\n"
    let imports = loop + modules.sorted().map { "package import \($0)\n" }.joined()
    return "// Made from \(file.name); edit that.\n\n\(imports)\(body.text)"
  }

  /// `LeadsDescriptors` for the module `LeadsAPI`.
  private var descriptorsName: String {
    (module.hasSuffix("API") ? String(module.dropLast(3)) : module) + "Descriptors"
  }

  private func descriptors() -> String {
    var set = DynamicMessage()
    for file in files { set.set(1, file.wire) }
    return """
      // Made from the protos of this module; edit those.

      /// The protos of this module, and all they import, as a FileDescriptorSet without comments.
      package enum \(descriptorsName) {
        package static let base64: StaticString =
          "\(Base64.encode(set.wireBytes()))"
      }

      """
  }
}
