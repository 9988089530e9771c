import Foundation
import PackagePlugin

/// Makes Swift of `.proto` files: runs protoc with `leadmesh-proto` as its plugin.
///
/// A target with protos gets their messages, clients and descriptions. A service, a target
/// `<Name>Service`, gets how it keeps its records, made of the protos of `<Name>API`, and the list of
/// its migrations, made of the files in its folder `Migrations`.
@main
struct ProtoPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    guard let target = target as? any SourceModuleTarget else { return [] }
    return try protoCommands(context, target) + migrationCommands(context, target)
  }

  private func protoCommands(
    _ context: PluginContext,
    _ target: any SourceModuleTarget
  ) throws -> [Command] {
    let api = apiTarget(of: target)
    let folder = api?.directoryURL ?? target.directoryURL
    let protos = protoFiles(in: folder)
    if protos.isEmpty { return [] }
    let include = IncludePath(package: context.package.directoryURL, target: folder)
    let tool = try context.tool(named: "leadmesh-proto").url
    let output = context.pluginWorkDirectoryURL
    let names = protos.map { include.name(of: $0) }
    let generated =
      api == nil
      ? names.map { outputName($0, ".pb.swift") } + ["\(descriptorsName(target.name)).pb.swift"]
      : names.map { outputName($0, ".records.swift") }
    let mode = api == nil ? "" : ",mode=records"
    return [
      .buildCommand(
        displayName: "Generating Swift for \(target.name)",
        executable: try protoc(),
        arguments: include.arguments + [
          "--plugin=protoc-gen-leadmesh=\(tool.path)",
          "--leadmesh_opt=module=\(target.name)\(mode)",
          "--leadmesh_out=\(output.path)",
        ] + names,
        inputFiles: include.closure(of: protos) + [tool],
        outputFiles: generated.map { output.appending(path: $0) }
      )
    ]
  }

  /// The names are arguments, so that a new file changes the command and the next build runs it.
  private func migrationCommands(
    _ context: PluginContext,
    _ target: any SourceModuleTarget
  ) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "Migrations")
    guard apiTarget(of: target) != nil, FileManager.default.fileExists(atPath: folder.path) else {
      return []
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.sorted()
    let tool = try context.tool(named: "leadmesh-proto").url
    let output = context.pluginWorkDirectoryURL.appending(path: "Migrations.swift")
    return [
      .buildCommand(
        displayName: "Listing migrations of \(target.name)",
        executable: tool,
        arguments: ["migrations", target.name, output.path] + names,
        inputFiles: [tool] + names.map { folder.appending(path: $0) },
        outputFiles: [output]
      )
    ]
  }

  /// The target whose protos declare the records of a service; nil for any other target.
  private func apiTarget(of target: any SourceModuleTarget) -> (any SourceModuleTarget)? {
    guard target.name.hasSuffix("Service") else { return nil }
    let name = target.name.dropLast("Service".count) + "API"
    let dependencies = target.dependencies.compactMap { dependency -> (any Target)? in
      if case .target(let target) = dependency { target } else { nil }
    }
    return dependencies.first { $0.name == name } as? any SourceModuleTarget
  }

  private func protoFiles(in folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "proto" }
      .map(\.standardizedFileURL)
      .sorted { $0.path < $1.path }
  }

  private func protoc() throws -> URL {
    let path = "/usr/bin/protoc"
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw PluginError(description: "\(path) is missing; Deploy/setup.sh installs it")
    }
    return URL(filePath: path)
  }

  /// The tool names its outputs by the same rule: `leadmesh/leads/v1/lead.proto` becomes
  /// `leads_v1_lead.pb.swift`.
  private func outputName(_ proto: String, _ ending: String) -> String {
    let parts = proto.split(separator: "/")
    let path = parts.first == "leadmesh" ? parts.dropFirst() : parts[...]
    return path.joined(separator: "_").dropLast(".proto".count) + ending
  }

  private func descriptorsName(_ module: String) -> String {
    (module.hasSuffix("API") ? String(module.dropLast(3)) : module) + "Descriptors"
  }
}

/// Where protoc looks for imports.
private struct IncludePath {
  /// The folders whose files are inputs of the build; the system's protos do not change with it.
  private let own: [URL]
  private let system = ["/usr/include", "/usr/share/gocode/src/github.com/gogo/googleapis"]

  init(package: URL, target: URL) {
    let protos = package.appending(path: "Proto").standardizedFileURL
    let target = target.standardizedFileURL
    own = target.path.hasPrefix(protos.path + "/") ? [protos] : [target, protos]
  }

  var arguments: [String] { (own.map(\.path) + system).map { "--proto_path=\($0)" } }

  /// The file's name as protos import it.
  func name(of file: URL) -> String {
    let root = own.first { file.path.hasPrefix($0.path + "/") }
    return String(file.path.dropFirst(root.map { $0.path.count + 1 } ?? 0))
  }

  /// The files and, transitively, those of ours that they import.
  func closure(of files: [URL]) -> [URL] {
    var seen: Set<URL> = []
    var open = files
    while let file = open.popLast() {
      if seen.insert(file).inserted { open += imports(of: file) }
    }
    return seen.sorted { $0.path < $1.path }
  }

  private func imports(of file: URL) -> [URL] {
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("import ") else { return nil }
      let parts = line.split(separator: "\"")
      guard parts.count > 1 else { return nil }
      return own.map { $0.appending(path: String(parts[1])).standardizedFileURL }
        .first { FileManager.default.fileExists(atPath: $0.path) }
    }
  }
}

private struct PluginError: Error, CustomStringConvertible {
  let description: String
}
