import ErrandsAPI
import MeshCore
import MeshProto
import MeshTables
import RecordsAPI
import Testing
import TypeAPI

@testable import MeshImport

@Suite struct `The states of an import` {
  private static let now = Timestamp(microseconds: 1_000_000_000_000)

  private func job(in state: ImportJob.State) -> ImportJob {
    var job = ImportJob(
      id: ImportID(high: 1, low: 1),
      fileName: "x.csv",
      object: "errand",
      validateOnly: false,
      mapping: ImportMapping(columns: [], externalID: nil, sourceSystem: ""),
      creator: "member_1",
      onBehalfOf: nil,
      createTime: Self.now
    )
    job.state = state
    job.receivedBytes = 10
    return job
  }

  private var reading: ImportReading {
    ImportReading(columns: [
      ImportReadColumn(
        column: "Budget",
        field: "budget",
        group: .imported,
        examples: ["1.000"],
        asks: .decimal
      )
    ])
  }

  private func mapping(_ field: String) -> ImportMapping {
    ImportMapping(
      columns: [ImportMapping.Column(index: 0, heading: "Budget", field: field)],
      externalID: nil,
      sourceSystem: "csv"
    )
  }

  @Test func `begin with a survey of the whole file`() throws {
    var job = job(in: .receiving)
    #expect(throws: MeshError.self) { try job.survey(size: 9, goesOn: false) }
    try job.survey(size: 10, goesOn: false)
    #expect(job.state == .surveying)
    job.settle(mapping("budget"), reading, RowPosition(offset: 4, line: 2))
    #expect(job.state == .ready && job.progress.bytes == 4)
  }

  @Test func `go on by themselves unless there is a question`() throws {
    var job = job(in: .receiving)
    try job.survey(size: 10, goesOn: true)
    job.settle(mapping("budget"), reading, RowPosition(offset: 4, line: 2))
    #expect(job.state == .ready)
    #expect(job.questions.map(\.decision) == [.decimal])
    #expect(throws: MeshError.self) { try job.run() }
    try job.change(job.mapping, ImportChoices(decimal: "comma"))
    #expect(job.state == .ready && job.questions.isEmpty)
    try job.run()
    #expect(job.state == .running)
    var free = self.job(in: .receiving)
    try free.survey(size: 10, goesOn: true)
    free.choices = ImportChoices(decimal: "point")
    free.settle(mapping("budget"), reading, RowPosition(offset: 4, line: 2))
    #expect(free.state == .running)
  }

  @Test func `return to the survey when the columns are read otherwise`() throws {
    var job = job(in: .receiving)
    try job.survey(size: 10, goesOn: false)
    job.settle(mapping("budget"), reading, RowPosition(offset: 4, line: 2))
    try job.change(mapping("minutes"), job.choices)
    #expect(job.state == .surveying && job.reading == nil && job.progress.bytes == 0)
    var other = self.job(in: .ready)
    try other.change(other.mapping, ImportChoices(sheet: "Two"))
    #expect(other.state == .surveying)
  }

  @Test(arguments: ImportJob.State.allCases)
  func `can be changed only before it has started`(state: ImportJob.State) {
    var job = job(in: state)
    let isOpen = state == .receiving || state == .ready
    do {
      try job.change(job.mapping, job.choices)
      #expect(isOpen)
    } catch {
      #expect(!isOpen && error.code == .failedPrecondition)
    }
  }

  @Test(arguments: ImportJob.State.allCases)
  func `can be paused while the service works on them`(state: ImportJob.State) {
    var job = job(in: state)
    job.goesOn = true
    job.pause()
    #expect(job.state == (state == .running ? .paused : state))
    #expect(job.goesOn == (state != .surveying))
  }

  @Test func `end when they are paused for 30 days`() {
    var job = job(in: .paused)
    job.startTime = Self.now + .seconds(60)
    #expect(!job.isOverdue(at: Self.now + .seconds(30 * 86_400)))
    #expect(job.isOverdue(at: Self.now + .seconds(30 * 86_400 + 60)))
    job.expire()
    #expect(job.state == .failed && job.failure.contains("paused"))
  }

  @Test(arguments: ImportJob.State.allCases)
  func `can be taken back only once it has ended, and for 30 days`(state: ImportJob.State) {
    var job = job(in: state)
    job.endTime = Self.now
    job.reading = reading
    var late = job
    let isOver = state == .succeeded || state == .failed || state == .cancelled
    let isUndone = state == .undoing || state == .undone
    do {
      try job.beginUndo(at: Self.now + .seconds(29 * 86_400), by: nil)
      #expect(isOver || isUndone)
    } catch {
      #expect(error.code == .failedPrecondition && !isOver)
    }
    #expect((job.state == .undoing) == (isOver || state == .undoing))
    if isOver {
      #expect(throws: MeshError.self) {
        try late.beginUndo(at: Self.now + .seconds(31 * 86_400), by: nil)
      }
    }
  }

  @Test func `cannot be taken back when nobody knows what it did, as of an older version`() {
    var job = job(in: .succeeded)
    job.endTime = Self.now
    #expect(throws: MeshError.self) { try job.beginUndo(at: Self.now, by: nil) }
  }

  @Test func `are as far as the share of the converted rows`() {
    var job = job(in: .running)
    job.progress.position = RowPosition(offset: 4, line: 2)
    #expect(job.processedBytes == 4)
    job.convertedBytes = 40
    #expect(job.processedBytes == 1)
    job.progress.position = RowPosition(offset: 40, line: 9)
    #expect(job.processedBytes == job.receivedBytes)
  }

  @Test func `ask about lists that would get more than ten new values`() {
    func reading(_ count: Int) -> ImportReading {
      ImportReading(
        columns: [ImportReadColumn(column: "State", field: "state", group: .imported)],
        newValues: (0..<count).map { ImportNewValue(field: "state", value: "v\($0)", rows: 1) }
      )
    }
    #expect(reading(10).questions(ImportChoices(), nil).isEmpty)
    let asked = reading(11).questions(ImportChoices(), nil)
    #expect(asked.map(\.decision) == [.newValues] && asked.first?.examples.count == 10)
    #expect(reading(11).questions(ImportChoices(newValues: "add"), nil).isEmpty)
    var fixed = reading(11)
    for place in fixed.newValues.indices { fixed.newValues[place].leftOut = true }
    #expect(fixed.questions(ImportChoices(), nil).isEmpty, "nobody can add to that list")
  }
}

@Suite struct `What a caller sees of a preview` {
  private func shown(
    _ visible: FieldSet,
    knowsAll: Bool,
    state: ImportJob.State = .ready
  ) -> [ImportSample] {
    func sample(_ outcome: ImportRowOutcome) -> ImportSample {
      ImportSample(
        values: ["title", "notes"].map { ImportSampleValue(field: $0, value: "x") },
        remarks: [ImportRowRemark(text: "differs")],
        outcome: outcome
      )
    }
    var job = ImportJob(
      id: ImportID(high: 1, low: 1),
      fileName: "x.csv",
      object: "errand",
      validateOnly: false,
      mapping: ImportMapping(columns: [], externalID: nil, sourceSystem: ""),
      creator: "member_1",
      onBehalfOf: nil,
      createTime: Timestamp(microseconds: 0)
    )
    job.state = state
    job.reading = ImportReading(samples: [sample(.created), sample(.updated)])
    return job.showing(visible, knowsAll: knowsAll, Errand.schema).reading?.samples ?? []
  }

  @Test func `is values of fields that they see, of records that they may read`() throws {
    let notes = try #require(Errand.schema["notes"])
    var seen = FieldSet.all
    seen.bits.remove(notes.index)
    let all = shown(.all, knowsAll: true)
    #expect(all.map { $0.values.map(\.field) } == [["title", "notes"], ["title", "notes"]])
    let few = shown(seen, knowsAll: true)
    #expect(few.map { $0.values.map(\.field) } == [["title"], ["title"]])
    let new = shown(.all, knowsAll: false)
    #expect(new.map(\.values.count) == [2, 0] && new.map(\.remarks.count) == [1, 0])
    #expect(shown(.all, knowsAll: true, state: .running).isEmpty)
  }
}

@Suite struct `A row with a known id` {
  private func agrees(_ title: String, _ other: String) -> Bool {
    SameRecord(Errand.schema).agrees(Errand(title: title), Errand(title: other))
  }

  @Test func `is about the record that is called alike for the most part`() {
    #expect(agrees("Müller & Söhne", "Muller GmbH"))
    #expect(agrees("Berg, Ida", "Ida Berg"))
    #expect(!agrees("Ida Berg", "Ida Lund"), "half of what a thing is called is not enough")
    #expect(!agrees("Ida Berg", "Tom Ness"))
    #expect(!agrees("I. Berg", "I. Ness"), "an initial is no part of a name")
    #expect(agrees("", "Tom Ness"), "there is nothing that differs")
  }
}

@Suite struct `A known record` {
  private let before = Errand(title: "Fetch", notes: "long", urgent: true)

  private func change(_ draft: Errand, _ names: Set<String>, _ choice: ImportChoices.Known)
    -> RecordChange<Errand>
  {
    RecordChange(before, draft, names, Errand.schema, choice, descriptionField: "notes")
  }

  @Test func `gets what it lacks, and keeps what differs`() {
    let draft = Errand(title: "Bring", minutes: 5)
    let filled = change(draft, ["title", "minutes"], .fillEmpty)
    #expect(filled.record.title == "Fetch" && filled.record.minutes == 5)
    #expect(filled.kept.map(\.field.name) == ["title"])
    let updated = change(draft, ["title", "minutes"], .update)
    #expect(updated.record.title == "Bring" && updated.kept.isEmpty)
    let skipped = change(draft, ["title", "minutes"], .skip)
    #expect(skipped.record == before && skipped.kept.count == 2)
  }

  @Test func `says the same of a field that is not seen, whether it differs or not`() throws {
    let notes = try #require(Errand.schema["notes"])
    var seen = FieldSet.all
    seen.bits.remove(notes.index)
    for text in ["long", "short"] {
      let change = RecordChange(
        before,
        Errand(notes: text),
        ["notes"],
        Errand.schema,
        .update,
        descriptionField: "notes",
        ImportFields(visible: seen)
      )
      #expect(change.record == before && change.kept.map(\.new) == [text])
      #expect(change.kept.map(\.old) == [""])
    }
  }

  @Test func `keeps a field that may not be changed, and remarks where it differs`() throws {
    let title = try #require(Errand.schema["title"])
    var editable = FieldSet.all
    editable.bits.remove(title.index)
    let kept = ["Fetch", "Bring"].map { text in
      RecordChange(
        before,
        Errand(title: text),
        ["title"],
        Errand.schema,
        .update,
        descriptionField: nil,
        ImportFields(editable: editable)
      ).kept.count
    }
    #expect(kept == [0, 1])
  }

  @Test func `loses nothing to an empty cell, nor to a text that it has already`() {
    let draft = Errand(notes: "lon")
    let updated = change(draft, ["notes"], .update)
    #expect(updated.record == before && updated.kept.isEmpty)
    #expect(change(Errand(), ["title", "urgent"], .update).record.title == "Fetch")
  }
}
