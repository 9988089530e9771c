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
    let operands = Array(arguments.dropFirst())
    switch (command, operands.count) {
    case ("lint", 1...): return try lint(operands)
    case ("breaking", 1): return try breaking(operands[0])
    case ("baseline", 1):
      let present = try Protoc(root: operands[0]).descriptorSet(sourceInfo: false)
      try Files.write(present, to: baseline(operands[0]))
    case ("typescript", 1):
      try StandardStreams.writeOutput(Array(typeScript(operands[0]).utf8))
    case ("migrations", 2...):
      let list = try MigrationList(of: operands[0], files: Array(operands.dropFirst(2)))
      try Files.write(Array(list.source().utf8), to: operands[1])
    default: throw ToolError.usage
    }
    return []
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
