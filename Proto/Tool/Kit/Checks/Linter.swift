package import ProtoDescriptors

/// Holds the protos of the product to its API style: the AIPs (aip.dev) where they say something.
package struct Linter {
  private let files: [FileDescriptor]
  private let index: DescriptorIndex
  private let kinds: KindRules

  /// Takes all files, imports included; judges those under `leadmesh/`.
  package init(_ files: [FileDescriptor]) {
    self.files = files.filter { $0.name.hasPrefix("leadmesh/") }
    index = DescriptorIndex(files)
    kinds = KindRules(files)
  }

  /// Ordered by file and line.
  package func findings() -> [Finding] {
    let all = files.flatMap { file in
      var findings = Findings(file: file.name)
      checkFile(file, &findings)
      for type in file.allEnums { checkEnum(type, &findings) }
      for message in file.allMessages {
        checkMessage(message, &findings)
        kinds.check(message, in: file.package, &findings)
      }
      for service in file.services { checkService(service, &findings) }
      return findings.all
    }
    return (all + sharedRoutes()).sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

  private func checkFile(_ file: FileDescriptor, _ findings: inout Findings) {
    let folders = file.name.split(separator: "/").dropLast()
    let expected = folders.joined(separator: ".")
    findings.require(
      file.package == expected,
      file.location,
      "package \(file.package) is not its folder's: \(expected)"
    )
    let version = file.package.split(separator: ".").last ?? ""
    findings.require(
      ProtoNames.isVersion(version),
      file.location,
      "package \(file.package) does not end in a version, such as v1"
    )
    let base = file.name.split(separator: "/").last.map(String.init) ?? ""
    findings.require(
      ProtoNames.isSnakeCase(String(base.dropLast(".proto".count))),
      file.location,
      "file \(base) is not named in lower_snake_case"
    )
    findings.require(file.isProto3, file.location, "the file's syntax is not proto3")
  }

  private func checkEnum(_ type: EnumDescriptor, _ findings: inout Findings) {
    let prefix = SwiftNames.screamingSnakeCase(type.name) + "_"
    findings.requireComment(type.location, "enum \(type.name)")
    findings.require(
      ProtoNames.isPascalCase(type.name),
      type.location,
      "enum \(type.name) is not PascalCase"
    )
    if let zero = type.values.first {
      findings.require(
        zero.number == 0 && zero.name == prefix + "UNSPECIFIED",
        zero.location,
        "enum \(type.name) does not begin with \(prefix)UNSPECIFIED = 0"
      )
    }
    for value in type.values {
      findings.requireComment(value.location, "enum value \(value.name)")
      findings.require(
        value.name.hasPrefix(prefix) && ProtoNames.isScreamingSnakeCase(value.name),
        value.location,
        "enum value \(value.name) does not begin with \(prefix)"
      )
    }
  }

  private func checkMessage(_ message: MessageDescriptor, _ findings: inout Findings) {
    findings.requireComment(message.location, "message \(message.name)")
    findings.require(
      ProtoNames.isPascalCase(message.name),
      message.location,
      "message \(message.name) is not PascalCase"
    )
    for field in message.fields {
      let name = "field \(message.name).\(field.name)"
      findings.requireComment(field.location, name)
      findings.require(
        ProtoNames.isSnakeCase(field.name),
        field.location,
        "\(name) is not lower_snake_case"
      )
    }
    for oneof in message.oneofs where !oneof.name.hasPrefix("_") {
      findings.require(
        ProtoNames.isSnakeCase(oneof.name),
        oneof.location,
        "oneof \(message.name).\(oneof.name) is not lower_snake_case"
      )
    }
  }

  private func checkService(_ service: ServiceDescriptor, _ findings: inout Findings) {
    findings.requireComment(service.location, "service \(service.name)")
    findings.require(
      ProtoNames.isPascalCase(service.name),
      service.location,
      "service \(service.name) is not PascalCase"
    )
    for method in service.methods {
      MethodRules(method, of: service, index).check(&findings)
    }
  }

  /// Two methods that answer the same verb and path.
  private func sharedRoutes() -> [Finding] {
    var taken: [String: String] = [:]
    var findings: [Finding] = []
    for file in files {
      for method in file.services.flatMap(\.methods) {
        for binding in method.http {
          if let other = taken.updateValue(method.name, forKey: binding.shape) {
            findings.append(
              Finding(
                file: file.name,
                line: method.location.line,
                message: "rpc \(method.name): \(binding.shape) is already that of \(other)"
              )
            )
          }
        }
      }
    }
    return findings
  }
}

extension HTTPBinding {
  /// Verb and path with the names of variables left out: what a router tells apart.
  fileprivate var shape: String {
    let parts = path.split(separator: "{", omittingEmptySubsequences: false)
    let rest = parts.dropFirst().map { part in
      "{}" + part.drop { $0 != "}" }.dropFirst()
    }
    return "\(verb) \(parts.first ?? "")\(rest.joined())"
  }
}
