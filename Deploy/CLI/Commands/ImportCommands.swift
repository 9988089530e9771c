import LeadsAPI
import MeshCore
import MeshLoop

extension Command {
  static let importLeads = Command(
    name: "import leads",
    arguments: "FILE --tenant SUBDOMAIN",
    summary: "Imports a CSV file of leads; exit code 1 when it fails, 0 even if rows are refused.",
    options: [
      "--tenant SUBDOMAIN": "The tenant",
      "--map \"COLUMN=FIELD\"":
        "Fills a field from a column, or leaves the column out (\"COLUMN=\"); may be repeated",
      "--source-system NAME": "System that made the file. Default: as its header shows, else csv",
      "--external-id-column NAME": "Column that identifies a row. Default: as the header shows",
    ]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let options = try ImportOptions(&arguments)
    let path = try arguments.word("FILE")
    try arguments.finish()
    let source = try ContentSource(file: path)
    let calls = mesh.leadImports(in: try await mesh.tenant(subdomain).id)
    let report = try await importFile(source, options, calls, subdomain, mesh, shows: !isJSON)
    if isJSON { try Terminal.print(report.json) } else { try Terminal.print(report.text) }
    if report.hasFailed { throw .failed(report.failure) }
  }

  static let importAccounts = importRecords("account")
  static let importContacts = importRecords("contact")
  static let importDeals = importRecords("deal")

  private static func importRecords(_ object: String) -> Command {
    Command(
      name: "import \(object)s",
      arguments: "FILE --tenant SUBDOMAIN",
      summary:
        "Imports a CSV file of \(object)s; exit code 1 when it fails, 0 even if rows are refused.",
      options: [
        "--tenant SUBDOMAIN": "The tenant",
        "--map \"COLUMN=FIELD\"":
          "Fills a field from a column, or leaves the column out (\"COLUMN=\"); may be repeated",
        "--value \"COLUMN:FROM=TO\"":
          "Reads another value in place of one, such as a misspelt one; may be repeated",
        "--date-order ORDER":
          "mdy or dmy, for dates such as 3/1/2017. Default: as in the tenant's region",
        "--dry-run": "Reports what the import would do, and makes nothing",
        "--source-system NAME": "System that made the file. Default: as its header shows, else csv",
        "--external-id-column NAME": "Column that identifies a row. Default: as the header shows",
      ],
      flags: ["dry-run"]
    ) { arguments throws(CommandError) in
      let isJSON = arguments.takeFlag("json")
      let mesh = Mesh(try MeshFolder(&arguments))
      let subdomain = try arguments.need("tenant")
      let options = try ImportOptions(ofRecords: &arguments)
      let path = try arguments.word("FILE")
      try arguments.finish()
      let source = try ContentSource(file: path)
      let tenant = try await mesh.tenant(subdomain).id
      let calls = mesh.importCalls(of: object, options, in: tenant)
      let report = try await importFile(source, options, calls, subdomain, mesh, shows: !isJSON)
      if isJSON { try Terminal.print(report.json) } else { try Terminal.print(report.text) }
      if report.hasFailed { throw .failed(report.failure) }
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
  ) async throws(CommandError) -> ImportReport {
    let line = ImportProgress(isWanted: shows, isDryRun: options.isDryRun)
    defer { line.end() }
    let file = FileImport(mesh: mesh, calls: calls) { line.show($0) }
    let begin = ContinuousClock.now
    let end = try await file.run(source, options)
    let time = ContinuousClock.now - begin
    let incomplete = try await file.incomplete(in: end.id)
    return ImportReport(
      end: end,
      tenant: subdomain,
      refusedRows: try await faults(of: end.id, created: false, file),
      incomplete: incomplete,
      incompleteRows: incomplete == 0 ? [] : try await faults(of: end.id, created: true, file),
      isDryRun: options.isDryRun,
      time: time
    )
  }

  /// As many entries as a report has room for.
  @LoopActor
  private static func faults(
    of id: String,
    created isCreated: Bool,
    _ file: FileImport
  ) async throws(CommandError) -> [RefusedRow] {
    var rows: [RefusedRow] = []
    try await file.faults(of: id, created: isCreated) { page in
      rows += page
      return rows.count < ImportReport.rowsInJSON
    }
    return rows
  }

  static let importRefused = importFaults(
    "import refused",
    created: false,
    "Lists every row that an import refused; with --json one object a line."
  )
  static let importIncomplete = importFaults(
    "import incomplete",
    created: true,
    "Lists rows that became records without another that they name; with --json one object a line."
  )

  private static func importFaults(
    _ name: String,
    created isCreated: Bool,
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
      let file = FileImport(mesh: mesh, calls: calls) { _ in }
      try await file.faults(of: id, created: isCreated) { rows throws(CommandError) in
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
private final class ImportProgress {
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
  /// The calls by which files of leads are imported.
  func leadImports(in tenant: TenantID) -> any ImportCalls {
    LeadImportCalls(service: imports, options: options(in: tenant))
  }

  /// The calls by which files of accounts, contacts or deals are imported.
  func importCalls(
    of object: String,
    _ asked: ImportOptions,
    in tenant: TenantID
  ) -> any ImportCalls {
    RecordImportCalls(
      service: recordImports,
      options: options(in: tenant),
      object: object,
      asked: asked
    )
  }

  /// The calls of the service that has an import: of leads, or of accounts, contacts and deals.
  ///
  /// - Throws: `.failed` when Leads does not answer.
  func importCalls(
    having id: String,
    in tenant: TenantID
  ) async throws(CommandError) -> any ImportCalls {
    let ofLeads = leadImports(in: tenant)
    let isThere = try await ask { () async throws(MeshError) -> Bool in
      do throws(MeshError) {
        _ = try await ofLeads.get(id)
        return true
      } catch {
        if error.code == .notFound { return false }
        throw error
      }
    }
    return isThere ? ofLeads : importCalls(of: "", ImportOptions(), in: tenant)
  }
}
