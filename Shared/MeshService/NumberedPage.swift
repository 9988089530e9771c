import MeshCore

/// A page of a list for the operator, whose entries have ascending numbers.
struct NumberedPage {
  private static let defaultSize: Int32 = 100
  private static let largest: Int32 = 1_000

  /// The number after which it begins.
  let after: Int64
  let size: Int

  /// - Throws: INVALID_ARGUMENT for a size beyond 1,000, or an invalid token.
  init(size: Int32, token: String) throws(MeshError) {
    guard (0...Self.largest).contains(size) else {
      throw .invalid("page_size", "must be from 0 to 1,000")
    }
    let after = token.isEmpty ? 0 : Int64(token)
    guard let after, after >= 0 else {
      throw .invalid(
        "page_token",
        "must be a next_page_token of this list",
        reason: .invalidPageToken
      )
    }
    self.after = after
    self.size = Int(size == 0 ? Self.defaultSize : size)
  }

  /// The numbers of entries that a request names, each once and in their order.
  static func numbers(_ numbers: [Int64]) throws(MeshError) -> [Int64] {
    guard (1...Int(largest)).contains(numbers.count) else {
      throw .invalid("numbers", "must have 1 to 1,000 entries")
    }
    return Set(numbers).sorted()
  }
}
