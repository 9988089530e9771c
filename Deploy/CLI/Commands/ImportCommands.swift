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
    let report = try await importLeads(source, options, to: subdomain, mesh, shows: !isJSON)
    if isJSON { try Terminal.print(report.json) } else { try Terminal.print(report.text) }
    if report.hasFailed { throw .failed(report.failure) }
  }

  @LoopActor
  private static func importLeads(
    _ source: ContentSource,
    _ options: ImportOptions,
    to subdomain: String,
    _ mesh: Mesh,
    shows: Bool
  ) async throws(CommandError) -> ImportReport {
    let tenant = try await mesh.tenant(subdomain).id
    let line = ImportProgress(isWanted: shows)
    defer { line.end() }
    let leads = LeadImport(mesh: mesh, tenant: tenant) { line.show($0) }
    let begin = ContinuousClock.now
    let end = try await leads.run(source, options)
    let time = ContinuousClock.now - begin
    var rows: [RefusedRow] = []
    if end.refused > 0 {
      try await leads.refusedRows(of: end.id) { page in
        rows += page
        return rows.count < ImportReport.refusedRowsInJSON
      }
    }
    return ImportReport(end: end, tenant: subdomain, refusedRows: rows, time: time)
  }

  static let importRefused = Command(
    name: "import refused",
    arguments: "IMPORT --tenant SUBDOMAIN",
    summary: "Lists every row that an import refused; with --json one object a line.",
    options: ["--tenant SUBDOMAIN": "The tenant"]
  ) { arguments throws(CommandError) in
    let isJSON = arguments.takeFlag("json")
    let mesh = Mesh(try MeshFolder(&arguments))
    let subdomain = try arguments.need("tenant")
    let id = try arguments.word("IMPORT")
    try arguments.finish()
    let tenant = try await mesh.tenant(subdomain).id
    let leads = LeadImport(mesh: mesh, tenant: tenant) { _ in }
    try await leads.refusedRows(of: id) { rows throws(CommandError) in
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

/// Shows an import's progress.
@LoopActor
private final class ImportProgress {
  private var line: ProgressLine

  init(isWanted: Bool) { line = ProgressLine(isWanted: isWanted) }

  func show(_ current: Import) {
    let size = max(current.receivedBytes, 1)
    let mebibytes = Double(current.receivedBytes * 10 / 1_048_576) / 10
    if current.state == .receiving {
      line.show("sending: \(mebibytes) MiB")
    } else {
      let percent = current.processedBytes * 100 / size
      line.show(
        "\(percent) %: \(current.rows.grouped) rows, \(current.created.grouped) created, "
          + "\(current.refused.grouped) refused"
      )
    }
  }

  func end() { line.end() }
}
