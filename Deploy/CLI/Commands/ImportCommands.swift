import LeadsAPI
import MeshCore
import MeshLoop
import RecordsAPI

extension Command {
  static let importLeads = importRecords("lead")
  static let importAccounts = importRecords("account")
  static let importContacts = importRecords("contact")
  static let importDeals = importRecords("deal")
  static let importTasks = importRecords("task")

  private static func importRecords(_ object: String) -> Command {
    Command(
      name: "import \(object)s",
      arguments: "FILE --tenant SUBDOMAIN",
      summary:
        "Imports a file of \(object)s; exit code 1 when it fails or has an open question, 3 when rows were refused.",
      options: ImportOptions.help,
      flags: ImportOptions.flags
    ) { arguments throws(CommandError) in
      let isJSON = arguments.takeFlag("json")
      let mesh = Mesh(try MeshFolder(&arguments))
      let subdomain = try arguments.need("tenant")
      var options = try ImportOptions(&arguments)
      let path = try arguments.word("FILE")
      try arguments.finish()
      let source = try ContentSource(file: path)
      let tenant = try await mesh.tenant(subdomain).id
      if !options.owner.isEmpty {
        options.choices.ownerId = try await mesh.member(options.owner, of: tenant).description
      }
      let calls = mesh.importCalls(of: object, in: tenant)
      let summary = try await importFile(source, options, calls, subdomain, mesh, shows: !isJSON)
      if isJSON { try Terminal.print(summary.json) } else { try Terminal.print(summary.text) }
      if summary.hasFailed { throw .failed(summary.failure) }
      if summary.end.refused > 0 {
        let rows = "\(summary.end.refused.grouped) row\(summary.end.refused == 1 ? "" : "s")"
        throw .refused("\(rows) of \(summary.end.fileName) refused".printable)
      }
    }
  }

  @LoopActor
  private static func importFile(
    _ source: ContentSource,
    _ options: ImportOptions,
    _ calls: any ImportCalls,
    _ subdomain: String,
    _ mesh: Mesh,
    shows: Bool
  ) async throws(CommandError) -> ImportSummary {
    let display = ProgressDisplay(isWanted: shows, isDryRun: options.isDryRun)
    defer { display.end() }
    let run = ImportRun(mesh: mesh, calls: calls) { display.show($0) }
    let begin = ContinuousClock.now
    let end = try await run.run(source, options) { read throws(CommandError) in
      guard shows, let reading = read.reading else { return }
      display.end()
      try Terminal.print(ReadingReport(reading, of: read.fileName).text)
    }
    let time = ContinuousClock.now - begin
    let incomplete = try await run.incomplete(in: end.id)
    let files = try await writeRows(of: end, options, run)
    return ImportSummary(
      end: end,
      tenant: subdomain,
      refusedRows: try await faults(of: end.id, taken: false, run),
      incomplete: incomplete,
      incompleteRows: incomplete == 0 ? [] : try await faults(of: end.id, taken: true, run),
      isDryRun: options.isDryRun,
      files: files,
      time: time
    )
  }

  /// Writes the files of rows that were asked for; without such rows they have only headings.
  ///
  /// - Returns: each file with what is in it.
  @LoopActor
  private static func writeRows(
    of end: Import,
    _ options: ImportOptions,
    _ run: ImportRun
  ) async throws(CommandError) -> [(path: String, what: String)] {
    if end.reading == nil { return [] }
    var files: [(path: String, what: String)] = []
    for (path, refusedOnly) in [(options.refused, true), (options.remarks, false)]
    where !path.isEmpty {
      try await run.writeRows(of: end.id, refusedOnly: refusedOnly, to: path)
      files.append((path, refusedOnly ? "Refused rows" : "Rows with remarks"))
    }
    return files
  }

  static let importUndo = Command(
    name: "import undo",
    arguments: "IMPORT --tenant SUBDOMAIN",
    summary: "Takes back what an import made and changed; what has been changed since is left.",
    options: ["--tenant SUBDOMAIN": "The tenant"]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let id = try arguments.word("IMPORT")
    try arguments.finish()
    let tenant = try await mesh.tenant(subdomain).id
    let calls = try await mesh.importCalls(having: id, in: tenant)
    let end = try await ImportRun(mesh: mesh, calls: calls) { _ in }.undone(id)
    let undo = end.undo ?? ImportUndo()
    if isJSON {
      var json = JSONWriter()
      json.beginObject()
      json.key("import_id")
      json.string(end.id)
      for (key, value) in [
        ("deleted", undo.deleted), ("put_back", undo.putBack), ("left", undo.left),
      ] {
        json.key(key)
        json.integer(value)
      }
      json.endObject()
      try Terminal.print(json)
    } else {
      try Terminal.print(
        """
        \(end.fileName.printable) was taken back (\(end.id))
          in the trash  \(undo.deleted.grouped)
          as before     \(undo.putBack.grouped)
          left          \(undo.left.grouped), changed since
        """
      )
    }
  }

  /// As many entries as a summary has room for.
  @LoopActor
  private static func faults(
    of id: String,
    taken isTaken: Bool,
    _ run: ImportRun
  ) async throws(CommandError) -> [RefusedRow] {
    var rows: [RefusedRow] = []
    try await run.faults(of: id, taken: isTaken) { page in
      rows += page
      return rows.count < ImportSummary.rowsInJSON
    }
    return rows
  }

  static let importRefused = importFaults(
    "import refused",
    taken: false,
    "Lists every row that an import refused; with --json one object a line."
  )
  static let importIncomplete = importFaults(
    "import incomplete",
    taken: true,
    "Lists rows that lack another record that they name; with --json one object a line."
  )

  private static func importFaults(
    _ name: String,
    taken isTaken: Bool,
    _ summary: String
  ) -> Command {
    Command(
      name: name,
      arguments: "IMPORT --tenant SUBDOMAIN",
      summary: summary,
      options: ["--tenant SUBDOMAIN": "The tenant"]
    ) { arguments throws(CommandError) in
      let isJSON = arguments.takeFlag("json")
      let mesh = Mesh(try MeshFolder(&arguments))
      let subdomain = try arguments.need("tenant")
      let id = try arguments.word("IMPORT")
      try arguments.finish()
      let tenant = try await mesh.tenant(subdomain).id
      let calls = try await mesh.importCalls(having: id, in: tenant)
      let run = ImportRun(mesh: mesh, calls: calls) { _ in }
      try await run.faults(of: id, taken: isTaken) { rows throws(CommandError) in
        for row in rows {
          if isJSON {
            var json = JSONWriter()
            row.write(to: &json)
            try Terminal.print(json)
          } else {
            try Terminal.print(row.text)
          }
        }
        return true
      }
    }
  }
}

/// Shows an import's progress.
@LoopActor
private final class ProgressDisplay {
  private var line: ProgressLine
  private let isDryRun: Bool

  init(isWanted: Bool, isDryRun: Bool) {
    line = ProgressLine(isWanted: isWanted)
    self.isDryRun = isDryRun
  }

  func show(_ current: Import) {
    let size = max(current.receivedBytes, 1)
    let mebibytes = Double(current.receivedBytes * 10 / 1_048_576) / 10
    if current.state == .receiving {
      line.show("sending: \(mebibytes) MiB")
    } else if current.state == .surveying || current.state == .ready {
      line.show("reading \(mebibytes) MiB")
    } else {
      let percent = current.processedBytes * 100 / size
      let created = isDryRun ? "would be created" : "created"
      let refused = isDryRun ? "would be refused" : "refused"
      line.show(
        "\(percent) %: \(current.rows.grouped) rows, \(current.created.grouped) \(created), "
          + "\(current.refused.grouped) \(refused)"
      )
    }
  }

  func end() { line.end() }
}

extension Mesh {
  /// The calls by which files of a kind of record are imported.
  func importCalls(of object: String, in tenant: TenantID) -> any ImportCalls {
    let options = options(in: tenant)
    switch object {
    case "lead": return LeadImportCalls(service: imports, options: options)
    case "task": return RecordImportCalls(service: taskImports, options: options, object: object)
    default: return RecordImportCalls(service: recordImports, options: options, object: object)
    }
  }

  /// The calls of the service that has an import: of leads, of tasks, or of accounts, contacts and deals.
  ///
  /// - Throws: `.failed` when a service does not answer.
  func importCalls(
    having id: String,
    in tenant: TenantID
  ) async throws(CommandError) -> any ImportCalls {
    for object in ["lead", "task"] {
      let calls = importCalls(of: object, in: tenant)
      let isThere = try await ask { () async throws(MeshError) -> Bool in
        do throws(MeshError) {
          _ = try await calls.get(id)
          return true
        } catch {
          if error.code == .notFound { return false }
          throw error
        }
      }
      if isThere { return calls }
    }
    return importCalls(of: "deal", in: tenant)
  }
}
