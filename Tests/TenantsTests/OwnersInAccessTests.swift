import AccessAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshTesting
import Synchronization
import TenantsAPI
import Testing

@testable import TenantsService

/// The calls of Tenants over a real socket, answered as Access would.
@Suite struct `What Tenants asks of Access` {
  private let tenant: TenantID = IDGenerator.system.next()

  /// Has `body` ask an Access that answers as told.
  @LoopActor
  private func ask<Value>(
    createOwner: @escaping @Sendable @LoopActor (CreateOwnerRequest, Call) throws -> Member =
      { _, _ in Member() },
    members: [Member] = [],
    _ body: @LoopActor (OwnerAccounts) async throws -> Value
  ) async throws -> Value {
    let folder = try TestFolder.make()
    defer { TestFolder.remove(folder) }
    var router = RPCRouter()
    router.add(AccessServiceMethods.createOwner) { request, call in
      try createOwner(request, call)
    }
    router.add(AccessServiceMethods.listMembers) { _, _ in
      ListMembersResponse(members: members)
    }
    let gate = TestCaller.gate(AccessObjects.grants)
    let server = RPCServer(router: router) { head throws(MeshError) in
      try gate.authenticate(head)
    }
    let address = try server.listen(on: .unix(path: "\(folder)/access.sock"))
    let channel = Channel(to: address)
    let result = try await body(OwnerAccounts(AccessServiceClient(channel)))
    channel.close()
    await server.drain(within: .zero)
    return result
  }

  /// As a command's.
  private var options: CallOptions {
    CallOptions(
      timeout: .seconds(300),
      authorization: .system("tenants", tenant: tenant),
      idempotencyKey: "command.owner",
      origin: Origin(address: "192.0.2.1")
    )
  }

  private let owner = TenantOwner(
    email: "ada@acme.example",
    displayName: "Ada",
    password: "long enough password"
  )

  @Test func `is an owner, in the tenant that is being made, once`() async throws {
    let seen = Mutex<(request: CreateOwnerRequest, caller: Caller, origin: Origin)?>(nil)
    try await ask(
      createOwner: { request, call in
        seen.withLock { $0 = (request, call.caller, call.origin) }
        return Member()
      }
    ) { accounts in
      try await accounts.create(owner, options)
    }
    let call = try #require(seen.withLock { $0 })
    #expect(call.request.member == Member(email: "ada@acme.example", displayName: "Ada"))
    #expect(call.request.password == "long enough password")
    #expect(call.request.requestId == "command.owner")
    #expect(call.caller == Caller(tenant: tenant, identity: .system("tenants")))
    #expect(call.origin.address == "192.0.2.1")
  }

  @Test func `names the fields of a refusal as in its own request`() async throws {
    let refused = MeshError.invalid([
      FieldViolation(field: "email", description: "is bad"),
      FieldViolation(field: "password", description: "is weak"),
    ])
    let error = try await ask(createOwner: { _, _ in throw refused }) { accounts in
      await refusal { try await accounts.create(owner, options) }
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.violations.map(\.field) == ["owner.email", "owner.password"])
  }

  @Test func `passes other failures on`() async throws {
    let failure = MeshError.failedPrecondition("not now")
    let error = try await ask(createOwner: { _, _ in throw failure }) { accounts in
      await refusal { try await accounts.create(owner, options) }
    }
    #expect(error?.code == .failedPrecondition)
  }

  @Test(arguments: [true, false])
  func `is whether there is an owner`(_ isThere: Bool) async throws {
    let exists = try await ask(members: isThere ? [Member(email: "ada@acme.example")] : []) {
      accounts in
      try await accounts.exist(options)
    }
    #expect(exists == isThere)
  }
}

private typealias Member = AccessAPI.Member
