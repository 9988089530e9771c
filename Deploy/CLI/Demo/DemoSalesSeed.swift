import AccessAPI
import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshRPC
import RecordsAPI

/// Creates what a demo tenant sells: teams, a second pipeline, and accounts, contacts and deals through imports.
///
/// What exists already is left as it is.
@LoopActor
struct DemoSalesSeed {
  /// How long the service of deals may take to hear of a new tenant and its members.
  private static let patience = Duration.seconds(60)

  let mesh: Mesh
  let demo: DemoTenant
  let tenant: TenantID
  /// The tenant's members by their e-mail addresses.
  let members: [String: MemberID]

  func plant() async throws(CommandError) {
    try await addTeams()
    try await addRenewals()
    let accounts = (0..<DemoTenant.accounts).map { DemoAccount(number: $0, of: demo) }
    let companies = File(
      object: "account",
      columns: DemoAccount.columns,
      rows: accounts.map(\.values)
    )
    try await awaitOwners(of: companies)
    try await add(companies)
    try await add(
      File(
        object: "contact",
        columns: DemoAccount.contactColumns,
        rows: accounts.flatMap(\.people)
      )
    )
    let deals = demo.deals(around: Clock.system.now.utcDate)
    try await add(File(object: "deal", columns: DemoDeal.columns, rows: deals.map(\.values)))
  }

  // MARK: Teams

  private func addTeams() async throws(CommandError) {
    let page = try await mesh.ask { () async throws(MeshError) in
      try await mesh.teams.listTeams(ListTeamsRequest(pageSize: 1_000), mesh.options(in: tenant))
    }
    var ids: [String: TeamID] = [:]
    for team in page.teams { ids[team.name] = team.id }
    for team in demo.teams where ids[team.name] == nil {
      let request = CreateTeamRequest(
        team: AccessAPI.Team(
          name: team.name,
          type: team.type,
          managerId: id(of: team.manager),
          parentTeamId: ids[team.parent],
          memberIds: team.members.compactMap(id)
        ),
        requestId: Mesh.newRequestID()
      )
      let made = try await mesh.ask { () async throws(MeshError) in
        try await mesh.teams.createTeam(request, mesh.options(in: tenant))
      }
      ids[made.name] = made.id
    }
  }

  private func id(of name: String) -> MemberID? {
    demo.people.first { $0.name == name }.flatMap { members[demo.email(of: $0)] }
  }

  // MARK: Pipelines

  private func addRenewals() async throws(CommandError) {
    let renewals = DemoPipeline.renewals
    let present = try await pipelines()
    if present.contains(where: { $0.displayName == renewals.name }) { return }
    let request = CreatePipelineRequest(
      pipeline: Pipeline(
        displayName: renewals.name,
        stages: renewals.stages.map {
          Stage(
            displayName: $0.name,
            probability: Int32($0.probability),
            forecastCategory: $0.forecastCategory,
            kind: $0.kind
          )
        }
      ),
      requestId: Mesh.newRequestID()
    )
    _ = try await mesh.ask { () async throws(MeshError) in
      try await mesh.pipelines.createPipeline(request, mesh.options(in: tenant))
    }
  }

  /// The tenant's pipelines, of which the service makes the first one.
  private func pipelines() async throws(CommandError) -> [Pipeline] {
    let end = Deadline.now.advanced(by: Self.patience)
    while true {
      let page = try await mesh.ask { () async throws(MeshError) in
        try await mesh.pipelines.listPipelines(ListPipelinesRequest(), mesh.options(in: tenant))
      }
      if !page.pipelines.isEmpty { return page.pipelines }
      guard !end.hasPassed else { throw .failed("\(demo.subdomain) has no pipeline") }
      try await pause(.milliseconds(50))
    }
  }

  // MARK: Accounts, contacts and deals

  /// The file of a kind of record; owners are named by their e-mail addresses.
  private struct File {
    let object: String
    let columns: [String]
    let rows: [[String]]

    var name: String { "demo-\(object)s.csv" }

    @LoopActor
    var source: ContentSource {
      var bytes: [UInt8] = []
      for row in [columns] + rows { DemoFile.append(row, to: &bytes) }
      var rest = bytes[...]
      return ContentSource(name: name) { size in
        defer { rest = rest.dropFirst(size) }
        return Array(rest.prefix(size))
      }
    }
  }

  private func add(_ file: File) async throws(CommandError) {
    let calls = mesh.importCalls(of: file.object, in: tenant)
    let run = ImportRun(mesh: mesh, calls: calls) { _ in }
    let end: Import
    if let begun = try await begunImport(of: file) {
      let current = try await mesh.ask { () async throws(MeshError) in try await calls.get(begun) }
      end = try await run.finish(current, file.source)
    } else {
      end = try await run.run(file.source, ImportOptions())
    }
    guard end.state == .succeeded else {
      throw .failed("the import of \(demo.subdomain)'s \(file.object)s failed: \(end.failure)")
    }
  }

  /// Waits until the service has heard of the members who own a file's records: a dry run tells.
  private func awaitOwners(of file: File) async throws(CommandError) {
    if try await begunImport(of: file) != nil { return }
    var options = ImportOptions()
    options.isDryRun = true
    let calls = mesh.importCalls(of: file.object, in: tenant)
    let end = Deadline.now.advanced(by: Self.patience)
    while true {
      let trial = try await ImportRun(mesh: mesh, calls: calls) { _ in }.run(file.source, options)
      let strangers = trial.reading?.unknownOwners.count ?? 0
      if trial.state == .succeeded, trial.refused == 0, strangers == 0 { return }
      guard !end.hasPassed else {
        let count = trial.refused + Int64(strangers)
        throw .failed("\(count) of \(demo.subdomain)'s \(file.object)s are refused")
      }
      try await pause(.milliseconds(100))
    }
  }

  /// The id of the import that an earlier run began, unless it failed or was cancelled.
  private func begunImport(of file: File) async throws(CommandError) -> String? {
    var token = ""
    repeat {
      let request = ListRecordImportsRequest(
        pageSize: 1_000,
        pageToken: token,
        object: file.object
      )
      let page = try await mesh.ask { () async throws(MeshError) in
        try await mesh.recordImports.listRecordImports(request, mesh.options(in: tenant))
      }
      let found = page.recordImports.first {
        $0.fileName == file.name && !$0.validateOnly
          && $0.state != .failed && $0.state != .cancelled && $0.state != .undone
      }
      if let found { return found.id }
      token = page.nextPageToken
    } while !token.isEmpty
    return nil
  }
}
