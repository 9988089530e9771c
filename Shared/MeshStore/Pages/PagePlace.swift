import MeshCore

/// Where a page begins, and which way it is read.
struct PagePlace {
  /// The values of the row that it comes after in its direction, in the columns of the order; nil for the
  /// beginning of that direction.
  let values: [SQLValue]?
  let isBackward: Bool
  /// Whether it came from a page's token, so that there may be rows on the other side.
  let isEntered: Bool

  init(after values: [SQLValue]?, isBackward: Bool) {
    self.values = values
    self.isBackward = isBackward
    isEntered = true
  }

  /// Reads a request.
  ///
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token that this store did not make for the same
  ///   list.
  init(_ request: PageRequest, count: Int, _ tokens: PageTokens) throws(MeshError) {
    isEntered = !request.token.isEmpty
    guard isEntered else {
      values = nil
      isBackward = request.isFromEnd
      return
    }
    // The direction, then the row's values or none.
    let counts = [1, 1 + count]
    let token = try tokens.token(request.token, counts: counts)
    isBackward = token.values[0] == .integer(1)
    values = token.values.count == 1 ? nil : Array(token.values.dropFirst())
  }

  func text(_ tokens: PageTokens) -> String {
    let direction = SQLValue.integer(isBackward ? 1 : 0)
    return tokens.text(PageToken(values: [direction] + (values ?? [])))
  }
}
