package import RecordsAPI

/// What an entry of a history tells, as a timeline shows it among other things that happened.
package struct HistoryEvent: Sendable, Equatable {
  /// "status_change", "field_update" or "system".
  package let kind: String
  /// "created", "updated", "status_changed", "stage_changed", "assigned", "won" or "lost"; else the action, such as
  /// "converted".
  package let name: String
  /// What happened, for people.
  package let text: String
  /// The changed fields, without those that follow from activities.
  package let changes: [FieldChange]

  /// Fields that record the time of the latest work.
  private static let echoes: Set = [
    "last_activity_time", "first_contacted_time", "last_contacted_time", "rot_time",
  ]

  /// nil for a change that tells no more than that an activity was logged, which is an entry of its own.
  package init?(_ entry: HistoryEntry) {
    changes = entry.changes.filter { !Self.echoes.contains($0.field) }
    if changes.isEmpty, !entry.changes.isEmpty { return nil }
    let new = Dictionary(
      changes.map { ($0.field, $0.new) },
      uniquingKeysWith: { first, _ in first }
    )
    let isConversion = ["convert", "unconvert"].contains(entry.action)
    if entry.action == "create" {
      (kind, name, text) = ("system", "created", "Created")
    } else if new["stage"] != nil, let status = new["status"], ["won", "lost"].contains(status) {
      (kind, name, text) = ("system", status, status == "won" ? "Won" : "Lost")
    } else if let stage = new["stage"] {
      (kind, name, text) = ("status_change", "stage_changed", "Stage: \(stage.words)")
    } else if let status = new["status"], !isConversion {
      (kind, name, text) = ("status_change", "status_changed", "Status: \(status.words)")
    } else if let owner = new["owner_id"], entry.action == "update", changes.count == 1 {
      (kind, name, text) = ("system", "assigned", owner.isEmpty ? "Unassigned" : "Assigned")
    } else if entry.action == "update" {
      let names = changes.map(\.field.words).joined(separator: ", ")
      (kind, name, text) = ("field_update", "updated", "Changed: \(names)")
    } else {
      let words = entry.action.words
      let ending = isConversion ? "ed" : entry.action.hasSuffix("e") ? "d" : ""
      (kind, name) = ("system", entry.action + ending)
      text = words.prefix(1).uppercased() + words.dropFirst()
    }
  }
}

extension String {
  /// A key, or the name of a field, as words.
  package var words: String { split(separator: "_").joined(separator: " ") }

  /// The object of a kind as words for many of its records: "activities", "scoring rules".
  package var pluralWords: String { hasSuffix("y") ? "\(words.dropLast())ies" : "\(words)s" }
}
