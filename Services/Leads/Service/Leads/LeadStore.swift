import LeadsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore
import TypeAPI

/// Queries of leads besides those of every record.
extension ReadTransaction {
  /// A lead as it is now.
  func lead(_ id: LeadID) throws -> Lead? {
    try record(id.words, in: scope(forCalculation: "scoring"))
  }
}
