import MeshImport
import RecordsAPI
import Testing

@Suite struct `The news of an import` {
  private func news(_ state: RecordImportState, _ change: (inout RecordImport) -> Void = { _ in })
    -> ImportNews?
  {
    var job = RecordImport(state: state)
    change(&job)
    return ImportNews(of: job)
  }

  @Test func `says how many rows ended in which way, and nothing of ways in which none did`() {
    let ended = news(.succeeded) {
      ($0.rows, $0.created, $0.updated, $0.restored) = (15, 1, 2, 3)
      ($0.unchanged, $0.refused) = (4, 5)
    }
    #expect(ended?.title == "An import has ended" && ended?.hasFailed == false)
    #expect(ended?.message == "Rows: 1 created, 2 updated, 3 restored, 4 unchanged, 5 refused.")
    #expect(news(.succeeded) { ($0.rows, $0.updated) = (5, 5) }?.message == "Rows: 5 updated.")
    #expect(news(.succeeded)?.message == "It had no rows.")
  }

  @Test func `says why it failed, and that it was a dry run`() {
    let failed = news(.failed) { ($0.created, $0.failure) = (3, "the disk is full") }
    #expect(failed?.title == "An import has failed" && failed?.hasFailed == true)
    #expect(failed?.message == "the disk is full")
    let trial = news(.succeeded) { ($0.validateOnly, $0.created) = (true, 1) }
    #expect(trial?.title == "A dry run of an import has ended")
  }

  @Test func `comes with its end alone`() {
    for state: RecordImportState in [.receiving, .running, .undoing] { #expect(news(state) == nil) }
  }
}
