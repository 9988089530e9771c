import LeadsAPI
import RecordsAPI
import Testing

@testable import leadmesh

@Suite struct `A mapping on the command line` {
  private func options(_ entries: String...) throws -> ImportOptions {
    var arguments = try Arguments(entries.flatMap { ["--map", $0] })
    return try ImportOptions(&arguments)
  }

  private let columns = [
    ImportReadColumn(index: 0, column: "Name", field: "last_name"),
    ImportReadColumn(index: 1, column: "Mobile", field: "phone"),
    ImportReadColumn(index: 2, column: "Work"), ImportReadColumn(index: 3, column: "x=y"),
  ]

  @Test func `overrides what the service suggests, and takes a field for itself`() throws {
    let mapping = try options("Work=phone", "x=y=city").mapping(over: columns)
    #expect(mapping.map(\.column) == ["Name", "Mobile", "Work", "x=y"])
    #expect(mapping.map(\.field) == ["last_name", "", "phone", "city"])
    #expect(mapping.map(\.place) == [1, 2, 3, 4])
  }

  @Test func `can leave a column out`() throws {
    let mapping = try options("Mobile=").mapping(over: columns)
    #expect(mapping.map(\.field) == ["last_name", "", "", ""])
  }

  @Test func `is refused when it names no column of the file`() throws {
    #expect(
      throws: CommandError.failed(
        "--map: the file has no column “Fax”; it has “Name”, “Mobile”, “Work”, “x=y”"
      )
    ) {
      _ = try options("Fax=phone").mapping(over: columns)
    }
  }

  @Test(arguments: ["Fax", "=phone"]) func `is refused without a column`(text: String) {
    #expect(throws: CommandError.usage("--map: “\(text)” is not COLUMN=FIELD")) {
      _ = try options(text)
    }
  }
}

@Suite struct `What an import decides on the command line` {
  @Test func `is said in words of its own, which the service spells otherwise`() throws {
    var arguments = try Arguments(
      [
        "--known", "fill-empty", "--new-values", "leave-out", "--decimal", "comma",
        "--dates", "dmy", "--country", "de", "--sheet", "Leads", "--keep-left-out",
        "--refused", "r.csv", "--remarks", "m.csv",
      ],
      flags: ImportOptions.flags
    )
    let options = try ImportOptions(&arguments)
    try arguments.finish()
    #expect(options.choices.known == "fill_empty")
    #expect(options.choices.newValues == "leave_out")
    #expect(options.choices.decimal == "comma")
    #expect(options.dateOrder == "dmy")
    #expect(options.choices.region == "DE")
    #expect(options.choices.sheet == "Leads")
    #expect(options.choices.keepLeftOut)
    #expect(options.refused == "r.csv" && options.remarks == "m.csv")
  }

  @Test func `is refused in other words`() throws {
    var arguments = try Arguments(["--known", "merge"])
    let rule = "--known must be one of fill-empty, update, skip, create, not “merge”"
    #expect(throws: CommandError.usage(rule)) {
      _ = try ImportOptions(&arguments)
    }
  }

  @Test func `answers a question with an option`() {
    let question = ImportQuestion(decision: .decimal, text: "Which?", examples: ["1.000"])
    #expect(question.line == "Which? (--decimal point or --decimal comma): “1.000”")
  }
}
