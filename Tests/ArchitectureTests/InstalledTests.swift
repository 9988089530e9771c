import Testing

/// The services that Package.swift declares are those that are installed.
enum InstalledRules {
  /// Differences between the `service(...)` lines and the list that gateway, `leadmesh up` and the
  /// tests of the whole mesh read.
  static func violations(in installed: SourceFile, services: ServiceMap) -> [Violation] {
    let listed = installed.text
      .matches(of: #/InstalledService\("(\w+)", (\w+)Descriptors\.base64, \2Objects\.grants\)/#)
      .map { (name: String($0.1), api: String($0.2)) }
    var found: [Violation] = []
    if listed.map(\.api) != services.names {
      let names = services.names.joined(separator: ", ")
      found.append(installed.violation(1, "does not list the services of Package.swift: \(names)"))
    }
    for (name, api) in listed where name != api.lowercased() {
      found.append(installed.violation(1, "\(name) is not the name of \(api)"))
    }
    return found
      + services.names.enumerated().flatMap { index, name in
        (services.services[name]?.calls ?? []).filter { !services.names[..<index].contains($0) }
          .map { Violation(path: "Package.swift", line: 1, rule: "\(name) starts before \($0)") }
      }
  }
}

@Suite struct `What is installed` {
  private let services = ServiceMap(manifest: Repository.text("Package.swift") ?? "")

  @Test func `is what Package.swift declares, in the order in which it starts`() throws {
    let file = try #require(
      Repository.files.first { $0.path == "Deploy/Installed/Installed.swift" }
    )
    #expect(InstalledRules.violations(in: file, services: services) == [])
  }

  @Test func `is what lies in Services and has owners`() throws {
    let owners = try #require(Repository.text("CODEOWNERS"))
    let owned = owners.matches(of: #/(?m)^/Services/(\w+)//#).map { String($0.1) }
    #expect(services.names.sorted() == Repository.folders(in: "Services"))
    #expect(services.names.sorted() == owned.sorted())
  }

  @Test func `is found to lack a service, to misname one or to start one too early`() {
    let file = SourceFile(
      path: "Deploy/Installed/Installed.swift",
      text: """
        InstalledService("access", AccessDescriptors.base64, AccessObjects.grants),
        InstalledService("lead", LeadsDescriptors.base64, LeadsObjects.grants),
        InstalledService("deals", DealsDescriptors.base64, LeadsObjects.grants),
        """
    )
    func rules(_ manifest: String) -> [String] {
      InstalledRules.violations(in: file, services: ServiceMap(manifest: manifest)).map(\.rule)
    }
    let access = "targets += service(\"Access\", calls: [\"Leads\"])\n"
    let leads = "targets += service(\"Leads\")\n"
    #expect(
      rules(access + leads) == ["lead is not the name of Leads", "Access starts before Leads"]
    )
    #expect(
      rules(access) == [
        "does not list the services of Package.swift: Access", "lead is not the name of Leads",
        "Access starts before Leads",
      ]
    )
  }
}
