import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `An account` {
  @Test func `is part of another, and never of one that is a part of it`() async throws {
    let bench = try await DealsBench()
    let top = try await bench.account("Top")
    let middle = try await bench.account("Middle") { $0.parentId = top.id }
    let low = try await bench.account("Low") { $0.parentId = middle.id }
    for below in [top, middle, low] {
      let fields = await refused {
        _ = try await bench.change(top, "parent_id") { $0.parentId = below.id }
      }
      #expect(fields == ["parent_id"])
    }
    let moved = try await bench.change(low, "parent_id") { $0.parentId = top.id }
    #expect(moved.parentId == top.id)
    let stranger = AccountID(high: 7, low: 7)
    let unknown = await refused {
      _ = try await bench.account("Odd") { $0.parentId = stranger }
    }
    #expect(unknown == ["parent_id"])
  }

  @Test func `has no more than 50 above it`() async throws {
    let bench = try await DealsBench()
    var above = try await bench.account("0")
    for number in 1...50 {
      let parent = above.id
      above = try await bench.account("\(number)") { $0.parentId = parent }
    }
    let parent = above.id
    let fields = await refused {
      _ = try await bench.account("51") { $0.parentId = parent }
    }
    #expect(fields == ["parent_id"])
  }

  @Test func `keeps its domains and its phone number in one form`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme") {
      $0.domains = [" Example.COM", "example.com", "bücher.example"]
      $0.phone = "660-485-0224"
    }
    #expect(account.domains == ["example.com", "bücher.example"])
    #expect(account.phone == "+16604850224")
    for domains in [["nothing"], ["a b.com"], ["@example.com"], [""]] {
      let fields = await refused {
        _ = try await bench.account("Bad") { $0.domains = domains }
      }
      #expect(fields == ["domains"], "\(domains)")
    }
  }

  @Test func `is refused a type, a lifecycle and a size that are none`() async throws {
    let bench = try await DealsBench()
    let fields = await refused {
      _ = try await bench.account("") {
        ($0.type, $0.lifecycle, $0.employees) = ("friend", "unborn", -1)
      }
    }
    #expect(fields == ["name", "type", "lifecycle", "employees"])
  }

  @Test func `is archived, stays readable, and nothing new can name it`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    let old = try await bench.deal("Old") { $0.accountId = account.id }
    let archived = try await bench.handlers.archiveAccount(
      ArchiveAccountRequest(id: account.idText, etag: account.etag?.description ?? ""),
      bench.asAdmin()
    )
    #expect(archived.archived && archived.etag != account.etag)
    let list = ListAccountsRequest(filter: "!archived")
    #expect(
      try await bench.handlers.listAccounts(list, bench.asAdmin()).message().accounts.isEmpty
    )
    let fields = await refused {
      _ = try await bench.deal("New") { $0.accountId = account.id }
    }
    #expect(fields == ["account_id"])
    let part = await refused {
      _ = try await bench.account("Part") { $0.parentId = account.id }
    }
    #expect(part == ["parent_id"])
    #expect(try await bench.change(old, "next_step") { $0.nextStep = "Call" }.nextStep == "Call")
    let stale = await refusal {
      _ = try await bench.handlers.unarchiveAccount(
        UnarchiveAccountRequest(id: account.idText, etag: account.etag?.description ?? ""),
        bench.asAdmin()
      )
    }
    #expect(stale?.reason == .staleEtag)
    let back = try await bench.handlers.unarchiveAccount(
      UnarchiveAccountRequest(id: account.idText),
      bench.asAdmin()
    )
    #expect(!back.archived)
    let history = try await bench.handlers.listAccountHistory(
      ListHistoryRequest(id: account.idText),
      bench.asAdmin()
    )
    #expect(history.entries.map(\.action) == ["unarchive", "archive", "create"])
  }

  @Test func `is read by everybody and edited by whoever holds it`() async throws {
    let bench = try await DealsBench()
    let calls = [bench.asRep(0), bench.asRep(1), bench.asManager, bench.asAdmin()]
    let own = try await bench.account("Of the first rep", bench.asRep(0))
    let other = try await bench.account("Of the second rep", bench.asRep(1))
    #expect(own.ownerId == bench.reps[0] && other.ownerId == bench.reps[1])
    var edited: [[Bool]] = []
    for account in [own, other] {
      var may: [Bool] = []
      for call in calls {
        let get = GetAccountRequest(id: account.idText)
        let read = try await bench.handlers.getAccount(get, call).message()
        #expect(read.name == account.name)
        let refused = await refusal {
          _ = try await bench.change(read, "industry", call) { $0.industry += "x" }
        }
        may.append(refused == nil)
        #expect(refused == nil || refused?.code == .permissionDenied)
      }
      edited.append(may)
    }
    #expect(edited == [[true, false, true, true], [false, true, false, true]])
    let archived = await refusal {
      _ = try await bench.handlers.archiveAccount(
        ArchiveAccountRequest(id: own.idText),
        bench.asRep(0)
      )
    }
    #expect(archived?.code == .permissionDenied)
  }

  @Test func `of another tenant does not exist`() async throws {
    let bench = try await DealsBench()
    let other = IDGenerator.system.next(TenantKind.self)
    try await bench.begin(other)
    let account = try await bench.account("Acme")
    let theirs = bench.asAdmin(of: other)
    let missing = await refusal {
      let get = GetAccountRequest(id: account.idText)
      _ = try await bench.handlers.getAccount(get, theirs).message()
    }
    #expect(missing?.code == .notFound)
    for field in ["parent_id", "account_id"] {
      let fields = await refused {
        if field == "parent_id" {
          _ = try await bench.account("Part", theirs) { $0.parentId = account.id }
        } else {
          _ = try await bench.deal("Deal", theirs) { $0.accountId = account.id }
        }
      }
      #expect(fields == [field])
    }
  }

  @Test func `belongs to an active member who may edit accounts`() async throws {
    let bench = try await DealsBench()
    let reader = MemberID(high: 1, low: 9)
    bench.follow(reader, "read_only")
    for member in [reader, MemberID(high: 5, low: 5)] {
      let fields = await refused {
        _ = try await bench.account("Acme") { $0.ownerId = member }
      }
      #expect(fields == ["owner_id"])
    }
    let account = try await bench.account("Acme") { $0.ownerId = bench.reps[0] }
    bench.follow(bench.reps[0], "rep", isActive: false)
    #expect(try await bench.change(account, "name") { $0.name = "Ajax" }.ownerId == bench.reps[0])
  }
}
