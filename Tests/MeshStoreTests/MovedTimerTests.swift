import MeshTesting
import Testing

@testable import MeshCore
@testable import MeshStore

@Suite struct `The timer of a moment that follows from a record` {
  private let name = "lead.nudge"
  private let fixture: StoreFixture
  private let start: Timestamp

  init() throws {
    fixture = try StoreFixture()
    start = fixture.clock.clock.now
  }

  /// Moves the moment, in seconds from the start.
  private func move(from old: Int?, to new: Int?) async throws {
    let (name, before) = (name, old.map { start + .seconds($0) })
    let after = new.map { start + .seconds($0) }
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.moveTimer(name, key: "a", from: before, to: after)
    }
  }

  /// The keys of those that are due ten seconds later.
  private func dueLater() async throws -> [String] {
    fixture.clock.advance(.seconds(10))
    return try await fixture.store.write(acme, as: .test) { transaction in
      var keys: [String] = []
      _ = try transaction.takeTimers(upTo: 10) { keys.append($0.key) }
      return keys
    }
  }

  @Test func `moves with it, and stays where it stays`() async throws {
    try await move(from: nil, to: 10)
    try await move(from: 10, to: 20)
    try await move(from: 20, to: 20)
    #expect(try await dueLater() == [])
    #expect(try await dueLater() == ["a"])
    try await move(from: 20, to: 20)
    #expect(try await dueLater() == [])
  }

  @Test func `ends with it, and is not set for one that has passed`() async throws {
    try await move(from: nil, to: 10)
    try await move(from: 10, to: nil)
    #expect(try await dueLater() == [])
    try await move(from: nil, to: 20)
    try await move(from: 20, to: 5)
    #expect(try await dueLater() == [])
    try await move(from: nil, to: 20)
    #expect(try await dueLater() == [])
  }
}
