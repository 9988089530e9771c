/// The floors of the house: a target depends on lower floors only.
enum FloorRules {
  /// The floors from the ground up; targets of one floor do not know each other.
  static let floors: [Set<String>] = [
    [
      "CArgon2", "CExpat", "CICU", "CLinux", "CNghttp2", "COpenSSL", "CPhoneNumber", "CPostgreSQL",
      "CProtobuf", "CSQLite",
      "CSwiftRuntime", "CZlib",
    ],
    ["CStoreIDs"],
    ["MeshCore", "ProtoDescriptors"],
    ["CEL", "MeshCrypto", "MeshLoop", "MeshPhone", "MeshProto", "MeshRecurrence", "MeshZip"],
    ["MeshHTTP", "MeshStore", "MeshTables", "ProtoToolKit", "ProtoFixtures"],
    ["MeshRPC", "MeshBackup"],
    ["TypeAPI"],
    ["MeshAPI", "RecordsAPI"],
    ["MeshAccess"],
    ["MeshRecords"],
    ["MeshImport"],
    ["MeshService"],
    ["Installed", "MeshImportTesting", "MeshPeers", "MeshTesting", "MeshTestScale"],
  ]
  private static let serviceAPIs = 8
  /// Those that every service may use.
  private static let commonAPIs: Set = ["TypeAPI", "RecordsAPI"]
  private static let services = 13
  private static let executables = 14
  private static let tests = 15

  /// A target's floor; nil for a target of the shared house that the table does not name.
  static func floor(of target: PackageGraph.Target) -> Int? {
    if let floor = floors.firstIndex(where: { $0.contains(target.name) }) { return floor }
    switch target.kind {
    case "test": return tests
    case "executable", "plugin": return executables
    default: break
    }
    if target.name.hasSuffix("API") { return serviceAPIs }
    return target.name.hasSuffix("Service") ? services : nil
  }

  static func violations(in graph: PackageGraph) -> [Violation] {
    graph.targets.flatMap { target -> [Violation] in
      guard let own = floor(of: target) else {
        return [manifest("\(target.name) has no floor: add it to FloorRules.floors")]
      }
      return target.dependencies.compactMap { name in
        guard let other = graph[name] else { return manifest("\(name) is no target") }
        if target.kind == "plugin" { return nil }
        guard let floor = floor(of: other), floor >= own else { return nil }
        return manifest("\(target.name) depends on \(name), which is not on a lower floor")
      }
    }
  }

  /// A service stands on Shared, its own generated API and its peers' APIs; on nothing else.
  static func serviceViolations(in graph: PackageGraph, services: ServiceMap) -> [Violation] {
    services.services.sorted { $0.key < $1.key }.flatMap { name, peers -> [Violation] in
      guard let target = graph["\(name)Service"] else {
        return [manifest("\(name)Service is no target")]
      }
      let apis = Set(([name] + peers.calls + peers.hears).map { "\($0)API" })
      return target.dependencies.compactMap { dependency in
        if apis.contains(dependency) || commonAPIs.contains(dependency) { return nil }
        if dependency == "Installed", peers.grants { return nil }
        if graph[dependency]?.path.hasPrefix("Shared/Mesh") == true || dependency == "CEL" {
          return nil
        }
        return manifest("\(target.name) may not depend on \(dependency)")
      }
    } + (services.cycle.map { [manifest("calls go round: \($0)")] } ?? [])
  }

  /// Targets of Swift that ask less of the compiler than the others.
  static func settingViolations(in graph: PackageGraph) -> [Violation] {
    graph.targets.filter { $0.kind != "plugin" && !$0.path.hasPrefix("Shared/C/") }
      .flatMap { target in
        settings.subtracting(target.settings).sorted().map {
          manifest("\(target.name) lacks the setting: \($0)")
        }
      }
  }

  private static let settings: Set<String> = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
    "NonisolatedNonsendingByDefault", "warnings are errors",
  ]

  private static func manifest(_ rule: String) -> Violation {
    Violation(path: "Package.swift", line: 1, rule: rule)
  }
}

/// Imports: each is declared by its target, and request paths stay free of Foundation.
enum ImportRules {
  /// The toolchain's modules that any target may import.
  private static let toolchain: Set<String> = ["Glibc", "Synchronization", "Swift", "_Concurrency"]
  private static let testing: Set<String> = ["Foundation", "FoundationEssentials", "Testing"]

  struct Import: Equatable {
    var line: Int
    var module: String
  }

  static func imports(of file: SourceFile) -> [Import] {
    file.code.enumerated().compactMap { index, line in
      guard line.contains("import"),
        let match = line.firstMatch(
          of:
            #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:package|public|private|fileprivate|internal)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|typealias|let|var)\s+)?(\w+)/#
        )
      else { return nil }
      return Import(line: index + 1, module: String(match.1))
    }
  }

  static func violations(in file: SourceFile, graph: PackageGraph) -> [Violation] {
    guard let target = graph.owner(of: file.path), target.kind != "plugin" else { return [] }
    var allowed = toolchain.union(target.dependencies)
    if target.kind == "test" || file.isIn("Shared/MeshTesting") { allowed.formUnion(testing) }
    if file.isIn("Proto/Tool", "Deploy") { allowed.insert("FoundationEssentials") }
    return imports(of: file).filter { !allowed.contains($0.module) }.map { found in
      file.violation(found.line, "\(target.name) imports \(found.module) without declaring it")
    }
  }

  /// Clients a service makes of peers that its `calls:` does not name.
  static func undeclaredCalls(in file: SourceFile, services: ServiceMap) -> [Violation] {
    let folders = file.path.split(separator: "/")
    guard folders.count > 2, folders[0] == "Services",
      let peers = services.services[String(folders[1])]
    else { return [] }
    let known = Set(peers.calls + [String(folders[1])])
    return file.code.enumerated().flatMap { index, line in
      line.matches(of: #/\b([A-Z]\w+)ServiceClient\b/#.ofCode).compactMap { match -> Violation? in
        let callee = String(match.1)
        guard services.services[callee] != nil, !known.contains(callee) else { return nil }
        return file.violation(index + 1, "\(folders[1]) calls \(callee), its calls: does not")
      }
    }
  }
}
