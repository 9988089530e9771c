import DealsAPI
import MeshCore
import MeshRecords
import MeshStore

/// The stages that deals are in, and have been in.
extension Deal {
  static let visits = Visits(in: "stage_visits", at: "pipeline_id", "stage")

  /// The totals of the deals in its stage, which share one order.
  var column: TotalsQuery {
    let here = ["pipeline_id": [pipelineId.sqlValue], "stage": [stage.sqlValue]]
    return TotalsQuery("deal_totals", of: Self.schema, where: here)
  }
}

extension ReadTransaction {
  /// Updates what an account knows of its deals; a win before `day` no longer counts as recent.
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
