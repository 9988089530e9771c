// swift-tools-version: 6.2
import Glibc
import PackageDescription

// One package. A service is one line: `service("Leads", hears: ["Tenants"])` declares its API, its
// library, its executable and its tests. What a target imports is what it lists here, to which the
// architecture tests hold it. `ONLY=Leads swift build` builds that service and what it stands on.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
  // The index, by which SwiftPM finds tests, need not hold the toolchain's modules: decision 14.
  .unsafeFlags(["-index-ignore-system-modules"], .when(configuration: .debug)),
]

/// The pages of modules of Shared, which SwiftPM would otherwise take for forgotten resources.
let pages = [
  "MeshBackup": ["README.md"], "MeshImport": ["README.md", "Headings/README.md"],
  "MeshPeers": ["README.md"], "MeshRecords": ["README.md"], "MeshRecurrence": ["README.md"],
  "MeshService": ["README.md"], "MeshStore": ["README.md"], "MeshTables": ["README.md"],
]

func named(_ names: [String]) -> [Target.Dependency] { names.map { .init(stringLiteral: $0) } }

/// A module of Shared with its tests.
///
/// - Parameters:
///   - name: its folder under `Shared/`.
///   - floor: modules of Shared that it stands on.
///   - c: C libraries that it uses.
///   - tests: what its tests use beyond that; nil for a module without tests of its own.
///   - embedded: folders of it whose files become code.
///   - samples: folders of its tests that hold no code.
/// - Returns: the module, and its tests.
func shared(
  _ name: String,
  on floor: [String],
  c: [String] = [],
  tests: [String]? = [],
  embedded: [String] = [],
  samples: [String] = []
) -> [Target] {
  var targets: [Target] = [
    .target(
      name: name,
      dependencies: named(floor + c),
      path: "Shared/\(name)",
      exclude: pages[name] ?? [],
      resources: embedded.map { .embedInCode($0) },
      swiftSettings: strict
    )
  ]
  if let tests {
    targets.append(suites("\(name)Tests", of: [name] + floor + tests, samples: samples))
  }
  return targets
}

/// The Swift code that the protoc plugin makes of the protos in one folder.
func api(_ name: String, _ path: String, on floor: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: named(["MeshCore", "MeshLoop", "MeshProto", "MeshRPC"] + floor),
    path: path,
    swiftSettings: strict,
    plugins: ["ProtoPlugin"]
  )
}

let serviceFloor = [
  "MeshCore", "MeshLoop", "MeshProto", "MeshRPC", "MeshStore", "MeshAccess", "MeshRecords",
  "MeshService", "TypeAPI", "RecordsAPI", "CEL",
]

/// A service: its generated API, its library, its executable and its tests.
///
/// - Parameters:
///   - name: the service's folder under `Services/`, as in `Leads`.
///   - calls: services whose RPCs it calls; has no cycle.
///   - hears: services whose changes it reacts to.
///   - uses: modules of Shared beyond the floor every service stands on.
///   - grants: whether it tells what roles may do with the objects of every service that is installed.
/// - Returns: the service's four targets.
func service(
  _ name: String,
  calls: [String] = [],
  hears: [String] = [],
  uses: [String] = [],
  grants: Bool = false
) -> [Target] {
  let folder = name.lowercased()
  let peers = Set(calls + hears).sorted().map { "\($0)API" }
  let needs = serviceFloor + uses + ["\(name)API"] + peers + (grants ? ["Installed"] : [])
  let testing = uses.contains("MeshImport") ? ["MeshImportTesting"] : []
  return [
    api("\(name)API", "Proto/leadmesh/\(folder)", on: ["TypeAPI", "RecordsAPI"]),
    .target(
      name: "\(name)Service",
      dependencies: named(needs),
      path: "Services/\(name)/Service",
      resources: [.embedInCode("Migrations")],
      swiftSettings: strict,
      plugins: ["ProtoPlugin"]
    ),
    program("leadmesh-\(folder)", "Services/\(name)/Main", on: ["MeshService", "\(name)Service"]),
    suites(
      "\(name)Tests",
      of: ["\(name)Service", "MeshTesting", "MeshTestScale"] + testing + needs
    ),
  ]
}

/// The tests of a module or of a service.
func suites(_ name: String, of needs: [String], samples: [String] = []) -> Target {
  .testTarget(
    name: name,
    dependencies: named(needs),
    path: "Tests/\(name)",
    exclude: samples,
    swiftSettings: strict
  )
}

func module(_ name: String, _ path: String, on needs: [String]) -> Target {
  .target(name: name, dependencies: named(needs), path: path, swiftSettings: strict)
}

func program(_ name: String, _ path: String, on needs: [String]) -> Target {
  .executableTarget(name: name, dependencies: named(needs), path: path, swiftSettings: strict)
}

func names(ofServicesIn targets: [Target]) -> [String] {
  targets.filter { $0.path?.hasPrefix("Services/") == true && $0.type == .regular }
    .map { String($0.name.dropLast("Service".count)) }
}

/// What `ONLY=Leads` leaves: the services that it names, what they stand on, and their tests.
///
/// - Parameters:
///   - list: names of services, separated by commas; empty for all targets.
///   - targets: all.
/// - Returns: the targets to build, in their order.
func only(_ list: String, of targets: [Target]) -> [Target] {
  if list.isEmpty { return targets }
  let services = names(ofServicesIn: targets)
  var open: [String] = []
  for name in list.split(separator: ",").map(String.init) {
    guard services.contains(name) else {
      print("ONLY: there is no service \(name); choose from \(services.joined(separator: ", "))")
      exit(1)
    }
    open += ["\(name)Service", "leadmesh-\(name.lowercased())", "\(name)Tests"]
  }
  var kept: Set<String> = []
  while let name = open.popLast() {
    guard kept.insert(name).inserted, let target = targets.first(where: { $0.name == name }) else {
      continue
    }
    for case .byNameItem(let name, _) in target.dependencies { open.append(name) }
    for case .plugin(let name, _) in target.plugins ?? [] { open.append(name) }
  }
  return targets.filter { kept.contains($0.name) }
}

/// A C library of the system, behind a module map of ours.
func c(_ name: String, pkgConfig: String) -> Target {
  .systemLibrary(name: name, path: "Shared/C/\(name)", pkgConfig: pkgConfig)
}

var targets: [Target] = []

// C
targets += [
  c("CNghttp2", pkgConfig: "libnghttp2"),
  c("CSQLite", pkgConfig: "sqlite3"),
  c("CPostgreSQL", pkgConfig: "libpq"),
  c("COpenSSL", pkgConfig: "openssl"),
  c("CArgon2", pkgConfig: "libargon2"),
  c("CProtobuf", pkgConfig: "libprotobuf-c"),
  c("CICU", pkgConfig: "icu-i18n"),
  c("CExpat", pkgConfig: "expat"),
  c("CZlib", pkgConfig: "zlib"),
  .target(name: "CLinux", path: "Shared/C/CLinux"),
  .target(name: "CSwiftRuntime", path: "Shared/C/CSwiftRuntime"),
  .target(name: "CStoreIDs", dependencies: ["CSQLite"], path: "Shared/C/CStoreIDs"),
  .target(
    name: "CPhoneNumber",
    path: "Shared/C/CPhoneNumber",
    linkerSettings: [.linkedLibrary("phonenumber")]
  ),
]

// Shared, from the lowest floor up
let scale = ["MeshTestScale"]
targets += shared("MeshCore", on: [], c: ["CICU"], tests: scale)
targets += shared(
  "ProtoDescriptors",
  on: [],
  c: ["CProtobuf"],
  tests: ["MeshCore", "ProtoFixtures"]
)
targets += shared(
  "MeshProto",
  on: ["MeshCore"],
  tests: ["ProtoDescriptors", "ProtoFixtures", "MeshTestScale"]
)
targets += shared("CEL", on: ["MeshCore"], tests: scale)
targets += shared("MeshRecurrence", on: ["MeshCore"], tests: scale)
targets += shared("MeshCrypto", on: ["MeshCore"], c: ["COpenSSL", "CArgon2"])
targets += shared("MeshPhone", on: ["MeshCore"], c: ["CICU", "CPhoneNumber"])
targets += shared("MeshZip", on: [], c: ["CZlib"], tests: ["CZlib", "MeshTestScale"])
targets += shared("MeshTables", on: ["MeshCore", "MeshZip"], c: ["CExpat", "CICU"], tests: scale)
targets += shared("MeshLoop", on: ["MeshCore"], c: ["CLinux", "CSwiftRuntime"], tests: scale)
targets += shared("MeshHTTP", on: ["MeshCore", "MeshLoop"], c: ["CNghttp2"], tests: scale)
targets += shared(
  "MeshStore",
  on: ["MeshCore", "MeshLoop", "CEL", "MeshCrypto"],
  c: ["CSQLite", "CPostgreSQL", "CStoreIDs"],
  tests: ["CSQLite", "MeshTestScale", "MeshTesting"]
)
let backup = ["MeshCore", "MeshCrypto", "MeshZip", "MeshStore"]
targets += shared("MeshBackup", on: backup, tests: ["MeshTestScale", "MeshTesting"])
targets += shared("MeshRPC", on: ["MeshCore", "MeshProto", "MeshLoop", "MeshHTTP"], tests: scale)
targets += shared(
  "MeshAccess",
  on: ["MeshCore", "MeshProto", "MeshLoop", "MeshRPC", "MeshStore", "MeshCrypto"]
)
let records = ["MeshCore", "MeshProto", "MeshLoop", "MeshRPC", "MeshStore", "MeshAccess"]
targets += shared("MeshRecords", on: records + ["MeshCrypto", "CEL", "RecordsAPI"], tests: nil)
targets += shared(
  "MeshImport",
  on: records + [
    "MeshRecords", "MeshCrypto", "MeshPhone", "MeshTables", "CEL", "TypeAPI", "RecordsAPI",
  ],
  tests: ["ErrandsAPI", "ErrandsService", "MeshImportTesting", "MeshTesting", "MeshTestScale"],
  embedded: ["Sources"],
  samples: ["Samples"]
)
targets += shared(
  "MeshService",
  on: records + ["MeshHTTP", "MeshRecords", "MeshCrypto", "MeshAPI", "RecordsAPI", "TypeAPI"],
  c: ["CLinux"],
  tests: ["ErrandsAPI", "ErrandsService", "MeshTesting"]
)
targets += shared(
  "MeshPeers",
  on: records + [
    "MeshPhone", "MeshRecords", "MeshImport", "MeshService", "AccessAPI", "EngageAPI",
    "RecordsAPI", "TenantsAPI", "TypeAPI",
  ],
  tests: ["ErrandsAPI", "ErrandsService"]
)
targets += shared(
  "MeshTesting",
  on: records + ["MeshHTTP", "MeshRecords", "MeshService", "MeshCrypto"],
  tests: nil
)
targets += shared(
  "MeshImportTesting",
  on: ["MeshCore", "MeshLoop", "MeshImport", "TypeAPI"],
  tests: nil
)
targets += shared("MeshTestScale", on: [], tests: nil)

// Protos
targets += [
  module("ProtoToolKit", "Proto/Tool/Kit", on: ["ProtoDescriptors"]),
  program("leadmesh-proto", "Proto/Tool/Main", on: ["ProtoToolKit"]),
  suites("ProtoToolTests", of: ["ProtoToolKit", "ProtoDescriptors", "MeshProto", "MeshCore"]),
  .target(
    name: "ProtoFixtures",
    dependencies: named(["MeshProto"]),
    path: "Tests/ProtoFixtures",
    swiftSettings: strict,
    plugins: ["ProtoPlugin"]
  ),
  api("ErrandsAPI", "Tests/Fixture/Proto", on: ["TypeAPI", "RecordsAPI"]),
  .target(
    name: "ErrandsService",
    dependencies: named(serviceFloor + ["ErrandsAPI"]),
    path: "Tests/Fixture/Service",
    resources: [.embedInCode("Migrations")],
    swiftSettings: strict,
    plugins: ["ProtoPlugin"]
  ),
  program(
    "leadmesh-errands",
    "Tests/Fixture/Main",
    on: ["MeshLoop", "MeshRPC", "MeshStore", "MeshService", "ErrandsService"]
  ),
  suites(
    "MeshRecordsTests",
    of: serviceFloor + ["MeshAPI", "ErrandsAPI", "ErrandsService", "MeshTesting", "MeshTestScale"]
  ),
  .plugin(
    name: "ProtoPlugin",
    capability: .buildTool(),
    dependencies: ["leadmesh-proto"],
    path: "Proto/Plugin"
  ),
  api("TypeAPI", "Proto/leadmesh/type"),
  api("MeshAPI", "Proto/leadmesh/mesh", on: ["TypeAPI"]),
  api("RecordsAPI", "Proto/leadmesh/records", on: ["TypeAPI"]),
]

// Services, in the order in which they start; Deploy/Installed names them once more
targets += service("Access", hears: ["Tenants"], uses: ["MeshCrypto"], grants: true)
targets += service("Tenants", calls: ["Access"], uses: ["MeshCrypto", "MeshPhone"])
targets += service(
  "Deals",
  hears: ["Access", "Engage", "Tasks", "Tenants"],
  uses: ["MeshCrypto", "MeshImport", "MeshPeers"]
)
targets += service(
  "Leads",
  calls: ["Deals"],
  hears: ["Access", "Engage", "Tenants"],
  uses: ["MeshImport", "MeshPeers", "MeshPhone", "MeshCrypto", "MeshTables"]
)
targets += service(
  "Tasks",
  calls: ["Leads", "Deals"],
  hears: ["Access", "Tenants", "Leads", "Deals"],
  uses: ["MeshImport", "MeshPeers", "MeshRecurrence"]
)
targets += service(
  "Engage",
  calls: ["Leads", "Deals", "Tasks"],
  hears: ["Access", "Tenants", "Leads", "Deals", "Tasks"],
  uses: ["MeshImport", "MeshPeers"]
)

let services = names(ofServicesIn: targets)

// What is installed, the gateway and the operator's tools
targets += [
  module("Installed", "Deploy/Installed", on: ["MeshProto"] + services.map { "\($0)API" }),
  module(
    "GatewayService",
    "Gateway/Service",
    on: [
      "MeshCore", "ProtoDescriptors", "MeshLoop", "MeshProto", "MeshHTTP", "MeshRPC", "MeshAccess",
      "MeshService", "MeshCrypto", "TypeAPI", "MeshAPI", "RecordsAPI", "AccessAPI", "TenantsAPI",
      "MeshStore", "MeshZip", "Installed",
    ]
  ),
  program("leadmesh-gateway", "Gateway/Main", on: ["GatewayService", "MeshService"]),
  suites(
    "GatewayTests",
    of: [
      "GatewayService", "MeshTesting", "MeshCore", "ProtoDescriptors", "MeshLoop", "MeshProto",
      "MeshHTTP", "MeshRPC", "MeshAccess", "MeshService", "MeshCrypto", "TypeAPI", "MeshAPI",
      "RecordsAPI", "AccessAPI", "TenantsAPI", "LeadsAPI", "DealsAPI", "MeshZip", "Installed",
      "MeshTestScale",
    ]
  ),
  program(
    "leadmesh",
    "Deploy/CLI",
    on: [
      "MeshCore", "MeshLoop", "MeshProto", "MeshHTTP", "MeshRPC", "MeshStore", "MeshBackup",
      "MeshService", "MeshCrypto", "TypeAPI", "MeshAPI", "AccessAPI", "TenantsAPI", "LeadsAPI",
      "DealsAPI", "TasksAPI", "EngageAPI", "RecordsAPI", "CLinux", "Installed",
    ]
  ),
  suites(
    "CLITests",
    of: ["leadmesh", "MeshCore", "MeshCrypto", "MeshLoop", "MeshAPI", "LeadsAPI", "RecordsAPI"]
  ),
]

// Benchmarks, and the tests that are nobody's own
targets += [
  program(
    "leadmesh-bench",
    "Deploy/Benchmarks/Sources",
    on: [
      "MeshCore", "MeshLoop", "MeshProto", "MeshHTTP", "MeshRPC", "MeshStore", "MeshAccess",
      "MeshService", "MeshCrypto", "MeshRecurrence", "CEL", "TypeAPI", "LeadsAPI", "BenchmarkAPI",
    ]
  ),
  api("BenchmarkAPI", "Deploy/Benchmarks/Proto"),
  suites("ArchitectureTests", of: [], samples: ["exceptions.txt"]),
]

let package = Package(
  name: "leadmesh",
  targets: only(Context.environment["ONLY"] ?? "", of: targets),
  cxxLanguageStandard: .cxx17
)
