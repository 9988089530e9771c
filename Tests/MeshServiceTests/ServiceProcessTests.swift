import ErrandsAPI
import ErrandsService
import Glibc
import MeshAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing

@testable import MeshService

/// The service of rounds as its process runs it, in a mesh of which nothing else is there.
@LoopActor
@Suite struct `A service alone in its process` {
  private let folder: String
  private let mesh: MeshSettings
  private let signer: TokenSigner
  private let stop = StopSignal([])
  private let channel: Channel

  init() throws {
    folder = try TestFolder.make()
    let key = try Ed25519PrivateKey.generate()
    let path = "\(folder)/key.pem"
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    let pem = key.publicKey.pem
    _ = pem.withCString { Glibc.write(file, $0, pem.utf8.count) }
    close(file)
    signer = TokenSigner(key)
    var reader = SettingsReader(
      arguments: ["--data", folder, "--token-public-keys", path, "--log-level", "error"]
    ) { _ in nil }
    mesh = MeshSettings(from: &reader)
    channel = Channel(to: .unix(path: mesh.ownSocketPath(of: "errands")))
  }

  private func start() async throws -> Task<Void, Never> {
    var reader = SettingsReader(arguments: []) { _ in nil }
    let process = try await ServiceProcess<ErrandsService>(
      mesh: mesh,
      settings: NoSettings(from: &reader),
      log: Log(service: "errands", level: .error)
    )
    return Task.immediate { @LoopActor in await process.run(until: stop) }
  }

  private func end(_ process: Task<Void, Never>) async {
    stop.pull()
    await process.value
    channel.close()
    TestFolder.remove(folder)
  }

  @Test func `is not ready and lets no member in while no one says who has access`() async throws {
    let process = try await start()
    let health = try await channel.call(Health.check, Health.CheckRequest())
    #expect(health.status == .notServing)
    let claims = TokenClaims(
      member: IDGenerator.system.next(),
      tenant: IDGenerator.system.next(),
      session: IDGenerator.system.next(),
      roles: ["owner"],
      now: Clock.system.now
    )
    let rounds = RoundsServiceClient(channel)
    let refused = await #expect(throws: MeshError.self) {
      _ = try await rounds.listRounds(
        ListRoundsRequest(),
        CallOptions(timeout: .seconds(5), authorization: .bearer(signer.token(claims)))
      )
    }
    #expect(refused?.code == .unavailable)
    // The operator needs no token.
    let letters = try await DeadLettersClient(channel).listDeadLetters(
      ListDeadLettersRequest(),
      CallOptions(authorization: .system("operator"))
    )
    #expect(letters.totalSize == 0)
    await end(process)
  }

  @Test func `answers those who wait for changes when it is told to end, and ends`() async throws {
    let process = try await start()
    let changes = ChangesClient(channel)
    let options = CallOptions(timeout: .seconds(600), authorization: .system("leads"))
    let end = try await changes.snapshot(SnapshotRequest(), options).cursor
    let request = PullRequest(cursor: end, waitMilliseconds: 30_000, follower: "leads/1")
    let pulling = Task.immediate { @LoopActor in try await changes.pull(request, options) }
    // Another call on the same connection is answered after the pull has begun to wait.
    _ = try await changes.snapshot(SnapshotRequest(), options)
    let start = ContinuousClock.now
    await self.end(process)
    #expect(try await pulling.value == PullResponse(cursor: end))
    #expect(start.duration(to: .now) < mesh.drainTime)
  }
}
