import Synchronization

/// A bounded cache of tokens whose signature is valid.
///
/// Has two generations: when the younger is full it replaces the older, whose tokens are dropped
/// unless they were used since. This needs no ordering and drops at most half of the tokens at
/// once.
final class TokenCache: Sendable {
  private struct Generations {
    var young: [String: TokenClaims] = [:]
    var old: [String: TokenClaims] = [:]

    mutating func insert(_ claims: TokenClaims, for token: String, limit: Int) {
      if young.count >= limit {
        old = young
        young = [:]
      }
      young[token] = claims
    }
  }

  private let generations = Mutex(Generations())
  private let limit: Int

  init(capacity: Int) { limit = max(1, capacity / 2) }

  /// The number of cached tokens.
  var count: Int { generations.withLock { $0.young.count + $0.old.count } }

  subscript(token: String) -> TokenClaims? {
    generations.withLock { generations in
      if let claims = generations.young[token] { return claims }
      guard let claims = generations.old.removeValue(forKey: token) else { return nil }
      generations.insert(claims, for: token, limit: limit)
      return claims
    }
  }

  func remove(_ token: String) {
    generations.withLock { generations in
      generations.young[token] = nil
      generations.old[token] = nil
    }
  }

  func insert(_ claims: TokenClaims, for token: String) {
    generations.withLock { $0.insert(claims, for: token, limit: limit) }
  }
}
