import Glibc
import MeshCore
import MeshTestScale
import MeshTesting
import Testing

@testable import MeshBackup
@testable import MeshStore

@Suite struct `A backup` {
  private let fixture: BackupFixture
  private static let engine: Journey.Engine = TestDatabase.isSQLite ? .sqlite : .postgres

  init() throws { fixture = try BackupFixture() }

  /// A file of more than two chunks.
  private func makeFile() async throws -> StoreConfiguration {
    let place = try fixture.place(Self.engine)
    let store = try fixture.open(place)
    var random = SeededRandom()
    let noise = (0..<150_000).map { _ in UInt8.random(in: 0...255, using: &random) }
    try await store.write(acme, as: .test) { transaction in
      try transaction.execute(
        """
        INSERT INTO samples (id, content) VALUES (\(transaction.ids.next(SampleKind.self)), \(noise))
        """
      )
    }
    try fixture.backUp([place])
    return place
  }

  private func check(key: [UInt8] = BackupFixture.key) throws(BackupError) {
    _ = try Restore(fixture.file, key: key).check(BackupProgress())
  }

  @Test func `is refused with a byte altered anywhere`() async throws {
    _ = try await makeFile()
    let whole = try fixture.bytes()
    try check()
    var random = SeededRandom()
    let places =
      Array(0..<60) + [whole.count - 1, whole.count - 17]
      + (0..<TestScale.count(60, long: 2_000)).map { _ in
        Int.random(in: 60..<whole.count, using: &random)
      }
    for place in places {
      var altered = whole
      altered[place] ^= UInt8.random(in: 1...255, using: &random)
      try fixture.write(altered)
      #expect(throws: BackupError.self, "byte \(place)") { try check() }
    }
  }

  @Test func `is refused when it was cut off or goes on`() async throws {
    _ = try await makeFile()
    let whole = try fixture.bytes()
    var random = SeededRandom()
    let lengths =
      Array(0..<70) + [whole.count - 1, 17 + 32 + 65_552, 17 + 32 + 2 * 65_552]
      + (0..<TestScale.count(40, long: 1_000)).map { _ in
        Int.random(in: 70..<whole.count, using: &random)
      }
    for length in lengths {
      try fixture.write(Array(whole.prefix(length)))
      #expect(throws: BackupError.self, "\(length) bytes") { try check() }
    }
    try fixture.write(whole + [0])
    #expect(throws: BackupError.self) { try check() }
  }

  @Test func `is refused with another key`() async throws {
    _ = try await makeFile()
    #expect(
      throws: BackupError.unreadable(
        "the key is not the one that it was made with, or its beginning was altered"
      )
    ) { try check(key: [UInt8](repeating: 9, count: 32)) }
  }

  @Test func `leaves a store that has rows as it is`() async throws {
    let place = try await makeFile()
    let restore = Restore(fixture.file, key: BackupFixture.key)
    #expect(throws: BackupError.self) { try restore.fill([place], BackupProgress()) }
    let count = try await fixture.open(place).read(acme) { transaction in
      try transaction.value("SELECT count(*) FROM samples", as: Int.self)
    }
    #expect(count == 1)
  }

  @Test func `leaves a store empty when it does not fit or ends in the middle`() async throws {
    _ = try await makeFile()
    let restore = Restore(fixture.file, key: BackupFixture.key)
    let (manifest, _) = try restore.check(BackupProgress())
    let other = try fixture.place(Self.engine)
    let first = SchemaEnd(
      StoredSchema(
        storeVersion: manifest.services[0].schema.storeVersion,
        steps: Array(manifest.services[0].schema.steps.prefix(1))
      )
    )
    try Store.makeSchema(first, other, BackupFixture.migrations, at: Timestamp(microseconds: 0))
    #expect(throws: BackupError.self) { try restore.fill([other], BackupProgress()) }

    let place = try fixture.place(Self.engine)
    try Store.makeSchema(
      SchemaEnd(manifest.services[0].schema),
      place,
      BackupFixture.migrations,
      at: Timestamp(microseconds: 0)
    )
    let progress = BackupProgress()
    progress.stop(because: "enough")
    #expect(throws: BackupError.stopped("enough")) { try restore.fill([place], progress) }
    let whole = try fixture.bytes()
    try fixture.write(Array(whole.dropLast(1)))
    #expect(throws: BackupError.self) { try restore.fill([place], BackupProgress()) }
    let count = try await fixture.open(place).read(acme) { transaction in
      try transaction.value("SELECT count(*) FROM samples", as: Int.self)
    }
    #expect(count == 0)
    try fixture.write(whole)
  }

  @Test(.enabled(if: TestDatabase.isPostgreSQL))
  func `is restored into a schema that an unfinished restore has left, and into no other`()
    async throws
  {
    let place = try fixture.place(.postgres)
    try EmptySchema.clear(place)
    let end = try #require(SchemaEnd("1.1"))
    for _ in 0..<2 {
      try Store.makeSchema(end, place, BackupFixture.migrations, at: Timestamp(microseconds: 0))
      try EmptySchema.clear(place)
    }
    let store = try fixture.open(place)
    try await store.write(acme, as: .test) { transaction in
      try transaction.execute(
        "INSERT INTO tickets (id) VALUES (\(transaction.ids.next(SampleKind.self)))"
      )
    }
    #expect {
      try EmptySchema.clear(place)
    } throws: { error in
      "\(error)".contains("it is not empty: tickets has rows")
    }
    let tickets = try await store.read(acme) { transaction in
      try transaction.value("SELECT count(*) FROM tickets", as: Int.self)
    }
    #expect(tickets == 1)
  }

  /// Writes a file of one row of samples, whatever the tables of a store say to it.
  private func writeFile(
    _ schema: StoredSchema,
    row: [UInt8],
    end: BackupEnd = BackupEnd(tables: 1, rows: 1)
  ) throws {
    var writer = BackupWriter(
      try OutputFile(fixture.file),
      key: BackupFixture.key,
      BackupProgress()
    )
    let service = BackupManifest.Service(name: "samples", schema: schema, epoch: 5)
    let manifest = BackupManifest(time: Timestamp(microseconds: 0), services: [service])
    try writer.add(.manifest, manifest.json)
    let columns = ["tenant_id", "id", "number"]
    let head = TableHead(service: "samples", table: "samples", columns: columns)
    try writer.add(.table, head.json)
    try writer.add(.row, row)
    var digest = TableDigest()
    digest.add(row)
    try writer.add(.tableEnd, digest.end().json)
    try writer.add(.end, end.json)
    try writer.finish()
  }

  @Test(arguments: [BackupEnd(tables: 2, rows: 1), BackupEnd(tables: 1, rows: 2)])
  func `is refused when it has other tables or rows than its end says`(end: BackupEnd) throws {
    let schema = StoredSchema(storeVersion: 1, steps: [])
    try writeFile(schema, row: [1])
    try check()
    try writeFile(schema, row: [1], end: end)
    #expect(throws: BackupError.unreadable("tables are missing")) { try check() }
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `is not kept when what is read back is not what was written`() async throws {
    let place = try fixture.place(.sqlite)
    let schema = try {
      _ = try fixture.open(place)
      return try StoreSnapshot.take([place])[0].schema
    }()
    let id = [UInt8]([4, 0, 0, 0, 16]) + acme.bytes
    // Into a column of whole numbers SQLite takes 2.0 as 2.
    try writeFile(schema, row: id + id + [2] + [0x40] + [UInt8](repeating: 0, count: 7))
    let restore = Restore(fixture.file, key: BackupFixture.key)
    #expect(throws: BackupError.different("the table samples of samples")) {
      try restore.fill([place], BackupProgress())
    }
    try writeFile(schema, row: id + id + [1] + [UInt8](repeating: 0, count: 7) + [2])
    try restore.fill([place], BackupProgress())
    let numbers = try await fixture.open(place).read(acme) { transaction in
      try transaction.rows("SELECT number FROM samples") { try $0.next(Int.self) }
    }
    #expect(numbers == [2])
    try writeFile(schema, row: id + id + [1] + [UInt8](repeating: 0, count: 7))
    #expect(throws: BackupError.self) { try restore.fill([place], BackupProgress()) }
  }

  @Test func `of a newer release is refused by name`() throws {
    let schema = StoredSchema(
      storeVersion: 1,
      steps: [StoredSchema.Step](repeating: .init(name: "m", checksum: []), count: 3)
    )
    let place = try fixture.place(Self.engine)
    #expect {
      try Store.makeSchema(
        SchemaEnd(schema),
        place,
        BackupFixture.migrations,
        at: Timestamp(microseconds: 0)
      )
    } throws: { error in
      "\(error)".contains("newer release")
    }
  }

  @Test func `does not take the place of a file, and leaves none when it fails`() async throws {
    let place = try await makeFile()
    #expect(
      throws: BackupError.file(path: fixture.file, reason: "it exists already")
    ) {
      try Backup.make(
        of: [place],
        to: fixture.file,
        key: BackupFixture.key,
        at: Timestamp(microseconds: 0),
        BackupProgress()
      )
    }
    let progress = BackupProgress()
    progress.stop(because: "too long")
    let file = "\(fixture.folder)/other"
    #expect(throws: BackupError.stopped("too long")) {
      try Backup.make(
        of: [place],
        to: file,
        key: BackupFixture.key,
        at: Timestamp(microseconds: 0),
        progress
      )
    }
    #expect(access(file, F_OK) != 0 && access("\(file).part", F_OK) != 0)
  }

  @Test func `is written through no link, and read from no pipe`() throws {
    let (file, link, pipe) = (
      "\(fixture.folder)/file", "\(fixture.folder)/link", "\(fixture.folder)/pipe"
    )
    try OutputFile(file).write(Array("to be kept".utf8))
    #expect(symlink(file, link) == 0 && mkfifo(pipe, 0o600) == 0)
    #expect(throws: BackupError.file(path: link, reason: "it is a symbolic link")) {
      try OutputFile(link).write([1])
    }
    #expect(try InputFile(file).read(100) == Array("to be kept".utf8))
    #expect(throws: BackupError.file(path: pipe, reason: "it is not a regular file")) {
      _ = try Restore(pipe, key: BackupFixture.key).check(BackupProgress())
    }
    #expect(Glibc.link(file, "\(file)2") == 0)
    #expect(throws: BackupError.self) { try OutputFile(file).write([1]) }
  }

  @Test func `removes what a killed one left, and what another writes stays`() throws {
    let paths = ["left", "held", "other"].map { "\(fixture.folder)/\($0).part" }
    func begin(_ path: String) throws -> OutputFile {
      let file = try OutputFile(path)
      var writer = BackupWriter(file, key: BackupFixture.key, BackupProgress())
      try writer.begin()
      return file
    }
    _ = try begin(paths[0])
    let held = try begin(paths[1])
    try OutputFile(paths[2]).write(Array("not a backup".utf8))
    _ = try begin("\(fixture.folder)/whole")
    #expect(throws: BackupError.file(path: paths[1], reason: "another process writes it")) {
      _ = try OutputFile(paths[1])
    }
    #expect(Backup.removeLeftovers(beside: fixture.file) == [paths[0]])
    for path in paths.dropFirst() + ["\(fixture.folder)/whole"] {
      #expect(access(path, F_OK) == 0, "\(path)")
    }
    withExtendedLifetime(held) {}
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `of a file that is not there, or was opened by an earlier release, is not made`()
    async throws
  {
    let place = try fixture.place(.sqlite)
    #expect(throws: BackupError.self) { try fixture.backUp([place]) }
    guard case .file(let path) = place.database else { return }
    #expect(access(path, F_OK) != 0)
    let store = try fixture.open(place)
    try await store.systemWrite(as: .test) { transaction in
      _ = try transaction.session.runOwn("DELETE FROM main.mesh_settings WHERE name = 'transient'")
    }
    #expect {
      try fixture.backUp([place])
    } throws: { error in
      "\(error)".contains("start this release once before")
    }
  }
}
