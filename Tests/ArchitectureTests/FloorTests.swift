import Testing

@Suite struct `The floors` {
  private let manifest = Repository.text("Package.swift") ?? ""

  @Test func `each target stands on lower floors only`() throws {
    let graph = try PackageGraph.ofThisPackage.get()
    #expect(graph.targets.count > 20)
    #expect(FloorRules.violations(in: graph) == [])
  }

  @Test func `a service stands on Shared, its own API and its peers' APIs`() throws {
    let graph = try PackageGraph.ofThisPackage.get()
    let services = ServiceMap(manifest: manifest)
    #expect(services.services.keys.sorted() == Repository.folders(in: "Services"))
    #expect(FloorRules.serviceViolations(in: graph, services: services) == [])
  }

  @Test func `each target of Swift is compiled as strictly as the others`() throws {
    let graph = try PackageGraph.ofThisPackage.get()
    #expect(FloorRules.settingViolations(in: graph) == [])
    let lax = PackageGraph(targets: [target("MeshCore", "Shared/MeshCore")])
    #expect(FloorRules.settingViolations(in: lax).count == 5)
  }

  @Test func `a dependency upwards or sideways is found`() {
    let graph = PackageGraph(targets: [
      target("MeshCore", "Shared/MeshCore", on: ["MeshRPC"]),
      target("MeshRPC", "Shared/MeshRPC"),
      target("MeshHTTP", "Shared/MeshHTTP", on: ["MeshStore"]),
      target("MeshStore", "Shared/MeshStore"),
      target("MeshNew", "Shared/MeshNew"),
    ])
    #expect(
      FloorRules.violations(in: graph).map(\.rule) == [
        "MeshCore depends on MeshRPC, which is not on a lower floor",
        "MeshHTTP depends on MeshStore, which is not on a lower floor",
        "MeshNew has no floor: add it to FloorRules.floors",
      ]
    )
  }

  @Test func `a service that depends on a C module, another service or a stranger's API is found`()
  {
    let graph = PackageGraph(targets: [
      target("CSQLite", "Shared/C/CSQLite"),
      target("MeshCore", "Shared/MeshCore"),
      target(
        "LeadsService",
        "Services/Leads/Service",
        on: [
          "MeshCore", "CSQLite", "DealsService", "LeadsAPI", "DealsAPI", "NotesAPI", "Installed",
        ]
      ),
      target("AccessService", "Services/Access/Service", on: ["AccessAPI", "Installed"]),
    ])
    let services = ServiceMap(
      manifest: """
        targets += service("Access", grants: true)
        targets += service("Leads", calls: ["Deals"])
        """
    )
    #expect(
      FloorRules.serviceViolations(in: graph, services: services).map(\.rule) == [
        "LeadsService may not depend on CSQLite", "LeadsService may not depend on DealsService",
        "LeadsService may not depend on NotesAPI", "LeadsService may not depend on Installed",
      ]
    )
  }

  @Test func `calls that go round are found, and reactions may go back`() {
    let manifest = """
      targets += service("Leads", calls: ["Deals"])
      targets += service(
        "Deals", calls: ["Tasks"], hears: ["Leads"])
      targets += service("Tasks", calls: [\("\"Leads\"")])
      """
    #expect(ServiceMap(manifest: manifest).cycle == "Deals -> Tasks -> Leads -> Deals")
    let straight = manifest.replacing("calls: [\"Leads\"]", with: "hears: [\"Leads\"]")
    #expect(ServiceMap(manifest: straight).cycle == nil)
  }

  private func target(_ name: String, _ path: String, on dependencies: [String] = [])
    -> PackageGraph.Target
  {
    .init(name: name, path: path, kind: "regular", dependencies: dependencies)
  }
}

@Suite struct Imports {
  @Test func `each is declared by its own target, and only tests and tools know Foundation`() throws
  {
    let graph = try PackageGraph.ofThisPackage.get()
    #expect(Repository.swift.flatMap { ImportRules.violations(in: $0, graph: graph) } == [])
  }

  @Test func `a service makes clients only of the services that it calls`() {
    let services = ServiceMap(manifest: Repository.text("Package.swift") ?? "")
    let found = Repository.swift.flatMap {
      ImportRules.undeclaredCalls(in: $0, services: services)
    }
    #expect(found == [])
  }

  @Test func `undeclared, attributed and Foundation imports are found`() {
    let graph = PackageGraph(targets: [
      .init(
        name: "MeshRPC",
        path: "Shared/MeshRPC",
        kind: "regular",
        dependencies: ["MeshCore"]
      )
    ])
    let file = SourceFile(
      path: "Shared/MeshRPC/Server.swift",
      text: """
        // import Dispatch
        package import MeshCore
        @preconcurrency import struct MeshHTTP.HTTPHeaders
        import FoundationEssentials
        let text = "import Testing"
        """
    )
    #expect(
      ImportRules.violations(in: file, graph: graph) == [
        file.violation(3, "MeshRPC imports MeshHTTP without declaring it"),
        file.violation(4, "MeshRPC imports FoundationEssentials without declaring it"),
      ]
    )
  }

  @Test func `a client of a service that is only heard is found`() {
    let services = ServiceMap(
      manifest: """
        targets += service("Leads", hears: ["Access"])
        targets += service("Access")
        """
    )
    let file = SourceFile(
      path: "Services/Leads/Service/Members.swift",
      text: "let members = AccessServiceClient(c)"
    )
    #expect(
      ImportRules.undeclaredCalls(in: file, services: services) == [
        file.violation(1, "Leads calls Access, its calls: does not")
      ]
    )
  }
}
