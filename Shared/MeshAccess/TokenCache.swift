import Synchronization

/// Tokens whose signature held, of bounded number.
///
/// In two generations: when the younger is full it becomes the older, whose tokens are forgotten
/// unless they were asked for since. Costs no order to keep and forgets at most half at once.
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

  /// How many tokens are remembered now.
  var count: Int { generations.withLock { $0.young.count + $0.old.count } }

  subscript(token: String) -> TokenClaims? {
    generations.withLock { generations in
      if let claims = generations.young[token] { return claims }
      guard let claims = generations.old.removeValue(forKey: token) else { return nil }
      generations.insert(claims, for: token, limit: limit)
      return claims
    }
  }

  func insert(_ claims: TokenClaims, for token: String) {
    generations.withLock { $0.insert(claims, for: token, limit: limit) }
  }
}
