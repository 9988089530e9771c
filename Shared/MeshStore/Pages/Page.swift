package import MeshCore

/// Which page of a list is asked for.
package struct PageRequest: Hashable, Sendable {
  package static let defaultSize = 20
  package static let largestSize = 1000
  /// Bytes of the texts and blobs of a page's rows: half of what a message may have.
  ///
  /// A page has fewer rows than were asked for, but one at least, when more do not fit.
  package static let mostBytes = 2 << 20
  /// Bytes of a token: eight columns of an order have about five thousand.
  private static let mostTokenBytes = 8 << 10

  /// 1...1000 rows.
  package let size: Int
  /// Empty for the first page, or the last.
  package let token: String
  /// Whether the list is entered at its end; a token says by itself which way it goes.
  package let isFromEnd: Bool

  /// - Parameters:
  ///   - size: 0 for the default; more than the largest size gets the largest.
  ///   - token: a token of another page of the list, or nothing.
  ///   - isFromEnd: whether the page without a token is the last one.
  /// - Throws: INVALID_ARGUMENT for a negative size, and (INVALID_PAGE_TOKEN) for a text that is longer than
  ///   any token.
  package init(size: Int32, token: String, isFromEnd: Bool = false) throws(MeshError) {
    guard size >= 0 else { throw .invalid("page_size", "must not be negative") }
    guard token.utf8.count <= Self.mostTokenBytes else { throw PageToken.invalid }
    self.size = size == 0 ? Self.defaultSize : min(Int(size), Self.largestSize)
    self.token = token
    self.isFromEnd = isFromEnd
  }

  /// Whether it is the list's first page.
  package var isFirst: Bool { token.isEmpty && !isFromEnd }
}

/// One page of a list.
package struct Page<Element: Sendable>: Sendable {
  /// In the order of the list.
  package let elements: [Element]
  /// Asks for the next page; empty when this is the last.
  package let nextToken: String
  /// Asks for the page before; empty when this is the first.
  package let previousToken: String

  package init(elements: [Element], nextToken: String, previousToken: String = "") {
    self.elements = elements
    self.nextToken = nextToken
    self.previousToken = previousToken
  }
}

/// The tokens of the places behind the rows of a page, which tell nothing of the rows.
package struct RowTokens: Sendable {
  fileprivate let rows: [[SQLValue]]
  fileprivate let tokens: PageTokens

  /// The token of the place behind a row of the page.
  package func text(after index: Int) -> String {
    PagePlace(after: rows[index], isBackward: false).text(tokens)
  }
}

/// A number of rows, counted as far as it is worth while.
package enum CappedCount: Hashable, Sendable {
  case exactly(Int)
  case moreThan(Int)

  /// As far as lists are counted.
  package static let most = 1_000

  /// The count of rows, at most one more than `most` of which were read.
  package static func of(_ read: Int) -> CappedCount {
    read > most ? .moreThan(most) : .exactly(read)
  }
}

extension Transaction {
  /// One page of the rows that `condition` holds for, in the order of `keyset`.
  ///
  /// It can be entered at either end, and left in both directions. Where rows are gone since its token was
  /// made, a page may be empty and yet have a token for the way back.
  ///
  /// - Parameters:
  ///   - columns: what `decode` reads.
  ///   - source: the tables, as after FROM.
  ///   - condition: as after WHERE.
  ///   - keyset: the order.
  ///   - request: which page.
  ///   - binding: the texts that the list depends on (filter, order, query): a token made for others
  ///     is refused.
  ///   - size: bytes of a row; by default of its texts and blobs.
  ///   - decode: reads one row's columns in order.
  /// - Returns: up to `request.size` rows, of at most `PageRequest.mostBytes` bytes.
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token that is not of this list.
  package func page<Element>(
    _ columns: SQL,
    from source: SQL,
    where condition: SQL = "TRUE",
    by keyset: Keyset,
    _ request: PageRequest,
    bound binding: [String],
    size: (borrowing Row, Element) -> Int = { row, _ in row.byteCount },
    _ decode: (inout Row) throws -> Element
  ) throws -> Page<Element> {
    var marks: [[SQLValue]]?
    return try page(
      columns,
      from: source,
      where: condition,
      by: keyset,
      request,
      tokens(bound: binding),
      size: size,
      &marks,
      decode
    )
  }

  /// As `page`, of rows whose existence may not be told until it is known who may read them: forwards only, and with a
  /// token for the place behind each row.
  package func sealedPage<Element>(
    _ columns: SQL,
    from source: SQL,
    where condition: SQL,
    by keyset: Keyset,
    _ request: PageRequest,
    bound binding: [String],
    size: (borrowing Row, Element) -> Int = { row, _ in row.byteCount },
    _ decode: (inout Row) throws -> Element
  ) throws -> (page: Page<Element>, tokens: RowTokens) {
    let tokens = tokens(bound: binding, isSealed: true)
    var marks: [[SQLValue]]? = []
    let page = try page(
      columns,
      from: source,
      where: condition,
      by: keyset,
      request,
      tokens,
      size: size,
      &marks,
      decode
    )
    return (page, RowTokens(rows: marks ?? [], tokens: tokens))
  }

  private func tokens(bound binding: [String], isSealed: Bool = false) -> PageTokens {
    PageTokens(
      key: session.pageKey,
      binding: [scopeBytes] + binding.map { Array($0.utf8) },
      isSealed: isSealed
    )
  }

  /// The page; `marks` takes each row's place in the order, unless it is nil.
  private func page<Element>(
    _ columns: SQL,
    from source: SQL,
    where condition: SQL,
    by keyset: Keyset,
    _ request: PageRequest,
    _ tokens: PageTokens,
    size: (borrowing Row, Element) -> Int,
    _ marks: inout [[SQLValue]]?,
    _ decode: (inout Row) throws -> Element
  ) throws -> Page<Element> {
    let place = try PagePlace(request, count: keyset.count, tokens)
    let keyset = place.isBackward ? keyset.backward : keyset
    var elements: [Element] = []
    var (first, last): ([SQLValue], [SQLValue]) = ([], [])
    var hasMore = false
    var bytes = 0
    let parts = try keyset.readingList(in: self).parts(after: place.values)
    for part in parts where !hasMore {
      let query: SQL = """
        SELECT \(keyset.columns), \(columns) FROM \(source)
        WHERE \([condition, part.condition].allHold)
        ORDER BY \(part.order) LIMIT \(request.size + 1 - elements.count)
        """
      try forEach(query) { row in
        guard elements.count < request.size else {
          hasMore = true
          return false
        }
        row.skip(keyset.count)
        let element = try decode(&row)
        let more = size(row, element)
        guard elements.isEmpty || bytes + more <= PageRequest.mostBytes else {
          hasMore = true
          return false
        }
        bytes += more
        elements.append(element)
        marks?.append(row.values(keyset.count))
        if elements.count == 1, place.isEntered { first = row.values(keyset.count) }
        // Any row may be the last one from half of the bytes on, as the next may have the other half.
        if elements.count == request.size || bytes > PageRequest.mostBytes / 2 {
          last = row.values(keyset.count)
        }
        return true
      }
    }
    // After a row without a value in the order, no row would be found.
    if let column = (first + last).firstIndex(of: .null) {
      throw StoreError.decoding(column: column, expected: "a value to order by")
    }
    let onward = hasMore ? PagePlace(after: last, isBackward: place.isBackward).text(tokens) : ""
    // Without any rows, whatever there is lies on the way back.
    let before = PagePlace(after: elements.isEmpty ? nil : first, isBackward: !place.isBackward)
    let back = place.isEntered ? before.text(tokens) : ""
    return place.isBackward
      ? Page(elements: elements.reversed(), nextToken: back, previousToken: onward)
      : Page(elements: elements, nextToken: onward, previousToken: back)
  }

  /// How many rows `condition` holds for, as far as `limit`.
  package func count(
    from source: SQL,
    where condition: SQL = "TRUE",
    upTo limit: Int = CappedCount.most
  ) throws -> CappedCount {
    let found = try value(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM \(source) WHERE \(condition) LIMIT \(limit + 1)
      ) AS counted
      """,
      as: Int.self
    )
    let count = found ?? 0
    return count > limit ? .moreThan(limit) : .exactly(count)
  }
}
