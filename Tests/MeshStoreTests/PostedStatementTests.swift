import Testing

@testable import MeshCore
@testable import MeshStore

@Suite struct `A statement that is posted` {
  private struct Refusal: Error, Equatable {}

  private static func post(_ name: String, in transaction: WriteTransaction) throws {
    let id = transaction.ids.next(LeadKind.self)
    try transaction.post(
      "INSERT INTO leads (id, name, email) VALUES (\(id), \(name), \(name + "@example.com"))"
    )
  }

  @Test func `is seen by those behind it, and stays`() async throws {
    let fixture = try StoreFixture()
    let names = (0..<200).map { "lead \($0)" }
    try await fixture.store.write(acme, as: .test) { transaction in
      for (index, name) in names.enumerated() {
        try Self.post(name, in: transaction)
        guard index % 70 == 69 else { continue }
        #expect(try transaction.value("SELECT count(*) FROM leads") == index + 1)
      }
    }
    #expect(try await Set(fixture.names(acme)) == Set(names))
  }

  /// Known to the connection or not: what was not prepared yet is run at once.
  @Test(arguments: [false, true])
  func `takes the transaction along when it fails`(isKnown: Bool) async throws {
    let fixture = try StoreFixture()
    try await fixture.store.write(acme, as: .test) { transaction in
      try Self.post("taken", in: transaction)
    }
    for _ in 0..<(isKnown ? 8 : 0) {
      // By each of the connections.
      try? await fixture.store.write(acme, as: .test) { transaction in
        try Self.post("other", in: transaction)
        throw Refusal()
      }
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try Self.post("before", in: transaction)
        try Self.post("taken", in: transaction)
        try Self.post("after", in: transaction)
      }
    }
    #expect(try await fixture.names(acme) == ["taken"])
  }

  @Test func `goes with the attempt that it is a part of`() async throws {
    let fixture = try StoreFixture()
    for _ in 0..<3 {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute("DELETE FROM leads")
        try Self.post("before", in: transaction)
        #expect(throws: Refusal()) {
          try transaction.attempt {
            try Self.post("inside", in: transaction)
            throw Refusal()
          }
        }
        #expect(throws: StoreError.self) {
          try transaction.attempt {
            try Self.post("before", in: transaction)
          }
        }
        try transaction.attempt { try Self.post("kept", in: transaction) }
        try Self.post("behind", in: transaction)
      }
      #expect(try await fixture.names(acme) == ["before", "behind", "kept"])
    }
  }

  @Test func `tells of the changes that it records when they are there`() async throws {
    let fixture = try StoreFixture()
    for _ in 0..<2 {
      try await fixture.store.write(acme, as: .test) { transaction in
        for index in 0..<3 {
          try transaction.record(Change(action: "create", object: "lead", id: "\(index)"))
        }
      }
    }
    let numbers = try await fixture.changeNumbers()
    #expect(numbers.count == 6 && numbers == numbers.sorted())
  }
}
