import LeadsAPI
import MeshCore
import MeshPeers
import MeshStore
import TypeAPI

/// When a lead was contacted, according to its activities.
struct LeadContacts: Sendable {
  let first: Timestamp?
  let last: Timestamp?
}

/// SQL of the activities by which leads were contacted.
extension ReadTransaction {
  func contacts(of lead: LeadID) throws -> LeadContacts {
    let times: SQL = "FROM lead_contacts WHERE lead_id = \(lead)"
    return LeadContacts(
      first: try value("SELECT time \(times) ORDER BY time LIMIT 1"),
      last: try value("SELECT time \(times) ORDER BY time DESC LIMIT 1")
    )
  }

  /// The leads that were contacted by an activity, as it was last known.
  func leadsContacted(by activity: LoggedActivity) throws -> [LeadID] {
    try rows("SELECT lead_id FROM lead_contacts WHERE activity_id = \(activity.id)") { row in
      try row.next(LeadID.self)
    }
  }
}

extension WriteTransaction {
  /// Keeps which leads were contacted by an activity, in place of what was known of it.
  func keepContacts(by activity: LoggedActivity, with leads: [LeadID]) throws {
    let id = activity.id
    try post("DELETE FROM lead_contacts WHERE activity_id = \(id)")
    guard let time = activity.contactTime else { return }
    for lead in Set(leads).sorted() {
      try post(
        """
        INSERT INTO lead_contacts (activity_id, lead_id, time)
        VALUES (\(id), \(lead), \(time))
        """
      )
    }
  }
}
