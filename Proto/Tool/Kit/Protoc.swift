import FoundationEssentials
import Glibc

/// The system's protoc, which parses the protos.
package struct Protoc {
  private let roots: [String]

  /// `root` is the folder that imports start from.
  package init(root: String) { self.init(roots: [root]) }

  /// `roots` are the folders that imports start from, the first that has a file first.
  package init(roots: [String]) { self.roots = roots }

  /// The FileDescriptorSet of all protos under the roots, imports included.
  ///
  /// With `sourceInfo`, comments and lines are part of it.
  package func descriptorSet(sourceInfo: Bool) throws(ToolError) -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory
    let output = folder.appending(path: "leadmesh-\(UUID().uuidString).binpb").path
    defer { unlink(output) }
    let options =
      (roots + ["/usr/include", "/usr/share/gocode/src/github.com/gogo/googleapis"])
      .map { "--proto_path=\($0)" }
      + ["--include_imports", "--descriptor_set_out=\(output)"]
      + (sourceInfo ? ["--include_source_info"] : [])
    try Self.run(["/usr/bin/protoc"] + options + (try protos()))
    return try Files.read(output)
  }

  private func protos() throws(ToolError) -> [String] {
    var names: [String] = []
    for root in roots { names += try Self.protos(under: root) }
    return names
  }

  /// Names of all protos under a root, sorted, so that the set does not depend on the disk.
  private static func protos(under root: String) throws(ToolError) -> [String] {
    let paths: [String]
    do {
      paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    } catch {
      throw .failed("\(root) cannot be read: \(error)")
    }
    let names = paths.filter { $0.hasSuffix(".proto") }.sorted()
    if names.isEmpty { throw .failed("\(root) holds no .proto file") }
    return names
  }

  /// Runs a command to its end; what it says goes to our own standard error.
  private static func run(_ command: [String]) throws(ToolError) {
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment = [arguments.last ?? nil]
    var process: pid_t = 0
    let result = posix_spawn(&process, command[0], nil, nil, &arguments, &environment)
    guard result == 0 else {
      throw .failed("\(command[0]) cannot be started: \(String(cString: strerror(result)))")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw .failed("\(command[0]) is lost") }
    }
    if status != 0 { throw .failed("\(command[0]) refused the protos") }
  }
}
