import Testing

@Suite struct Sizes {
  @Test func `of files and functions stay within bounds, or give a reason`() {
    let exceptions = Exceptions(Repository.text(Exceptions.path) ?? "")
    #expect(exceptions.malformed == [])
    #expect(Repository.files.flatMap { SizeRules.violations(in: $0, exceptions: exceptions) } == [])
  }

  @Test func `an exception that excuses nothing is found`() {
    let exceptions = Exceptions(Repository.text(Exceptions.path) ?? "")
    let found = Repository.files.flatMap {
      SizeRules.violations(in: $0, exceptions: Exceptions(""))
    }
    let tables = Repository.files.filter { $0.path.hasSuffix(".sql") }.flatMap(SQLRules.tables)
    let unsafe = Repository.swift.flatMap {
      CodeRules.unsafeViolations(in: $0, exceptions: Exceptions(""))
    }
    let system = Repository.swift.flatMap {
      SQLRules.systemTransactions(in: $0, exceptions: Exceptions(""))
    }
    let stale = exceptions.stale { entry in
      switch entry.rule {
      case "system-transaction": system.contains { $0.path == entry.subject }
      case "tenantless-table": tables.contains { $0.name == entry.subject }
      case "unsafe": unsafe.contains { $0.path == entry.subject }
      case "long-file": found.contains { $0.path == entry.subject }
      default:
        found.contains { violation in
          entry.subject.hasPrefix(violation.path + ":")
            && violation.rule.hasPrefix(entry.subject.dropFirst(violation.path.count + 1) + " has")
        }
      }
    }
    #expect(stale == [])
  }

  @Test func `a long file and a long function are found`() {
    let body = String(repeating: "    work()\n", count: 60)
    let file = SourceFile(
      path: "Shared/A/A.swift",
      text: "struct A {\n  func short() { work() }\n  func long() {\n\(body)  }\n}\n"
        + String(repeating: "\n", count: 400)
    )
    let none = Exceptions("")
    #expect(
      SizeRules.violations(in: file, exceptions: none) == [
        file.violation(401, "465 lines; 400 at most"),
        file.violation(3, "long has 62 lines; 59 at most"),
      ]
    )
    let excused = Exceptions("long-function | Shared/A/A.swift:long | a reason\n")
    #expect(SizeRules.violations(in: file, exceptions: excused).map(\.line) == [401])
  }

  @Test func `of a service stay within its bound`() {
    #expect(SizeRules.serviceViolations(in: Repository.files) == [])
    let files = ["Deals/Deal.swift", "Pipelines/Stage.swift"].map {
      SourceFile(path: "Services/Deals/Service/\($0)", text: String(repeating: "\n", count: 806))
    }
    #expect(
      SizeRules.serviceViolations(in: files).map(\.rule) == ["1612 lines of Swift; 1610 at most"]
    )
    #expect(SizeRules.serviceViolations(in: [files[0]]) == [])
  }

  @Test func `functions are measured past nested ones and requirements`() {
    let file = SourceFile(
      path: "a.swift",
      text: """
        protocol P {
          func required(_ x: Int)
          func demanded()
          var both: Int { get }
        }
        struct S {
          func outer(
            a: Int
          ) {
            func inner() {
              let s = "}"
            }
          }
          init?(b: Int) {
          }
        }
        """
    )
    #expect(
      SizeRules.functions(in: file) == [
        .init(name: "inner", line: 10, lineCount: 3), .init(name: "outer", line: 7, lineCount: 7),
        .init(name: "init", line: 14, lineCount: 2),
      ]
    )
  }

  @Test func `an exception without a reason or of an unknown rule is malformed`() {
    let exceptions = Exceptions("# note\nlong-file | a.swift |\nugly | a.swift | it is\n")
    #expect(exceptions.malformed.map(\.line) == [2, 3])
    #expect(exceptions.entries == [])
  }
}

@Suite struct Tables {
  private let migrations = Repository.files.filter { $0.path.hasSuffix(".sql") }
  private let exceptions = Exceptions(Repository.text(Exceptions.path) ?? "")

  @Test func `begin every key with the tenant`() {
    #expect(migrations.count >= Repository.folders(in: "Services").count)
    let found = migrations.flatMap {
      SQLRules.tenancyViolations(in: $0, exceptions: exceptions)
    }
    #expect(found == [])
  }

  @Test func `are named by the SQL of their own service only`() {
    // Tables of MeshImport and MeshRecords are in the database of each service that has imports, or people to contact.
    let sharedTables: Set = [
      "imports", "import_columns", "import_chunks", "import_remarks", "import_faults",
      "imported_rows", "import_values", "import_links", "import_converted", "import_row_remarks",
      "import_rows_kept", "import_effects", "contact_wishes",
    ]
    var owners: [String: Set<String>] = ["Shared": sharedTables, "Gateway": []]
    for file in migrations where file.isIn("Services") {
      let service = String(file.path.split(separator: "/")[1])
      owners[service, default: []].formUnion(SQLRules.tables(in: file).map(\.name))
    }
    let found = (migrations + Repository.swift).flatMap {
      SQLRules.foreignTables(in: $0, owners: owners)
    }
    #expect(found == [])
    #expect(
      Repository.swift.filter { !$0.isIn("Tests") }.flatMap(SQLRules.quotedInterpolations) == []
    )
  }

  @Test func `of imports have the same indexes in each service that has them`() {
    var found: [String: [String: Set<String>]] = [:]
    for service in Repository.folders(in: "Services") {
      let own = migrations.filter { $0.isIn("Services/\(service)") }
      let tables = SQLRules.tables(after: own).filter { $0.hasPrefix("import") }
      let indexes = SQLRules.indexes(after: own)
      for table in tables {
        found[table, default: [:]][service] = indexes.filter { $0.hasPrefix("\(table) ") }
      }
    }
    #expect(found["import_links"].map { Set($0.keys) } == ["Deals", "Tasks"])
    for (table, indexes) in found {
      #expect(Set(indexes.values).count == 1, "\(table): \(indexes)")
    }
  }

  @Test func `an index is as it was made last`() {
    let files = [
      "CREATE INDEX a ON t (tenant_id, x);\nCREATE INDEX b ON t (tenant_id,\n  y) WHERE y <> '';",
      "DROP INDEX a;\nCREATE UNIQUE INDEX c ON t (tenant_id, z);",
    ].enumerated().map { SourceFile(path: "m\($0.offset).sql", text: $0.element) }
    let indexes: Set = ["t (tenant_id, y) where y <> ''", "t (tenant_id, z)"]
    #expect(SQLRules.indexes(after: files) == indexes)
  }

  @Test func `a key, column or index without the tenant is found`() {
    let file = SourceFile(
      path: "Services/Leads/Service/Migrations/m0001_a.sql",
      text: """
        -- PRIMARY KEY (id) in a comment is none
        CREATE TABLE leads (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          id BYTEA NOT NULL, email TEXT UNIQUE,
          PRIMARY KEY (id), FOREIGN KEY (tenant_id, owner_id) REFERENCES members (tenant_id, id)
        );
        CREATE UNIQUE INDEX leads_by_email ON leads (lower(email), tenant_id);
        CREATE TABLE rules (tenant_id BYTEA, id BYTEA);
        CREATE INDEX leads_by_owner ON leads (tenant_id, owner_id);
        """
    )
    #expect(
      SQLRules.tenancyViolations(in: file, exceptions: Exceptions("")).map(\.rule) == [
        "leads: column email is a key without tenant_id",
        "leads: primary key starts with id, not with tenant_id", "rules: no primary key",
        "index leads_by_email of leads starts with lower",
      ]
    )
    let excused = Exceptions(
      "tenantless-table | leads | a reason\ntenantless-table | rules | a reason"
    )
    #expect(SQLRules.tenancyViolations(in: file, exceptions: excused) == [])
  }

  @Test func `another service's table is found in Swift and in a migration`() {
    let owners: [String: Set<String>] = ["Leads": ["leads"], "Access": ["members"]]
    let swift = SourceFile(
      path: "Services/Leads/Service/LeadStore.swift",
      text: #"""
        let own: SQL = "SELECT id FROM leads"
        let theirs: SQL = "SELECT 1 FROM leads JOIN members ON true"
        let words = "members of a team"
        """#
    )
    #expect(
      SQLRules.foreignTables(in: swift, owners: owners) == [
        swift.violation(2, "Leads's SQL names members, a table of Access")
      ]
    )
    let sql = SourceFile(
      path: "Services/Leads/Service/Migrations/m.sql",
      text: "INSERT INTO members VALUES (1)"
    )
    #expect(SQLRules.foreignTables(in: sql, owners: owners).count == 1)
  }

  @Test func `a quoted interpolation is found`() {
    let file = SourceFile(
      path: "Services/Leads/Service/LeadStore.swift",
      text: #"let a: SQL = "SELECT 1 WHERE name = '\(name)'"; let b = "it's '\(x)'""#
    )
    #expect(SQLRules.quotedInterpolations(in: file).count == 1)
  }

  @Test func `of records are written by MeshRecords alone, and read by stores`() {
    let protos = Repository.files.filter { $0.isIn("Proto/leadmesh") }
    let pattern = #/\btable: "(\w+)"/#.ofCode
    let tables = Set(protos.flatMap { $0.text.matches(of: pattern).map { String($0.1) } })
    #expect(tables.contains("leads"))
    let sources = Repository.swift.filter { !$0.isIn("Tests") }
    #expect(sources.flatMap(SQLRules.recordWrites) == [])
    #expect(sources.flatMap { SQLRules.recordTables(in: $0, tables: tables) } == [])
  }

  @Test func `a record's table that is written or read past the envelope is found`() {
    let file = SourceFile(
      path: "Services/Leads/Service/Leads/LeadStore.swift",
      text: #"""
        try execute("UPDATE leads SET score = 1 WHERE TRUE")
        try rows("SELECT id FROM leads") { $0 }
        try transaction.insertRecord(columns, into: "leads")
        """#
    )
    #expect(SQLRules.recordTables(in: file, tables: ["leads"]).map(\.line) == [1])
    #expect(SQLRules.recordWrites(in: file).map(\.line) == [3])
    let handler = SourceFile(path: "Services/Leads/Service/A.swift", text: file.text)
    #expect(SQLRules.recordTables(in: handler, tables: ["leads"]).map(\.line) == [1, 2])
  }
}

@Suite struct `Transactions of the system` {
  @Test func `are made by files that say why alone`() {
    let exceptions = Exceptions(Repository.text(Exceptions.path) ?? "")
    let found = Repository.swift.flatMap {
      SQLRules.systemTransactions(in: $0, exceptions: exceptions)
    }
    #expect(found == [])
  }

  @Test(arguments: [
    "let all = try await store.systemRead { try $0.tenants() }",
    "try await store.systemWrite(as: author) { try $0.forget() }", "let read = store.systemRead",
    "let transaction = SystemReadTransaction(session)",
    "BodyRequest(scope: .system, priority: .people)", "try engine.connect(.system, .writing)",
    "let login = server.system", "    .system,",
  ])
  func `are found in any other file, with what to do`(code: String) {
    let file = SourceFile(path: "Services/Leads/Service/Leads/ListLeads.swift", text: code)
    let found = SQLRules.systemTransactions(in: file, exceptions: Exceptions(""))
    #expect(found.map(\.line) == [1])
    let line = "system-transaction | \(file.path) | reason"
    #expect(found.first?.rule.contains(line) == true)
    let listed = Exceptions(line)
    #expect(listed.malformed == [])
    #expect(SQLRules.systemTransactions(in: file, exceptions: listed) == [])
  }

  @Test(arguments: [
    "try await store.read(tenant) { try $0.leads() }", "// systemRead", "let name = \"systemRead\"",
    "let budget = configuration.systemReadBudget", "clock: Clock = .system,",
    "extension SystemReadTransaction {",
  ])
  func `are not what only looks like them`(code: String) {
    let file = SourceFile(path: "Services/Leads/Service/Leads/ListLeads.swift", text: code)
    #expect(SQLRules.systemTransactions(in: file, exceptions: Exceptions("")) == [])
  }
}
