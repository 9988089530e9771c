import MeshAccess
import MeshCore
import MeshCrypto
import Synchronization

/// Issues tokens for one member, by a key and a time of its own.
final class TestIssuer: Sendable {
  let tenant: TenantID = IDGenerator.system.next()
  let member: MemberID = IDGenerator.system.next()
  let session: SessionID = IDGenerator.system.next()
  let now = TestTime()
  let signer: TokenSigner
  let publicKey: Ed25519PublicKey
  private let pem: String

  init() throws {
    let key = try Ed25519PrivateKey.generate()
    publicKey = key.publicKey
    pem = key.pem
    signer = TokenSigner(key)
  }

  var clock: Clock { Clock { [now] in now.value } }

  func claims(roles: [String] = ["rep"]) -> TokenClaims {
    TokenClaims(member: member, tenant: tenant, session: session, roles: roles, now: now.value)
  }

  func verifier() -> TokenVerifier { TokenVerifier(keys: [publicKey], clock: clock) }

  /// `text` with this issuer's signature of it, as a token ends.
  func signed(_ text: String) -> String {
    guard let key = try? Ed25519PrivateKey(pem: pem) else { return text }
    return text + "." + Base64.encodeURL(key.sign(Array(text.utf8)))
  }
}

/// A moment that a test moves.
final class TestTime: Sendable {
  private let current = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

  var value: Timestamp { current.withLock { $0 } }

  func advance(by duration: Duration) { current.withLock { $0 += duration } }
}
