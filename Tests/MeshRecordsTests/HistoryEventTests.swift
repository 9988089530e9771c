import MeshCore
import MeshRecords
import RecordsAPI
import Testing

@Suite struct `What an entry of a history tells` {
  private func event(_ action: String, _ changes: (String, String, String)...) -> HistoryEvent? {
    var entry = HistoryEntry(action: action)
    entry.changes = changes.map { FieldChange(field: $0.0, old: $0.1, new: $0.2) }
    return HistoryEvent(entry)
  }

  private func told(_ event: HistoryEvent?) -> [String]? {
    event.map { [$0.kind, $0.name, $0.text] }
  }

  @Test func `is a change of status or stage, where there is one`() {
    let status = event("update", ("status", "new", "not_reached"), ("city", "", "Bonn"))
    #expect(told(status) == ["status_change", "status_changed", "Status: not reached"])
    #expect(status?.changes.count == 2)
    let stage = event("move", ("stage", "new", "demo"), ("probability", "10", "40"))
    #expect(told(stage) == ["status_change", "stage_changed", "Stage: demo"])
  }

  @Test func `is that a deal is won or lost`() {
    let won = event("move", ("stage", "demo", "closed_won"), ("status", "open", "won"))
    #expect(told(won) == ["system", "won", "Won"])
    let lost = event("update", ("stage", "demo", "out"), ("status", "open", "lost"))
    #expect(told(lost) == ["system", "lost", "Lost"])
    let reopened = event("reopen", ("stage", "out", "demo"), ("status", "lost", "open"))
    #expect(told(reopened) == ["status_change", "stage_changed", "Stage: demo"])
  }

  @Test func `is whose it is, when nothing else has changed`() {
    #expect(
      told(event("update", ("owner_id", "", "member_x"))) == ["system", "assigned", "Assigned"]
    )
    #expect(
      told(event("update", ("owner_id", "member_x", ""))) == ["system", "assigned", "Unassigned"]
    )
    let more = event("update", ("owner_id", "", "member_x"), ("city", "", "Bonn"))
    #expect(told(more) == ["field_update", "updated", "Changed: owner id, city"])
  }

  @Test func `is what was done, else`() {
    #expect(told(event("create", ("status", "", "new"))) == ["system", "created", "Created"])
    #expect(told(event("delete")) == ["system", "deleted", "Delete"])
    let qualified = event("qualify", ("status", "new", "qualified"))
    #expect(told(qualified) == ["status_change", "status_changed", "Status: qualified"])
    let converted = event("convert", ("status", "qualified", "converted"))
    #expect(told(converted) == ["system", "converted", "Convert"])
    #expect(told(event("assess", ("bant", "", "x"))) == ["system", "assess", "Assess"])
  }

  @Test func `is nothing where it only says that an activity was logged`() {
    let echo = event(
      "update",
      ("last_activity_time", "", "2026-01-01T00:00:00Z"),
      ("last_contacted_time", "", "2026-01-01T00:00:00Z")
    )
    #expect(echo == nil)
    let more = event("update", ("rot_time", "", "x"), ("city", "", "Bonn"))
    #expect(told(more) == ["field_update", "updated", "Changed: city"])
  }
}
