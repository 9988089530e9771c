import MeshBackup
import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A restored store` {
  private let fixture: BackupFixture

  init() throws { fixture = try BackupFixture() }

  /// Of each type: nothing, the least, the greatest, and what is easily spoilt.
  private static let samples: [[SQLValue]] = [
    [.null, .null, .null, .null, .null],
    [.integer(.min), .real(-.greatestFiniteMagnitude), .text(""), .blob([]), .boolean(false)],
    [
      .integer(.max), .real(.leastNonzeroMagnitude), .text("'\"\\%_\n\t?$1"), .blob([0]),
      .boolean(true),
    ],
    [
      .integer(0), .real(0.1), .text("Zoë 東京 \u{1F469}\u{200D}\u{1F680} e\u{301}"),
      .blob(Array(0...255)), .null,
    ],
    [
      .integer(-1), .real(1e300), .text(String(repeating: "ж", count: 1_000_000)), .null,
      .boolean(true),
    ],
    [
      .integer(1), .real(.infinity), .text(" "), .blob([UInt8](repeating: 7, count: 3_000_000)),
      .null,
    ],
    [
      .integer(2), .real(3), .text("\u{10FFFF}\u{1}\u{7F}"), .blob(Array("text".utf8)),
      .boolean(false),
    ],
  ]

  /// What the store gives of samples, in the order of their numbers; whole numbers for truth values.
  private func samples(_ store: Store, _ tenant: TenantID) async throws -> [[SQLValue]] {
    try await store.read(tenant) { transaction in
      try transaction.rows(
        """
        SELECT number, ratio, word, content, truth, remark FROM samples
        ORDER BY number IS NOT NULL, number
        """
      ) { row in
        var values: [SQLValue] = []
        for _ in 0..<6 { values.append(try row.next()) }
        return values
      }
    }
  }

  private func fill(_ store: Store, _ tenant: TenantID) async throws {
    try await store.write(tenant, as: .test) { transaction in
      for (index, values) in Self.samples.enumerated() {
        let id = transaction.ids.next(SampleKind.self)
        try transaction.execute(
          """
          INSERT INTO samples (id, number, ratio, word, content, truth, remark)
          VALUES (\(id), \(values[0]), \(values[1]), \(values[2]), \(values[3]), \(values[4]), \(tenant.description))
          """
        )
        try transaction.execute(
          "INSERT INTO parts (sample_id, name) VALUES (\(id), \("part \(index)"))"
        )
      }
    }
  }

  @Test(arguments: Journey.all)
  func `has every value of every tenant`(journey: Journey) async throws {
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place)
    try await fill(store, acme)
    try await fill(store, globex)
    try await store.systemWrite(as: .test) { transaction in
      try transaction.execute("INSERT INTO names (name, owner) VALUES ('é', \(acme))")
    }
    let summary = try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    for tenant in [acme, globex] {
      let found = try await samples(restored, tenant)
      #expect(found.count == 7)
      #expect(try await samples(store, tenant) == found)
      #expect(found[1][0] == .integer(.min) && found[6][0] == .integer(.max))
      #expect(found.allSatisfy { $0[5] == .text(tenant.description) })
      let parts = try await restored.read(tenant) { transaction in
        try transaction.rows("SELECT name FROM parts ORDER BY name") { try $0.next(String.self) }
      }
      #expect(parts == (0..<7).map { "part \($0)" })
    }
    let names = try await restored.systemRead { transaction in
      try transaction.rows("SELECT name, owner FROM names") { row in
        "\(try row.next(String.self)) \(try row.next(TenantID.self))"
      }
    }
    #expect(names == ["é \(acme)"])
    #expect(summary.services == ["samples"])
    // Twice 7 samples and parts, a name, and the key of page tokens.
    #expect(summary.rows == 30)
  }

  @Test(arguments: Journey.all)
  func `has none of what its service leaves out of backups`(journey: Journey) async throws {
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place)
    let id = try await store.write(acme, as: .test) { transaction in
      let id = transaction.ids.next(SampleKind.self)
      try transaction.execute("INSERT INTO tickets (id) VALUES (\(id))")
      try transaction.execute("INSERT INTO blanks (id) VALUES (\(id))")
      return id
    }
    try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    let (tickets, blanks) = try await restored.read(acme) { transaction in
      (
        try transaction.rows("SELECT id FROM tickets") { try $0.next(SampleID.self) },
        try transaction.rows("SELECT id FROM blanks") { try $0.next(SampleID.self) }
      )
    }
    #expect(tickets == [])
    #expect(blanks == [id])
  }

  @Test(arguments: Journey.all)
  func `goes on with its change log behind what it had, in a new epoch`(journey: Journey)
    async throws
  {
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place)
    func record(_ id: String, in store: Store) async throws {
      try await store.write(acme, as: .test) { transaction in
        try transaction.record(Change(action: "create", object: "sample", id: id, after: [1, 2]))
      }
    }
    try await record("first", in: store)
    // A log of a server that has counted on much further than the next one has.
    try await store.systemWrite(as: .test) { transaction in
      _ = try transaction.session.runOwn(
        """
        INSERT INTO main.mesh_changes (
          sequence, tenant_id, actor, action, object, object_id, request_id, address, agent, time
        ) VALUES (\(Int64(1) << 60), \(acme), 'a', 'update', 'sample', 'second', '', '', '', 5)
        """
      )
    }
    let cursor = store.cursor(after: 1)
    try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    await #expect(throws: MeshError.self) { try await restored.position(of: cursor) }
    try await record("third", in: restored)
    try await record("fourth", in: restored)
    let last = try await restored.systemRead { transaction in
      try transaction.session.firstOwn("SELECT max(sequence) FROM main.mesh_changes") { row in
        try row.next(Int64.self)
      } ?? 0
    }
    await restored.core.news.arrival(after: last - 1, within: .seconds(60))
    let entries = try await restored.changes(after: 0, max: 10).entries
    #expect(entries.map(\.id) == ["first", "second", "third", "fourth"])
    #expect(entries.map(\.sequence) == entries.map(\.sequence).sorted())
    #expect(entries[0].after == [1, 2] && entries[1].sequence == 1 << 60)
    let history = try await restored.read(acme) { transaction in
      try transaction.history("sample", "second", PageRequest(size: 10, token: ""), upTo: 1_000)
    }
    #expect(history.elements.map(\.action) == ["update"])
  }

  @Test(arguments: Journey.all)
  func `finds words as before, and numbers documents on`(journey: Journey) async throws {
    let index = SearchIndex(object: "sample")
    @Sendable func put(_ text: String, _ transaction: WriteTransaction) throws {
      let id = transaction.ids.next(SampleKind.self)
      try transaction.execute("INSERT INTO samples (id, word) VALUES (\(id), \(text))")
      var words = SearchText()
      words.add(text)
      try index.put(id.words, words, in: transaction)
    }
    func found(_ text: String, _ store: Store) async throws -> Int {
      try await store.read(acme) { transaction in
        guard let matches = try index.matches(text, in: transaction) else { return -1 }
        #expect(!matches.indexed.isEmpty, "it asks the index")
        return try transaction.rows(
          "SELECT id FROM samples WHERE \(matches.contains("samples.id"))"
        ) {
          try $0.next(SampleID.self)
        }.count
      }
    }
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place)
    try await store.write(acme, as: .test) { transaction in
      for name in ["Anna Schmidt", "Boris Schmid", "Çelik"] { try put(name, transaction) }
      try put("", transaction)
      for number in 0..<600 { try put("filler \(number)", transaction) }
    }
    try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    try await restored.write(acme, as: .test) { try put("Clara Schmidt", $0) }
    #expect(try await found("schmid", store) == 2)
    #expect(try await found("schmid", restored) == 3)
    #expect(try await found("celik", restored) == 1)
    #expect(try await found("boris schmid", restored) == 1)
  }

  @Test(.enabled(if: !TestDatabase.isSQLite))
  func `is planned by what it holds from the first request on`() async throws {
    let place = try fixture.place(.sqlite)
    try await fill(try fixture.open(place), acme)
    try fixture.backUp([place])
    guard case .server(let server) = try fixture.restore(.postgres)[0].database else {
      Issue.record("it is not on a server")
      return
    }
    let owner = try PostgresConnection(server, as: server.owner, .owner, service: "test")
    let counts = try owner.rows(
      "SELECT CAST(reltuples AS int8) FROM pg_class WHERE oid = to_regclass('samples')"
    ) {
      (row) throws(StoreError) in try row.next(Int.self)
    }
    #expect(counts == [Self.samples.count])
  }

  @Test(arguments: Journey.all)
  func `goes on with the commands that were under way`(journey: Journey) async throws {
    func begin(_ step: String, in store: Store) async throws -> StoredCommand {
      try await store.write(acme, as: .test) { transaction in
        let id = transaction.ids.next(SampleKind.self)
        return try transaction.add(
          StoredCommand(
            StoredCommand.Name(tenant: acme, id: id.words),
            kind: "sample.make",
            subject: "\(id)",
            author: transaction.author,
            step: step,
            state: [0, 255],
            createTime: transaction.now
          )
        )
      }
    }
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place)
    let command = try await begin("first", in: store)
    try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    #expect(try await restored.commands(after: 0, limit: 10) == [command])
    try await restored.write(acme, as: .test) { transaction in
      var command = command
      command.advance(to: "second", [1], at: transaction.now)
      try transaction.save(&command)
    }
    let next = try await begin("first", in: restored)
    #expect(next.number > command.number)
    let steps = try await restored.commands(after: 0, limit: 10).map(\.step)
    #expect(steps == ["second", "first"])
  }

  @Test(arguments: Journey.all)
  func `of an earlier version is brought up to date when it is opened`(journey: Journey)
    async throws
  {
    let place = try fixture.place(journey.from)
    let store = try fixture.open(place, migrations: 1)
    try await store.write(acme, as: .test) { transaction in
      try transaction.execute(
        "INSERT INTO samples (id, number) VALUES (\(transaction.ids.next(SampleKind.self)), 5)"
      )
    }
    try fixture.backUp([place])
    let restored = try fixture.open(try fixture.restore(journey.to)[0])
    #expect(restored.schema == SchemaVersion(applied: 2, known: 2))
    #expect(try await samples(restored, acme).map { $0[5] } == [.text("none")])
  }

  @Test func `keeps its services' places in each other's logs`() async throws {
    let engine: Journey.Engine = TestDatabase.isSQLite ? .sqlite : .postgres
    let places = [try fixture.place(engine, "samples"), try fixture.place(engine, "errands")]
    let stores = try places.map { try fixture.open($0) }
    let place = stores[0].cursor(after: 0)
    _ = try await stores[1].advance("samples.all", from: nil, to: place, as: .test)
    _ = try await stores[1].advance("elsewhere", from: nil, to: "not a cursor", as: .test)
    try fixture.backUp(places)
    let restored = try fixture.restore(engine, ["samples", "errands"]).map { try fixture.open($0) }
    let moved = try #require(try await restored[1].cursor(of: "samples.all"))
    #expect(moved != place)
    #expect(try await restored[0].position(of: moved) == 0)
    #expect(try await restored[1].cursor(of: "elsewhere") == "not a cursor")
  }
}
