package import MeshAccess
import MeshCore
import MeshProto
package import MeshStore

/// One way of finding the records that someone may mean.
package struct MatchWay: Sendable {
  fileprivate let name: String
  fileprivate let condition: SQL
  fileprivate let fields: [String]

  /// - Parameters:
  ///   - name: of the way, such as `email`.
  ///   - condition: the records that it finds.
  ///   - fields: that it compares: it finds nothing for a caller who does not see them.
  package init(_ name: String, _ condition: SQL, by fields: String...) {
    self.name = name
    self.condition = condition
    self.fields = fields
  }
}

/// A record that someone may mean.
package struct RecordMatch<Record: StoredRecord>: Sendable {
  package let record: Record
  /// The name of the first way that found it.
  package let matchedBy: String
}

extension ReadTransaction {
  /// The records in a scope that some ways find, as the caller sees them: the first 10 of each way,
  /// each record once.
  ///
  /// - Parameters:
  ///   - ways: the better ones first.
  ///   - condition: what holds for all of them.
  ///   - scope: the caller's.
  /// - Returns: those of the first way first.
  /// - Throws: `StoreError`.
  package func matches<Record: StoredRecord>(
    _ ways: [MatchWay],
    where condition: SQL,
    in scope: Scope<Record>
  ) throws -> [RecordMatch<Record>] {
    var (found, seen): ([RecordMatch<Record>], Set<IDWords?>) = ([], [])
    for way in ways {
      let isSeen = way.fields.allSatisfy { Record.schema[$0].map(scope.visible.contains) == true }
      if !isSeen { continue }
      let records = try records(
        where: "\(way.condition) AND \(condition)",
        in: scope,
        limit: 10
      )
      for record in records where seen.insert(record.recordID).inserted {
        found.append(RecordMatch(record: record.showing(scope.visible), matchedBy: way.name))
      }
    }
    return found
  }
}
