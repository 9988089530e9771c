import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing

@testable import LeadsService

@LoopActor
@Suite struct `A lead that is being typed` {
  private func matches(
    _ bench: LeadsBench,
    _ call: Call? = nil,
    _ fill: (inout Lead) -> Void
  ) async throws -> [DuplicateMatch] {
    var lead = Lead()
    fill(&lead)
    return try await bench.handlers.checkDuplicates(
      CheckDuplicatesRequest(lead: lead),
      call ?? bench.asAdmin()
    ).matches
  }

  @Test func `is told which leads it would repeat, oldest first, and by what`() async throws {
    let bench = try await LeadsBench()
    let phoned = try await bench.create("King", email: "other@example.com") {
      ($0.firstName, $0.phone) = ("Ada", "555-321-8967")
    }
    let mailed = try await bench.create("Lovelace", email: "ada@example.com")
    let both = try await bench.create("King", email: "ADA@example.com") {
      ($0.firstName, $0.phone) = ("Ada", "+1 555 321 8967")
    }
    _ = try await bench.create("Babbage")
    let changes = try await bench.changes().count
    let found = try await matches(bench) {
      ($0.firstName, $0.lastName) = (" ada ", "KING")
      ($0.email, $0.phone) = ("Ada@Example.com", "(555) 321 8967")
    }
    #expect(found.map(\.lead?.id) == [phoned.id, mailed.id, both.id])
    #expect(found.map(\.matchedBy) == ["phone", "email", "email"])
    #expect(found.map(\.lead) == [phoned, mailed, both])
    #expect(try await bench.changes().count == changes, "nothing is written")
  }

  @Test func `matches what its creation would be linked to`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("King", email: "ada@example.com")
    let found = try await matches(bench) { $0.email = "ada@EXAMPLE.com " }
    let created = try await bench.create("Byron", email: "ada@EXAMPLE.com ")
    #expect(found.first?.lead?.id == created.duplicateOf && created.duplicateOf == first.id)
  }

  @Test func `is the same by a phone number whose extension is another one in no other lead`()
    async throws
  {
    let bench = try await LeadsBench()
    let plain = try await bench.create("King") { $0.phone = "212 555 0143" }
    let twelve = try await bench.create("King", email: "k12@example.com") {
      $0.phone = "212 555 0143 x12"
    }
    #expect(twelve.duplicateOf == plain.id)
    let other = try await bench.create("Byron", email: "b12@example.com") {
      $0.phone = "212 555 0199 x12"
    }
    let third = try await bench.create("Byron", email: "b13@example.com") {
      $0.phone = "212 555 0199 x13"
    }
    #expect(third.duplicateOf == nil)
    let found = try await matches(bench) { ($0.lastName, $0.phone) = ("Byron", "2125550199") }
    #expect(found.map(\.lead?.id) == [other.id, third.id])
    let same = try await matches(bench) { ($0.lastName, $0.phone) = ("Byron", "2125550199 x13") }
    #expect(same.map(\.lead?.id) == [third.id])
  }

  @Test func `matches nothing while it is incomplete or wrong`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("King", email: "ada@example.com") { $0.phone = "555-321-8967" }
    for (email, phone, last) in [
      ("ada@example", "", ""), ("@", "", ""), ("", "555-321-8967", ""), ("", "555", "King"),
      ("", "x", "King"), ("", "", "King"), ("", "", ""),
    ] {
      let found = try await matches(bench) {
        ($0.email, $0.phone, $0.lastName) = (email, phone, last)
      }
      #expect(found.isEmpty, "\(email) \(phone) \(last)")
    }
    let nothing = try await bench.handlers.checkDuplicates(
      CheckDuplicatesRequest(),
      bench.asAdmin()
    )
    #expect(nothing.matches.isEmpty)
  }

  @Test func `is refused a text that no value can be as long as`() async throws {
    let bench = try await LeadsBench()
    for field in ["email", "phone", "first_name", "last_name"] {
      let refused = await refusal {
        _ = try await matches(bench) { lead in
          if let place = Lead.schema[field] {
            lead[field: place.index] = .text(String(repeating: "x", count: 4_000))
          }
        }
      }
      #expect(refused?.violations.map(\.field) == [field])
    }
  }

  @Test func `is told of 10 leads at most, and not of itself`() async throws {
    let bench = try await LeadsBench()
    var leads: [Lead] = []
    for number in 0..<12 {
      leads.append(try await bench.create("L\(number)", email: "a@example.com"))
    }
    let found = try await matches(bench) { $0.email = "a@example.com" }
    #expect(found.map(\.lead?.id) == leads.prefix(10).map(\.id))
    let others = try await matches(bench) { ($0.email, $0.id) = ("a@example.com", leads[0].id) }
    #expect(others.map(\.lead?.id) == leads[1...10].map(\.id))
  }

  @Test func `is not told of a lead of another tenant`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("King", email: "ada@example.com")
    let elsewhere: TenantID = IDGenerator.system.next()
    try await bench.begin(elsewhere)
    let call = TestCaller.member(bench.admin, "admin", in: elsewhere)
    #expect(try await matches(bench, call) { $0.email = "ada@example.com" }.isEmpty)
  }
}
