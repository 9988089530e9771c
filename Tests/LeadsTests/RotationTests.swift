import MeshCore
import Testing

@testable import LeadsService

@Suite struct `Assigning leads in turn` {
  private let today = CalendarDate("2026-11-20")
  private let tomorrow = CalendarDate("2026-11-21")

  private func assignee(_ number: UInt64, cap: Int? = nil, takes: Bool = true) -> Assignee {
    Assignee(member: MemberID(high: 0, low: number), takesLeads: takes, dailyCap: cap)
  }

  private func counts(_ rotation: inout Rotation, turns: Int) throws -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    for _ in 0..<turns {
      guard let member = rotation.next(on: try #require(today)) else { continue }
      counts[member.low, default: 0] += 1
    }
    return counts
  }

  @Test func `gives everybody the same number, or one more`() throws {
    var rotation = Rotation([assignee(1), assignee(2), assignee(3)], after: 0)
    #expect(try counts(&rotation, turns: 100).values.sorted() == [33, 33, 34])
  }

  @Test func `passes over those who take none`() throws {
    var rotation = Rotation([assignee(1, takes: false), assignee(2)], after: 0)
    #expect(try counts(&rotation, turns: 5) == [2: 5])
  }

  @Test func `stops at a daily cap and goes on the next day`() throws {
    var rotation = Rotation([assignee(1, cap: 2), assignee(2)], after: 0)
    #expect(try counts(&rotation, turns: 10) == [1: 2, 2: 8])
    #expect(rotation.next(on: try #require(tomorrow))?.low == 1)
  }

  @Test func `leaves a lead unassigned when nobody has room`() throws {
    var rotation = Rotation([assignee(1, cap: 1)], after: 0)
    #expect(rotation.next(on: try #require(today)) != nil)
    #expect(rotation.next(on: try #require(today)) == nil)
    var nobody = Rotation([], after: 0)
    #expect(nobody.next(on: try #require(today)) == nil)
  }

  @Test func `lets no newcomer catch up on turns they missed`() throws {
    var rotation = Rotation([assignee(1), assignee(2)], after: 0)
    _ = try counts(&rotation, turns: 40)
    var later = Rotation(rotation.assignees + [assignee(3)], after: 40)
    #expect(try counts(&later, turns: 9) == [1: 3, 2: 3, 3: 3])
  }
}
