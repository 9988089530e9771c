import ErrandsAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import TypeAPI

@testable import ErrandsService
@testable import MeshImport

/// Imports of errands in a store of their own.
@LoopActor
struct ErrandBench {
  let tenant: TenantID = IDGenerator.system.next()
  let opened: TestStore
  let clock = TestClock()
  let engine: ImportEngine<ErrandImports>

  init() throws {
    opened = try TestStore("errands", errandMigrations, clock: clock.clock)
    let grants = ErrandsObjects.grants + [RoleGrant("import", "manager", ["read", "create"], .own)]
    let standings = BenchStandings()
    standings.set(["manager"], of: MemberID(high: 1, low: 1))
    let gate = TestCaller.gate(grants, standings: standings)
    engine = ImportEngine(ErrandImports(), opened.store, gate, service: "errands") { _, _ in }
  }

  var store: Store { opened.store }
  var steps: ImportSteps<ErrandImports> { engine.steps }
  var call: Call { TestCaller.member(MemberID(high: 1, low: 1), "manager", in: tenant) }

  func created() async throws -> ImportID {
    let (engine, call) = (engine, call)
    let mapping = ImportMapping(columns: [], externalID: nil, sourceSystem: "")
    let draft = try engine.draft("errands.csv", mapping, ImportChoices(), call)
    return try await store.write(tenant, as: Author(call)) { transaction in
      try engine.create(draft, call, in: transaction).id
    }
  }

  /// Appends bytes to an import in chunks.
  func append(_ bytes: [UInt8], to id: ImportID, chunk: Int = ImportLimits.chunkBytes) async throws
  {
    var offset = 0
    while offset < bytes.count {
      let piece = Array(bytes[offset..<min(offset + chunk, bytes.count)])
      _ = try await engine.append(
        piece,
        at: Int64(offset),
        digest: Hex.encode(SHA256.hash(piece)),
        to: "\(id)",
        call
      )
      offset += piece.count
    }
  }

  /// An import that has its file and was started.
  func started(_ bytes: [UInt8]) async throws -> ImportID {
    let id = try await created()
    try await append(bytes, to: id)
    _ = try await engine.start("\(id)", size: Int64(bytes.count), mayConfigure: false, call)
    return id
  }

  func job(_ id: ImportID) async throws -> ImportJob? { try await steps.job(id, tenant) }

  /// How many rows a table has.
  func count(_ table: SQL) async throws -> Int {
    try await store.read(tenant) { transaction in
      try transaction.value("SELECT count(*) FROM \(table)", as: Int.self) ?? 0
    }
  }
}
