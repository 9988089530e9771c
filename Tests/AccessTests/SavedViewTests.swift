import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import AccessService

@Suite struct `A saved view` {
  private let fixture: AccessFixture
  private let rita: Call
  private let ron: Call
  private let admin: Call
  private let reader: Call

  init() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    rita = try await Self.call("rita", "rep", fixture)
    ron = try await Self.call("ron", "rep", fixture)
    admin = try await Self.call("ada", "admin", fixture)
    reader = try await Self.call("rea", "read_only", fixture)
    self.fixture = fixture
  }

  /// A call of a new member.
  private static func call(
    _ name: String,
    _ role: String,
    _ fixture: AccessFixture
  ) async throws -> Call {
    let member = try await fixture.addMember("\(name)@acme.example", role: role)
    return TestCaller.member(try #require(member.id), role, in: fixture.tenant)
  }

  private func create(
    _ name: String,
    shared: Bool = false,
    _ call: Call,
    _ fill: (inout SavedView) -> Void = { _ in }
  ) async throws -> SavedView {
    var view = SavedView(object: "lead", name: name, address: "status=new", shared: shared)
    fill(&view)
    return try await fixture.views.createSavedView(CreateSavedViewRequest(savedView: view), call)
  }

  private func names(filter: String = "", _ call: Call) async throws -> [String] {
    try await fixture.views.listSavedViews(ListSavedViewsRequest(filter: filter), call)
      .message().savedViews.map(\.name)
  }

  private func update(_ view: SavedView, _ paths: [String], _ call: Call) async throws -> SavedView
  {
    let mask = WellKnown.FieldMask(paths: paths)
    return try await fixture.views.updateSavedView(
      UpdateSavedViewRequest(savedView: view, updateMask: mask),
      call
    )
  }

  private func delete(_ view: SavedView, _ call: Call) async throws {
    _ = try await fixture.views.deleteSavedView(DeleteSavedViewRequest(id: view.idText), call)
  }

  @Test func `is its maker's, whatever a draft says, and keeps its list`() async throws {
    let made = try await create("Mine", rita) { view in
      view.ownerId = ron.caller.member
      view.position = 3
    }
    #expect(made.ownerId == rita.caller.member && made.createdBy == rita.caller.actor)
    #expect(made.object == "lead" && made.address == "status=new" && made.position == 3)
    var moved = made
    moved.object = "deal"
    let refused = await refusal { _ = try await update(moved, ["object"], rita) }
    #expect(refused?.violations.map(\.field) == ["object"])
  }

  @Test func `is seen by its maker, and by everybody once it is shared`() async throws {
    _ = try await create("Rita's", rita)
    _ = try await create("Everybody's", shared: true, rita)
    #expect(try await names(rita) == ["Everybody's", "Rita's"])
    for call in [ron, admin, reader] { #expect(try await names(call) == ["Everybody's"]) }
    let elsewhere = TestCaller.member(
      IDGenerator.system.next(),
      "admin",
      in: IDGenerator.system.next()
    )
    #expect(try await names(elsewhere) == [])
  }

  @Test func `is changed by its maker, and by an admin once it is shared`() async throws {
    var own = try await create("Rita's", rita)
    var shared = try await create("Everybody's", shared: true, rita)
    for call in [ron, admin, reader] {
      let hidden = own
      #expect(await refusal { _ = try await update(hidden, ["name"], call) }?.code == .notFound)
      #expect(await refusal { try await delete(hidden, call) }?.code == .notFound)
    }
    for call in [ron, reader] {
      let open = shared
      let refused = await refusal { _ = try await update(open, ["name"], call) }
      #expect(refused?.code == .permissionDenied)
      #expect(await refusal { try await delete(open, call) }?.code == .permissionDenied)
    }
    own.name = "Renamed"
    #expect(try await update(own, ["name"], rita).name == "Renamed")
    shared.name = "By Ada"
    let changed = try await update(shared, ["name"], admin)
    #expect(changed.ownerId == rita.caller.member && changed.updatedBy == admin.caller.actor)
    try await delete(changed, admin)
    #expect(try await names(rita) == ["Renamed"])
    let request = UndeleteSavedViewRequest(id: changed.idText)
    #expect(
      await refusal { _ = try await fixture.views.undeleteSavedView(request, ron) }?.code
        == .notFound
    )
    #expect(try await fixture.views.undeleteSavedView(request, rita).name == "By Ada")
    let history = try await fixture.views.listSavedViewHistory(
      ListHistoryRequest(id: changed.idText),
      rita
    )
    #expect(history.entries.map(\.action) == ["undelete", "delete", "update", "create"])
  }

  @Test func `is shared by those who work on records, and not by those who only read`() async throws
  {
    let refused = await refusal { _ = try await create("Shared", shared: true, reader) }
    #expect(refused?.violations.map(\.field) == ["shared"])
    var own = try await create("Own", reader)
    own.shared = true
    let draft = own
    let later = await refusal { _ = try await update(draft, ["shared"], reader) }
    #expect(later?.violations.map(\.field) == ["shared"])
  }

  /// A call of Rita's in a role that may only read.
  private func demoted() async throws -> Call {
    let member = try #require(rita.caller.member)
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: member, role: "read_only"),
        updateMask: WellKnown.FieldMask(paths: ["role"])
      ),
      fixture.call(as: "operator")
    )
    return TestCaller.member(member, "read_only", in: fixture.tenant)
  }

  @Test func `that is shared can only be hidden or deleted by a maker who may no longer share`()
    async throws
  {
    let (first, second) = (
      try await create("First", shared: true, rita), try await create("Second", shared: true, rita)
    )
    let call = try await demoted()
    for (path, fill) in [
      ("name", { $0.name = "Other" }), ("address", { $0.address = "status=lost" }),
      ("position", { $0.position = 7 }),
    ] as [(String, (inout SavedView) -> Void)] {
      var draft = first
      fill(&draft)
      let changed = draft
      let refused = await refusal { _ = try await update(changed, [path], call) }
      #expect(refused?.violations.map(\.field) == ["shared"])
    }
    var hidden = first
    hidden.shared = false
    hidden.name = "Mine"
    let own = try await update(hidden, ["shared", "name"], call)
    #expect(!own.shared && own.name == "Mine")
    try await delete(second, call)
    let back = await refusal {
      _ = try await fixture.views.undeleteSavedView(
        UndeleteSavedViewRequest(id: second.idText),
        call
      )
    }
    #expect(back?.violations.map(\.field) == ["shared"])
    #expect(try await names(ron) == [])
  }

  @Test func `has a history of which others see what was written while it was shared`()
    async throws
  {
    var view = try await create("Draft", rita)
    view.address = "owner_id=secret"
    view = try await update(view, ["address"], rita)
    view.shared = true
    view.name = "Shared"
    view = try await update(view, ["shared", "name"], rita)
    view.position = 2
    view = try await update(view, ["position"], admin)
    view.shared = false
    view.name = "Hidden"
    view = try await update(view, ["shared", "name"], rita)
    view.name = "Again"
    view.shared = true
    view = try await update(view, ["shared", "name"], rita)
    let id = view.idText
    func history(_ call: Call) async throws -> [HistoryEntry] {
      try await fixture.views.listSavedViewHistory(ListHistoryRequest(id: id), call).entries
    }
    #expect(try await history(rita).count == 6)
    for call in [ron, admin, reader] {
      let seen = try await history(call)
      let fields = seen.map { $0.changes.map(\.field) }
      #expect(fields == [["name", "shared"], ["position"], ["name", "shared"]])
      let values = Set(seen.flatMap { $0.changes.flatMap { [$0.old, $0.new] } })
      #expect(values.isSuperset(of: ["Again", "Shared", "true", "2"]))
      #expect(values.isDisjoint(with: ["Draft", "Hidden", "owner_id=secret", "false"]))
    }
    try await delete(view, rita)
    #expect(try await history(admin).map(\.action) == ["delete", "update", "update", "update"])
    #expect(await refusal { _ = try await history(ron) }?.code == .notFound)
  }

  @Test func `is listed for one kind of record, by place and name`() async throws {
    _ = try await create("b", rita)
    _ = try await create("A", rita)
    _ = try await create("First", rita) { $0.position = 0 }
    _ = try await create("Last", rita) { $0.position = 5 }
    _ = try await create("Deals", rita) { $0.object = "deal" }
    #expect(try await names(filter: #"object == "lead""#, rita) == ["A", "b", "First", "Last"])
    #expect(try await names(filter: #"object == "deal" && !shared"#, rita) == ["Deals"])
  }

  @Test(arguments: [
    ("object", SavedView(object: "", name: "N")), ("object", SavedView(object: "Lead", name: "N")),
    ("object", SavedView(object: String(repeating: "a", count: 61), name: "N")),
    ("name", SavedView(object: "lead", name: " ")),
    ("name", SavedView(object: "lead", name: String(repeating: "n", count: 101))),
    ("name", SavedView(object: "lead", name: String(repeating: " ", count: 3_900_000))),
    (
      "address",
      SavedView(object: "lead", name: "N", address: String(repeating: "e\u{301}", count: 1_300_000))
    ),
    (
      "address",
      SavedView(object: "lead", name: "N", address: String(repeating: "a", count: 4_001))
    ),
    ("address", SavedView(object: "lead", name: "N", address: "a\u{7}b")),
    ("address", SavedView(object: "lead", name: "N", address: "a\nb")),
    ("position", SavedView(object: "lead", name: "N", position: -1)),
    ("position", SavedView(object: "lead", name: "N", position: 10_000)),
  ])
  func `is refused with the field that is wrong`(_ field: String, _ view: SavedView) async throws {
    let refused = await refusal { _ = try await create("", rita) { $0 = view } }
    #expect(refused?.violations.map(\.field) == [field])
  }

  @Test func `is one of 200 that a member may have, and of 1,000 in all`() async throws {
    let first = try await create("0", rita)
    for number in 1..<200 { _ = try await create("\(number)", rita) }
    let more = await refusal { _ = try await create("more", rita) }
    #expect(more?.reason == .limitReached)
    #expect(more?.metadata == ["limit": "saved_views_of_member", "most": "200"])
    _ = try await create("another's", ron)
    try await delete(first, rita)
    _ = try await create("in its place", rita)
    let back = await refusal {
      let request = UndeleteSavedViewRequest(id: first.idText)
      _ = try await fixture.views.undeleteSavedView(request, rita)
    }
    #expect(back?.metadata["limit"] == "saved_views_of_member")
    #expect(SavedView.schema.limit == 1_000)
  }

  @Test func `has a column for every field and no other`() async throws {
    let columns = try await fixture.files.store.columns(of: "saved_views")
    #expect(columns == SavedView.schema.columnNames)
  }
}
