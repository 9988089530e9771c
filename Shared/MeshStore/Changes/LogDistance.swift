package import MeshCore

/// How much of a log comes after a place, with what is not handed out yet because earlier changes may come.
package struct LogDistance: Hashable, Sendable {
  /// The changes that were looked for and found.
  package var changes = 0
  /// Whether the log goes on behind what was searched.
  package var isMore = false
  /// When the first of the changes was made, or the last one searched if none was found; nil at the end of
  /// the log.
  package var oldestTime: Timestamp?
}

extension Store {
  /// How much of the log comes after a place.
  ///
  /// - Parameters:
  ///   - sequence: the place.
  ///   - objects: the kinds of resource that count; none for all.
  ///   - most: how many changes of any kind are searched.
  /// - Returns: the distance, exact if the log has no more than `most` changes after the place.
  /// - Throws: FAILED_PRECONDITION with reason FOREIGN_CURSOR when the log after the place is no longer kept
  ///   whole; UNAVAILABLE.
  package func distance(
    after sequence: Int64,
    objects: [String] = [],
    searching most: Int = 10_000
  ) async throws -> LogDistance {
    try await systemRead { transaction in
      let session = transaction.session
      try LogState.requireWhole(after: sequence, session)
      var distance = LogDistance()
      var (searched, oldest, last): (Int, Int64?, Int64?) = (0, nil, nil)
      try session.runOwn(
        """
        SELECT sequence, object FROM main.mesh_changes WHERE sequence > \(sequence)
        ORDER BY sequence LIMIT \(most + 1)
        """
      ) { row in
        guard searched < most else {
          distance.isMore = true
          return false
        }
        searched += 1
        last = row.int64(0)
        if objects.isEmpty || objects.contains(row.text(1)) {
          distance.changes += 1
          oldest = oldest ?? last
        }
        return true
      }
      guard let place = oldest ?? (distance.isMore ? last : nil) else { return distance }
      distance.oldestTime = try session.firstOwn(
        "SELECT time FROM main.mesh_changes WHERE sequence = \(place)"
      ) { row in try row.next() }
      return distance
    }
  }
}
