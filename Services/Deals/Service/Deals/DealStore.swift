import DealsAPI
import MeshCore
import MeshRecords
import MeshStore

/// Where deals are, and have been.
extension Deal {
  static let visits = Visits(in: "stage_visits", at: "pipeline_id", "stage")

  /// The sums that are kept of the deals of its stage, which lie in one order.
  var column: TotalsQuery {
    let place = ["pipeline_id": [pipelineId.sqlValue], "stage": [stage.sqlValue]]
    return TotalsQuery("deal_totals", of: Self.schema, where: place)
  }
}

extension ReadTransaction {
  /// Brings up to date what an account knows of its deals; those won before `day` are long ago.
  func noteDeals(of account: inout Account, since day: CalendarDate) throws {
    let own: SQL = "FROM deals WHERE account_id = \(account.id)"
    let open = try value("SELECT 1 \(own) AND status = 'open' LIMIT 1", as: Int.self)
    account.hasOpenDeal = open != nil
    account.lastWonDate = try value(
      "SELECT close_date \(own) AND status = 'won' ORDER BY close_date DESC LIMIT 1"
    )
    account.wonIn12Months = account.lastWonDate.map { $0 >= day } ?? false
  }
}
