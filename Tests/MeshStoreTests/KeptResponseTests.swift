import MeshTesting
import Synchronization
import Testing

@testable import MeshCore
@testable import MeshStore

@Suite struct `Responses that are past their time` {
  /// What the store asks, with the plan of each query.
  private final class Plans: Sendable {
    let noted = Mutex<[StatementPlan]>([])
  }

  private let fixture: StoreFixture
  private let plans = Plans()

  init() throws {
    let plans = plans
    fixture = try StoreFixture { configuration in
      configuration.planned = { plan in plans.noted.withLock { $0.append(plan) } }
    }
  }

  /// Keeps so many responses for tenants of which each makes two requests only.
  private func keep(_ count: Int) async throws {
    let start = fixture.clock.clock.now
    try await fixture.store.systemWrite(as: .test) { transaction in
      for index in 0..<count {
        let tenant = TenantID(high: 7, low: UInt64(index / 2))
        try transaction.session.postOwn(
          """
          INSERT INTO main.mesh_requests (
            tenant_id, actor, request_key, method, request_hash, response, time
          ) VALUES (
            \(tenant), 'member', \(String(index)), 'CreateLead', \([UInt8(1)]), \([UInt8(2)]),
            \(start + .microseconds(Int64(index)))
          )
          """
        )
      }
    }
  }

  private func count() async throws -> Int? {
    try await fixture.store.systemRead { transaction in
      try transaction.session.firstOwn("SELECT count(*) FROM main.mesh_requests") { row in
        try row.next(Int.self)
      }
    }
  }

  /// - Returns: how many transactions it took.
  private func sweep() async throws -> Int {
    var (place, count): (Timestamp?, Int) = (nil, 0)
    repeat {
      place = try await fixture.store.sweepResponses(after: place, as: .test)
      if place != nil { count += 1 }
    } while place != nil
    return count
  }

  private func addLead(_ key: String) async throws {
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.once(
        key: key,
        method: "CreateLead",
        requestHash: [1],
        encode: { $0 },
        decode: { $0 }
      ) { [1] }
    }
  }

  @Test func `are deleted for all tenants, in short transactions`() async throws {
    try await keep(1_200)
    fixture.clock.advance(.seconds(24 * 3600 - 1))
    try await addLead("young")
    #expect(try await sweep() == 0)
    fixture.clock.advance(.seconds(2))
    #expect(try await sweep() == 3)
    #expect(try await count() == 1)
    #expect(try await sweep() == 0)
  }

  @Test func `are left alone by the writes of other tenants, which look up their own key`()
    async throws
  {
    try await keep(1_200)
    fixture.clock.advance(.seconds(24 * 3600 + 1))
    plans.noted.withLock { $0 = [] }
    try await addLead("new")
    let noted = plans.noted.withLock { $0.filter { $0.statement.contains("mesh_requests") } }
    #expect(noted.count == 1)
    for plan in noted {
      let isByKey = plan.lines.contains {
        $0.contains("sqlite_autoindex_mesh_requests") || $0.contains("mesh_requests_pkey")
      }
      #expect(isByKey, "\(plan.lines)")
    }
    #expect(try await count() == 1_201)
  }

  @Test func `are found by their time, not by walking the table`() async throws {
    try await keep(5_000)
    let start = fixture.clock.clock.now
    let lines = try await fixture.store.systemWrite(as: .test) { transaction in
      let connection = transaction.session.connection
      let last = start + .microseconds(499)
      return try [
        Store.expiredResponses(after: .earliest, upTo: start + .seconds(1), 500),
        Store.responseDeletion(after: .earliest, upTo: last),
        Store.responseDeletion(after: start + .microseconds(250), upTo: last),
      ].map { try connection.dialect.plan($0, connection) }
    }
    for lines in lines {
      #expect(lines.contains { $0.contains("mesh_requests_time") }, "\(lines)")
    }
  }
}
