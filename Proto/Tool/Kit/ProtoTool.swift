import Glibc
import ProtoDescriptors

/// The command `leadmesh-proto`: a protoc plugin when it is started without arguments.
package enum ProtoTool {
  /// Runs the command and ends the process: 0 when all is well, 1 when there are findings or it
  /// cannot work.
  package static func main(_ arguments: [String]) -> Never {
    do {
      let findings = try run(arguments)
      for finding in findings { StandardStreams.complain(finding) }
      exit(findings.isEmpty ? 0 : 1)
    } catch {
      StandardStreams.complain("leadmesh-proto: \(error)")
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws -> [String] {
    guard let command = arguments.first else {
      try generate()
      return []
    }
    if command == "migrations", arguments.count >= 3 {
      let list = try MigrationList(of: arguments[1], files: Array(arguments.dropFirst(3)))
      try Files.write(Array(list.source().utf8), to: arguments[2])
      return []
    }
    if command == "lint" { return try lint(Array(arguments.dropFirst())) }
    guard arguments.count == 2 else { throw ToolError.usage }
    let folder = arguments[1]
    switch command {
    case "breaking": return try breaking(folder)
    case "baseline":
      try Files.write(Protoc(root: folder).descriptorSet(sourceInfo: false), to: baseline(folder))
      return []
    case "typescript":
      try StandardStreams.writeOutput(Array(typeScript(folder).utf8))
      return []
    default: throw ToolError.usage
    }
  }

  /// The protoc plugin: a CodeGeneratorRequest on standard input, the response on standard output.
  private static func generate() throws {
    let request = try StandardStreams.readInput()
    try StandardStreams.writeOutput(try CodeGenerator(request: request).response())
  }

  private static func lint(_ folders: [String]) throws -> [String] {
    if folders.isEmpty { throw ToolError.usage }
    let files = try readDescriptorSet(Protoc(roots: folders).descriptorSet(sourceInfo: true))
    return Linter(files).findings().map(\.description)
  }

  /// The web UI's module of the API.
  private static func typeScript(_ folder: String) throws -> String {
    let files = try readDescriptorSet(Protoc(root: folder).descriptorSet(sourceInfo: true))
    return try TypeScriptGenerator(files).source()
  }

  /// Before the first release there is no baseline, and nothing can break.
  private static func breaking(_ folder: String) throws -> [String] {
    if !Files.exists(baseline(folder)) { return [] }
    let release = try readDescriptorSet(Files.read(baseline(folder)))
    let present = try readDescriptorSet(Protoc(root: folder).descriptorSet(sourceInfo: false))
    return BreakingChanges(from: release, to: present).all()
  }

  /// The descriptor set of the last release.
  private static func baseline(_ folder: String) -> String { "\(folder)/Baseline/leadmesh.binpb" }
}
