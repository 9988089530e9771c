import Testing

@Suite struct Services {
  @Test(arguments: Repository.folders(in: "Services"))
  func `list the RPCs, tables and changes that there are`(service: String) throws {
    let folder = "Services/\(service)"
    let readme = try #require(
      Repository.files.first { $0.path == "\(folder)/README.md" },
      "\(service) has no README"
    )
    let protos = Repository.files.filter {
      $0.isIn("Proto/leadmesh/\(service.lowercased())") && $0.path.hasSuffix(".proto")
    }
    let migrations = Repository.files.filter { $0.isIn(folder) && $0.path.hasSuffix(".sql") }
    let sources = Repository.swift.filter { $0.isIn(folder) }
    let records = DocumentRules.records(in: protos)
    let found =
      DocumentRules.violations(
        readme: readme,
        section: "RPCs",
        actual: DocumentRules.rpcs(in: protos)
      )
      + DocumentRules.violations(
        readme: readme,
        section: "Tables",
        actual: SQLRules.tables(after: migrations)
      )
      + DocumentRules.violations(
        readme: readme,
        section: "Changes out",
        actual: DocumentRules.changes(in: sources, of: records).union(
          DocumentRules.standard(DocumentRules.rpcs(in: protos), of: records).values.filter {
            !$0.isEmpty
          }
        )
      )
    #expect(found == [])
  }

  @Test(arguments: Repository.folders(in: "Services"))
  func `keep each RPC in a file of its own, unless it is a record's standard one`(service: String) {
    let protos = Repository.files.filter {
      $0.isIn("Proto/leadmesh/\(service.lowercased())") && $0.path.hasSuffix(".proto")
    }
    let rpcs = DocumentRules.rpcs(in: protos)
    #expect(!rpcs.isEmpty)
    let standard = DocumentRules.standard(rpcs, of: DocumentRules.records(in: protos))
    let missing = DocumentRules.missingHandlers(
      of: rpcs,
      standard: Set(standard.keys),
      files: Repository.swift.map(\.path).filter { $0.hasPrefix("Services/\(service)/") },
      service: service
    )
    #expect(missing == [])
    let all = DocumentRules.missingHandlers(of: rpcs, standard: [], files: [], service: service)
    #expect(all.count == rpcs.count)
  }

  @Test func `say who may do what, in a table where there is one`() throws {
    let tables = Repository.files.filter {
      $0.isIn("Services") && $0.name == "README.md" && $0.text.contains("\n## Permissions\n")
    }
    #expect(tables.contains { $0.isIn("Services/Deals") })
    for readme in tables {
      let service = try #require(readme.path.split(separator: "/").dropFirst().first)
      let protos = Repository.files.filter {
        $0.isIn("Proto/leadmesh/\(service.lowercased())") && $0.path.hasSuffix(".proto")
      }
      #expect(GrantRules.violations(readme: readme, protos: protos) == [])
    }
  }

  @Test func `a row too many, one too few and one that is wrong are found`() {
    let readme = SourceFile(
      path: "Services/Leads/README.md",
      text: """
        ## Permissions
        | kind | action | `read_only` | `rep` | `manager` | `admin` |
        | `lead` | `read` | all | all | all | all |
        | `lead` | `edit` | | own | own | all |
        | `lead` | `merge` | | | | all |
        ## Tables
        | `lead` | `burn` | | | | all |
        """
    )
    let lead = SourceFile(
      path: "lead.proto",
      text: """
        option (leadmesh.options.v1.resource) = {
          kind: KIND_LEAD,
          grants: [
            {role: "read_only", actions: ["read"]},
            {role: "rep", actions: ["create", "edit"], records: REACH_OWN},
            {
              role: "manager",
              actions: ["edit"], records: REACH_TEAM
            },
            {role: "admin", actions: ["edit"]}
          ]
        };
        """
    )
    let imports = SourceFile(
      path: "imports.proto",
      text: "option (x.grants) = {\n  object: \"import\", role: \"manager\", actions: [\"read\"]};"
    )
    #expect(
      GrantRules.violations(readme: readme, protos: [lead, imports]).map(\.rule) == [
        "not granted: lead edit: - own own all", "not granted: lead merge: - - - all",
        "not in the table: import read: - - all all",
        "not in the table: lead create: - yes yes yes",
        "not in the table: lead edit: - own team all",
      ]
    )
  }

  @Test func `a name too many, a name too few and a missing section are found`() {
    let readme = SourceFile(
      path: "Services/Leads/README.md",
      text: """
        ## RPCs
        | RPC | needs |
        | `GetLead` | `lead` read |
        * `MergeLead` is gone
        ## Tables
        """
    )
    let protos = SourceFile(
      path: "a.proto",
      text: "  rpc GetLead(A) returns (B) {}\n  rpc ListLeads(A) returns (B);"
    )
    let rpcs = DocumentRules.rpcs(in: [protos])
    #expect(
      DocumentRules.violations(readme: readme, section: "RPCs", actual: rpcs).map(\.rule) == [
        "RPCs: `MergeLead` does not exist", "RPCs: `ListLeads` is not listed",
      ]
    )
    #expect(DocumentRules.violations(readme: readme, section: "Tables", actual: []) == [])
    #expect(
      DocumentRules.violations(readme: readme, section: "Changes out", actual: []).count == 1
    )
  }

  @Test func `changes are read off the code that writes them`() {
    let file = SourceFile(
      path: "a.swift",
      text: "transaction.record(\n  Change(\n    action: \"create\", object: \"lead\", id: id))"
    )
    #expect(DocumentRules.changes(in: [file]) == ["lead.create"])
    let verbs = SourceFile(
      path: "b.swift",
      text: "others.update(x)\nleads.change(\n  id, action: \"convert\", call) {}\nleads.update(x)"
    )
    let found = DocumentRules.changes(in: [verbs], of: [("Lead", "lead")])
    #expect(found == ["lead.convert", "lead.update"])
    let updates = SourceFile(
      path: "c.swift",
      text: "t.update(lead, to: f(x: 1), action: \"merge\", by: r)\n"
        + "t.update(other, to: x, action: \"a\")\n"
        + "t.save(new, before: lead, action: \"split\", by: r)"
    )
    let written = DocumentRules.changes(in: [updates], of: [("Lead", "lead")])
    #expect(written == ["lead.merge", "lead.split"])
  }
}

@Suite struct `Owners and links` {
  @Test func `each service has an owner, and each owned path exists`() throws {
    let file = try #require(Repository.files.first { $0.path == "CODEOWNERS" })
    let found = DocumentRules.ownerViolations(
      codeowners: file,
      services: Repository.folders(in: "Services"),
      exists: Repository.exists
    )
    #expect(found == [])
  }

  @Test func `links lead somewhere`() {
    let pages = Repository.files.filter { $0.path.hasSuffix(".md") }
    #expect(!pages.isEmpty)
    #expect(pages.flatMap { DocumentRules.deadLinks(in: $0, exists: Repository.exists) } == [])
  }

  @Test func `paths in code are those of files`() {
    let files = Repository.files.map(\.path)
    let pages = Repository.files.filter { $0.path.hasSuffix(".md") }
    #expect(pages.flatMap { DocumentRules.missingPaths(in: $0, files: files) } == [])
    let page = SourceFile(
      path: "Services/Leads/README.md",
      text: "`Leads/Lead.swift`\n`./Leads/Old.swift`, `Lead.swift` and `leads/{id}`"
    )
    let found = DocumentRules.missingPaths(in: page, files: ["Services/Leads/Leads/Lead.swift"])
    #expect(found == [page.violation(2, "Leads/Old.swift does not exist")])
  }

  @Test func `a new kind gets the number after the last one`() throws {
    let kinds = try #require(Repository.text("Proto/leadmesh/type/v1/kinds.proto"))
    let guide = try #require(Repository.text("CONTRIBUTING.md"))
    // Those of tests begin with 1000.
    let last = kinds.matches(of: #/(?m)^ +KIND_\w+ = (\d+)/#).compactMap { Int($0.1) }
      .filter { $0 < 1000 }.max()
    let given = guide.firstMatch(of: #/KIND_NOTE = (\d+)/#).flatMap { Int($0.1) }
    let next = try #require(last) + 1
    #expect(given == next)
  }

  @Test func `each decision has a number of its own`() {
    let pages = Repository.files.filter { $0.isIn("docs/decisions") }
    let numbers = pages.map { $0.name.prefix(4) }
    #expect(numbers.sorted() == Set(numbers).sorted())
    for page in pages {
      #expect(page.lines[0].hasPrefix("# \(Int(page.name.prefix(4)) ?? 0). "), "\(page.path)")
    }
  }

  @Test func `an unowned service, a stale path and a path without owner are found`() {
    let file = SourceFile(path: "CODEOWNERS", text: "# who\n* @all\n/Old/ @a\n/Services/Leads/")
    let found = DocumentRules.ownerViolations(
      codeowners: file,
      services: ["Leads", "Deals"],
      exists: { $0 == "Services/Leads/" }
    )
    #expect(
      found.map(\.rule) == [
        "/Old/ does not exist", "/Services/Leads/ has no owner", "Services/Deals has no line",
      ]
    )
  }

  @Test func `a dead link is found`() {
    let file = SourceFile(
      path: "docs/a.md",
      text: "[a](../README.md#top) [b](b.md) [c](https://example.org/c)"
    )
    let found = DocumentRules.deadLinks(in: file, exists: { $0 == "README.md" })
    #expect(found == [file.violation(1, "the link to b.md leads nowhere")])
  }
}
