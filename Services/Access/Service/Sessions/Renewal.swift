import MeshAccess
import MeshCrypto
import MeshCore

/// What identifies the refresh tokens of a session.
struct Renewal: Sendable, Equatable {
  /// How long the token that was just replaced still gives its successor: long enough for a lost answer
  /// and for two pages that ask at once, too short for whoever copied the token.
  static let grace = Duration.seconds(30)

  /// The token before the current one.
  struct Replaced: Sendable, Equatable {
    let hash: [UInt8]
    let time: Timestamp
    /// Makes the current token from it.
    let seed: [UInt8]
  }

  /// What a token leads to.
  enum Verdict: Sendable, Equatable {
    /// It is the current one, and is replaced by its successor.
    case replace
    /// It was replaced a moment ago; its successor is still the current one.
    case repeated(RefreshToken)
    /// It was replaced earlier, so its use now suggests that it was stolen.
    case reused
    /// It does not belong to the session.
    case unknown
  }

  let familyHash: [UInt8]
  private(set) var hash: [UInt8]
  private(set) var replaced: Replaced?

  init(familyHash: [UInt8], hash: [UInt8], replaced: Replaced? = nil) {
    self.familyHash = familyHash
    self.hash = hash
    self.replaced = replaced
  }

  /// The renewal of a session whose first token is `token`.
  init(_ token: RefreshToken) { self.init(familyHash: token.familyHash, hash: token.hash) }

  /// Whether a token is one of the session's, current or not.
  func knows(_ token: RefreshToken) -> Bool {
    ConstantTime.areEqual(token.familyHash, familyHash)
  }

  func verdict(on token: RefreshToken, at now: Timestamp) -> Verdict {
    if ConstantTime.areEqual(token.hash, hash) { return .replace }
    guard knows(token) else { return .unknown }
    guard let replaced, ConstantTime.areEqual(token.hash, replaced.hash),
      now - replaced.time < Self.grace
    else { return .reused }
    return .repeated(token.successor(seed: replaced.seed))
  }

  /// Replaces the current token.
  ///
  /// - Parameters:
  ///   - token: the current one.
  ///   - seed: 32 random bytes.
  ///   - now: the time of the replacement.
  /// - Returns: its successor.
  mutating func replace(
    _ token: RefreshToken,
    seed: [UInt8] = SecureRandom.bytes(32),
    at now: Timestamp
  ) -> RefreshToken {
    let next = token.successor(seed: seed)
    replaced = Replaced(hash: hash, time: now, seed: seed)
    hash = next.hash
    return next
  }
}
