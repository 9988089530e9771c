package import MeshCore
package import MeshStore

// Paths along links between records, such as tasks that wait for one another.

/// The most records that a search for a path visits.
private let mostFollowed = 10_000

extension ReadTransaction {
  /// A shortest path from a record to another one, along links from each to those that follow it.
  ///
  /// - Parameters:
  ///   - start: where it begins.
  ///   - end: where it ends.
  ///   - links: a query whose two columns are the ids of a record and of one that follows it, for a condition on
  ///     some records.
  /// - Returns: the records on the path in order, with both ends; nil when there is no path.
  /// - Throws: FAILED_PRECONDITION when more than 10,000 records follow the first one; `StoreError`.
  package func path<Kind>(
    from start: ID<Kind>,
    to end: ID<Kind>,
    _ links: ([IDWords]) -> SQL
  ) throws -> [ID<Kind>]? {
    var came: [ID<Kind>: ID<Kind>] = [:]
    var (seen, frontier): (Set<ID<Kind>>, [ID<Kind>]) = ([start], [start])
    while !seen.contains(end) {
      if frontier.isEmpty { return nil }
      guard seen.count <= mostFollowed else {
        throw MeshError.failedPrecondition("too many records follow one another here")
      }
      let found = try rows(links(frontier.map(\.words))) { row in
        (from: try row.next(ID<Kind>.self), to: try row.next(ID<Kind>.self))
      }
      frontier = []
      for link in found where seen.insert(link.to).inserted {
        came[link.to] = link.from
        frontier.append(link.to)
      }
    }
    var path = [end]
    while let last = path.last, last != start, let before = came[last] { path.append(before) }
    return path.reversed()
  }
}
