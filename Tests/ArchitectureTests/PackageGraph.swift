import Foundation

/// The targets of Package.swift and what each declares to depend on.
struct PackageGraph {
  struct Target {
    let name: String
    /// Folder, relative to the repository's root.
    let path: String
    let kind: String
    let dependencies: [String]
    /// Features the compiler is asked for, and `warnings are errors`.
    var settings: Set<String> = []
  }

  let targets: [Target]

  subscript(name: String) -> Target? { targets.first { $0.name == name } }

  /// The target whose folder holds a file: the innermost one.
  func owner(of path: String) -> Target? {
    targets.filter { path.hasPrefix($0.path + "/") }.max { $0.path.count < $1.path.count }
  }

  /// What SwiftPM makes of the manifest.
  ///
  /// It gets a scratch folder of its own: the one of the running test is locked.
  static let ofThisPackage = Result {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "leadmesh-architecture-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path,
      "dump-package",
    ]
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "ONLY" }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let json = try output.fileHandleForReading.readToEnd() ?? Foundation.Data()
    process.waitUntilExit()
    return try PackageGraph(json: json)
  }

  init(targets: [Target]) { self.targets = targets }

  init(json: Foundation.Data) throws {
    targets = try JSONDecoder().decode(Dump.self, from: json).targets.map { target in
      Target(
        name: target.name,
        path: target.path ?? "",
        kind: target.type,
        dependencies: target.dependencies.compactMap { $0.byName?.first ?? nil },
        settings: Set(target.settings.compactMap(\.kind.name))
      )
    }
  }

  /// The parts of `swift package dump-package` that are read here.
  private struct Dump: Decodable {
    struct Target: Decodable {
      let name: String
      let path: String?
      let type: String
      let dependencies: [Dependency]
      let settings: [Setting]
    }
    struct Setting: Decodable {
      struct Value: Decodable { let _0: String }
      struct Kind: Decodable {
        let enableUpcomingFeature: Value?
        let treatAllWarnings: Value?
        var name: String? {
          enableUpcomingFeature?._0 ?? treatAllWarnings.map { "warnings are \($0._0)s" }
        }
      }
      let kind: Kind
    }
    struct Dependency: Decodable {
      let byName: [String?]?
    }
    let targets: [Target]
  }
}

/// The `service(...)` lines of Package.swift: which service calls which, and whose
/// changes it follows.
struct ServiceMap: Equatable {
  struct Peers: Equatable {
    var calls: [String]
    var hears: [String]
    /// Whether it tells what roles may do with the objects of every service.
    var grants: Bool
  }

  var services: [String: Peers] = [:]
  /// In the order of their lines.
  var names: [String] = []

  init(manifest: String) {
    for match in manifest.matches(of: #/(?m)^targets \+= service\(\s*"(\w+)"([^)]*)\)/#) {
      names.append(String(match.1))
      services[String(match.1)] = Peers(
        calls: Self.names(in: match.2, after: "calls:"),
        hears: Self.names(in: match.2, after: "hears:"),
        grants: match.2.contains("grants: true")
      )
    }
  }

  /// A round of calls, as "A -> B -> A"; nil when calls only flow one way.
  var cycle: String? {
    services.keys.sorted().lazy.compactMap { path(from: $0, backTo: $0, by: [$0]) }.first
  }

  private func path(from service: String, backTo start: String, by walked: [String]) -> String? {
    for peer in services[service]?.calls ?? [] {
      if peer == start { return (walked + [peer]).joined(separator: " -> ") }
      guard !walked.contains(peer) else { continue }
      if let found = path(from: peer, backTo: start, by: walked + [peer]) { return found }
    }
    return nil
  }

  private static func names(in arguments: Substring, after label: String) -> [String] {
    guard let start = arguments.range(of: label)?.upperBound,
      let list = arguments[start...].firstMatch(of: #/\[([^\]]*)\]/#)
    else { return [] }
    return list.1.matches(of: #/"(\w+)"/#).map { String($0.1) }
  }
}
