import LeadsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshTesting
import TenantsAPI
import Testing

@testable import LeadsService

@Suite struct `Creating a lead` {
  @LoopActor
  @Test func `cleans, scores and assigns it`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") {
      $0.phone = "660-485-0224"
      $0.companyName = "Chargepal"
    }
    #expect(lead.phone == "+16604850224")
    #expect(lead.phoneValid)
    #expect(lead.status == "new")
    #expect(lead.score == 35)
    #expect(lead.band == "warm")
    #expect(lead.scoreBreakdown.map(\.points) == [15, 10, 10])
    #expect(lead.ownerId.map { bench.reps.contains($0) } == true)
  }

  @LoopActor
  @Test func `goes round among those who take leads`() async throws {
    let bench = try await LeadsBench()
    var owners: [MemberID?: Int] = [:]
    for number in 0..<7 { owners[try await bench.create("L\(number)").ownerId, default: 0] += 1 }
    #expect(owners.values.sorted() == [3, 4])
  }

  @LoopActor
  @Test func `links a lead to the oldest it repeats and gives it the same owner`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("Szyslak", email: "moe@example.com")
    let second = try await bench.create("Other", email: "MOE@example.com")
    let third = try await bench.create("Third", email: "moe@Example.com")
    #expect(second.duplicateOf == first.id)
    #expect(third.duplicateOf == first.id)
    #expect(second.ownerId == first.ownerId)
    let next = try await bench.create("Next")
    #expect(next.ownerId != first.ownerId)
  }

  @LoopActor
  @Test func `gives a lead that repeats a duplicate to the original's owner`() async throws {
    let bench = try await LeadsBench()
    let original = try await bench.create("First", email: "first@example.com")
    let other = try #require(bench.reps.first { $0 != original.ownerId })
    var request = CreateLeadRequest(
      lead: LeadsAPI.Lead(lastName: "Second", email: "first@example.com", phone: "+16604850224")
    )
    var second = try await bench.handlers.createLead(request, bench.asAdmin())
    #expect(second.duplicateOf == original.id)
    second.ownerId = other
    let reassigned = UpdateLeadRequest(
      lead: second,
      updateMask: WellKnown.FieldMask(paths: ["owner_id"])
    )
    _ = try await bench.handlers.updateLead(reassigned, bench.asAdmin())

    // Repeats the second lead alone, by its name and phone number.
    request.lead = LeadsAPI.Lead(lastName: "Second", phone: "+16604850224")
    let third = try await bench.handlers.createLead(request, bench.asAdmin())
    #expect(third.duplicateOf == original.id)
    #expect(third.ownerId == original.ownerId)
  }

  @LoopActor
  @Test func `gives the same lead for the same key, and refuses another under it`() async throws {
    let bench = try await LeadsBench()
    var request = CreateLeadRequest(
      lead: LeadsAPI.Lead(lastName: "A", email: "a@example.com"),
      requestId: "key-1"
    )
    let first = try await bench.handlers.createLead(request, bench.asAdmin())
    let again = try await bench.handlers.createLead(request, bench.asAdmin())
    #expect(first.id == again.id)
    #expect(try await bench.changes().count == 1)
    request.lead?.lastName = "B"
    let refused = await refusal {
      _ = try await bench.handlers.createLead(request, bench.asAdmin())
    }
    #expect(refused?.reason == .idempotencyConflict)
  }

  @LoopActor
  @Test func `refuses bad values by name and leaves nothing behind`() async throws {
    let bench = try await LeadsBench()
    let refused = await refusal {
      _ = try await bench.create("X", email: "no address") {
        $0.website = "javascript:x"
      }
    }
    #expect(refused?.code == .invalidArgument)
    #expect(refused?.violations.map(\.field) == ["email", "website"])
    let status = await refusal { _ = try await bench.create("X") { $0.status = "nope" } }
    #expect(status?.violations.map(\.field) == ["status"])
    let owner = await refusal {
      _ = try await bench.create("X") { $0.ownerId = MemberID(high: 9, low: 9) }
    }
    #expect(owner?.violations.map(\.field) == ["owner_id"])
    #expect(try await bench.changes().isEmpty)
  }

  @LoopActor
  @Test func `leaves a rep what they enter themselves`() async throws {
    let bench = try await LeadsBench()
    for _ in 0..<3 {
      let lead = try await bench.handlers.createLead(
        CreateLeadRequest(lead: LeadsAPI.Lead(lastName: "Mine", email: "m@example.com")),
        bench.asRep(1)
      )
      #expect(lead.ownerId == bench.reps[1])
    }
  }

  @LoopActor
  @Test func `passes over who has left, and puts them in their place when they are back`()
    async throws
  {
    let bench = try await LeadsBench()
    let (first, second) = (bench.reps[0], bench.reps[1])
    bench.follow(second, "rep", takesLeads: true, isActive: false)
    for number in 0..<4 { #expect(try await bench.create("A\(number)").ownerId == first) }
    let refused = await refusal {
      _ = try await bench.create("B") { $0.ownerId = second }
    }
    #expect(refused?.violations.map(\.field) == ["owner_id"])
    bench.follow(first, "rep", takesLeads: true, isActive: false)
    bench.follow(second, "rep", takesLeads: true)
    #expect(try await bench.create("C").ownerId == second)
    bench.follow(first, "rep", takesLeads: true)
    let owners = [try await bench.create("D").ownerId, try await bench.create("E").ownerId]
    #expect(owners == [first, second])
  }

  @LoopActor
  @Test func `heeds a changed cap and changed settings at once`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("A") { $0.ownerId = bench.reps[1] }
    bench.follow(bench.reps[1], "rep", takesLeads: true, dailyCap: 0)
    for number in 0..<3 {
      #expect(try await bench.create("B\(number)").ownerId == bench.reps[0])
    }
    let settings = TenantsAPI.TenantSettings(defaultRegion: "DE")
    let tenant = TenantsAPI.Tenant(id: bench.tenant, settings: settings)
    bench.replicas.tenants.take(tenant, of: bench.tenant)
    let lead = try await bench.create("C") { $0.phone = "030 901820" }
    #expect(lead.phone == "+4930901820")
  }

  @LoopActor
  @Test func `waits for a tenant that the service has not heard of`() async throws {
    let bench = try await LeadsBench()
    let stranger = TestCaller.member(bench.admin, "admin", in: IDGenerator.system.next())
    let refused = await refusal {
      _ = try await bench.handlers.createLead(
        CreateLeadRequest(lead: LeadsAPI.Lead(lastName: "A", email: "a@example.com")),
        stranger
      )
    }
    #expect(refused?.code == .unavailable)
  }
}

@Suite struct `Changing a lead` {
  private func update(
    _ lead: LeadsAPI.Lead,
    _ paths: [String]
  ) -> UpdateLeadRequest {
    UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: paths))
  }

  @LoopActor
  @Test func `writes what the mask names and nothing else`() async throws {
    let bench = try await LeadsBench()
    var lead = try await bench.create("Before")
    lead.lastName = "After"
    lead.city = "Not named"
    let changed = try await bench.handlers.updateLead(
      update(lead, ["last_name"]),
      bench.asAdmin()
    )
    #expect(changed.lastName == "After")
    #expect(changed.city.isEmpty)
    #expect(changed.etag != lead.etag)
  }

  @LoopActor
  @Test func `refuses a stale etag`() async throws {
    let bench = try await LeadsBench()
    var lead = try await bench.create("One")
    lead.city = "Rome"
    _ = try await bench.handlers.updateLead(update(lead, ["city"]), bench.asAdmin())
    lead.city = "Oslo"
    let refused = await refusal {
      _ = try await bench.handlers.updateLead(update(lead, ["city"]), bench.asAdmin())
    }
    #expect(refused?.code == .aborted)
    #expect(refused?.reason == .staleEtag)
    #expect(refused?.violations.map(\.field) == ["etag"])
  }

  @LoopActor
  @Test func `scores again and finds new duplicates`() async throws {
    let bench = try await LeadsBench()
    let original = try await bench.create("One", email: "same@example.com")
    var lead = try await bench.create("Two")
    lead.email = "same@example.com"
    lead.companySize = 500
    let changed = try await bench.handlers.updateLead(
      update(lead, ["email", "company_size"]),
      bench.asAdmin()
    )
    #expect(changed.duplicateOf == original.id)
    #expect(changed.score == lead.score + 20)
  }

  @LoopActor
  @Test func `refuses unknown fields and an empty mask by name`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("One")
    for paths in [[], ["score"], ["nonsense"]] {
      let refused = await refusal {
        _ = try await bench.handlers.updateLead(update(lead, paths), bench.asAdmin())
      }
      #expect(refused?.violations.map(\.field) == ["update_mask"])
    }
  }

  @LoopActor
  @Test func `is for the owner, where the role edits own leads only`() async throws {
    let bench = try await LeadsBench()
    var lead = try await bench.create("One") { $0.ownerId = bench.reps[0] }
    lead.city = "Rome"
    _ = try await bench.handlers.updateLead(update(lead, ["city"]), bench.asRep(0))
    lead.etag = nil
    let refused = await refusal {
      _ = try await bench.handlers.updateLead(update(lead, ["city"]), bench.asRep(1))
    }
    #expect(refused?.code == .permissionDenied)
    let seen = try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asRep(1))
      .message()
    #expect(seen.city == "Rome")
  }
}

@Suite struct `Deleting a lead` {
  @LoopActor
  @Test func `links its duplicates to the oldest of them`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("A", email: "x@example.com")
    let second = try await bench.create("B", email: "x@example.com")
    let third = try await bench.create("C", email: "x@example.com")
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: first.idText), bench.asAdmin())
    let get = { @LoopActor (id: String) in
      try await bench.handlers.getLead(GetLeadRequest(id: id), bench.asAdmin()).message()
    }
    #expect(try await get(second.idText).duplicateOf == nil)
    #expect(try await get(third.idText).duplicateOf == second.id)
    let gone = await refusal { _ = try await get(first.idText) }
    #expect(gone?.code == .notFound)
  }
}

@Suite struct `Another tenant's lead` {
  @LoopActor
  @Test func `does not exist for a caller, whatever they ask`() async throws {
    let bench = try await LeadsBench()
    let other: TenantID = IDGenerator.system.next()
    try await bench.begin(other)
    let lead = try await bench.create("Secret")
    let stranger = TestCaller.member(bench.admin, "admin", in: other)
    let requests: [@LoopActor () async throws -> Void] = [
      { _ = try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), stranger).message() },
      { _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), stranger) },
      {
        _ = try await bench.handlers.updateLead(
          UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: ["city"])),
          stranger
        )
      },
    ]
    for request in requests {
      #expect(await refusal(request)?.code == .notFound)
    }
    let list = try await bench.handlers.listLeads(ListLeadsRequest(query: "secret"), stranger)
      .message()
    #expect(list.leads.isEmpty)
    #expect(list.totalSize == 0)
  }
}
