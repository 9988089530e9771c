import Glibc

/// The command `leadmesh-proto`: a protoc plugin when it is started without arguments.
package enum ProtoTool {
  /// Runs the command and ends the process.
  package static func main(_ arguments: [String]) -> Never {
    do {
      try run(arguments)
      exit(0)
    } catch {
      StandardStreams.complain("leadmesh-proto: \(error)")
      exit(1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    switch arguments.first {
    case nil: try generate()
    default: throw ToolError.usage
    }
  }

  /// The protoc plugin: a CodeGeneratorRequest on standard input, the response on standard output.
  private static func generate() throws {
    let request = try StandardStreams.readInput()
    try StandardStreams.writeOutput(try CodeGenerator(request: request).response())
  }
}
