import LeadsAPI
import MeshAPI
import MeshCore
import Testing

@testable import leadmesh

@Suite struct `What a command prints` {
  @Test func `groups thousands`() {
    #expect(
      [0, 999, 1_000, 1_234_567, -1_000].map(\.grouped) == [
        "0", "999", "1,000", "1,234,567", "-1,000",
      ]
    )
  }

  @Test func `aligns tables and ends no line with a space`() {
    let table = TextTable(heading: ["a", "name"], rows: [["long", "x"], ["b", ""]])
    #expect(table.text == "a     name\nlong  x\nb     ")
  }

  @Test func `names every field with its rule when a service refuses`() {
    let error = MeshError.invalid([
      FieldViolation(field: "subdomain", description: "is reserved"),
      FieldViolation(field: "", description: "is too much"),
    ])
    #expect(CommandError(error) == .failed("subdomain: is reserved; is too much"))
    #expect(CommandError(.notFound("lead", "x")) == .failed("lead “x” does not exist"))
    #expect(CommandError.usage("").exitCode == 64 && CommandError.failed("").exitCode == 1)
  }

  @Test func `says what an import came to, with the refused rows it has room for`() throws {
    let rows = (2...26).map { line in
      RefusedRow(line: Int64(line), column: "Email", field: "email", reason: "is no address")
    }
    let end = Import(
      id: "import_1",
      fileName: "a.csv",
      state: .succeeded,
      rows: 1_225,
      created: 1_200,
      duplicates: 3,
      refused: 25,
      remarks: [ImportRemark(field: "status", value: "Nurture", text: "was added", rows: 7)]
    )
    let summary = ImportSummary(
      end: end,
      tenant: "acme",
      refusedRows: rows,
      time: .milliseconds(1_250)
    )
    #expect(
      summary.text.hasPrefix(
        """
        a.csv: 1,225 rows in 1.25 s (import_1)
          created    1,200
          duplicates 3 of these, each linked to the one it repeats
          updated    0
          restored   0
          unchanged  0
          refused    25
        Note: status “Nurture” was added, in 7 rows
        Refused:
          line 2, Email: is no address
        """
      )
    )
    #expect(summary.text.contains("line 21,") && !summary.text.contains("line 22,"))
    #expect(summary.text.hasSuffix("leadmesh import refused import_1 --tenant acme"))
    #expect(!summary.hasFailed)
  }

  @Test func `says of a dry run what would be`() {
    let row = RefusedRow(line: 4, column: "E-Mail", field: "email", reason: "is no address")
    let summary = ImportSummary(
      end: Import(
        id: "import_1",
        fileName: "a.csv",
        state: .succeeded,
        rows: 9,
        created: 8,
        refused: 1
      ),
      tenant: "acme",
      refusedRows: [row],
      isDryRun: true,
      time: .zero
    )
    #expect(
      summary.text == """
        a.csv: 9 rows in 0.0 s (import_1), a dry run: nothing was made
          would be created    8
          would be duplicates 0 of these
          would be updated    0
          would be restored   0
          would be unchanged  0
          would be refused    1
        Would be refused:
          line 4, E-Mail: is no address
        """
    )
    #expect(summary.json.text.contains(#""dry_run":true"#))
  }

  @Test func `gives programs the outcome of an import as one object`() {
    let end = Import(
      id: "import_1",
      fileName: "a.csv",
      sourceSystem: "csv",
      state: .succeeded,
      rows: 9,
      created: 5,
      duplicates: 2,
      unchanged: 3,
      refused: 1,
      remarks: [ImportRemark(field: "status", value: "Nurture", text: "was added", rows: 7)],
      blank: 2
    )
    let row = RefusedRow(line: 4, column: "E-Mail", field: "email", reason: "is no address")
    let summary = ImportSummary(
      end: end,
      tenant: "acme",
      refusedRows: [row],
      time: .milliseconds(1_250)
    )
    #expect(
      summary.json.text == #"{"import_id":"import_1","file_name":"a.csv","source_system":"csv","#
        + #""state":"succeeded","rows":9,"created":5,"duplicates":2,"updated":0,"restored":0,"unchanged":3,"refused":1,"blank":2,"#
        + #""incomplete":0,"refused_rows":[{"line":4,"column":"E-Mail","field":"email","#
        + #""reason":"is no address"}],"incomplete_rows":[],"remarks":[{"field":"status","value":"Nurture","#
        + #""text":"was added","rows":7}],"row_remarks":[],"seconds":1.25}"#
    )
  }

  @Test func `lists what was created without what its row names apart from refused rows`() {
    let end = Import(id: "import_1", fileName: "a.csv", state: .succeeded, rows: 3, created: 3)
    let row = RefusedRow(line: 4, column: "Parent", field: "parent_id", reason: "is not there")
    var summary = ImportSummary(
      end: end,
      tenant: "acme",
      refusedRows: [],
      incomplete: 21,
      incompleteRows: [row],
      time: .zero
    )
    #expect(
      summary.text.hasSuffix(
        """
          refused    0
          incomplete 21 of those taken
        Taken, but not linked:
          line 4, Parent: is not there
        """
      )
    )
    #expect(summary.json.text.contains(#""incomplete":21,"refused_rows":[],"incomplete_rows":[{"#))
    summary.incompleteRows = Array(repeating: row, count: 21)
    #expect(summary.text.hasSuffix("leadmesh import incomplete import_1 --tenant acme"))
    summary.isDryRun = true
    #expect(summary.text.contains("\n  would be incomplete 21 of these\n"))
    #expect(summary.text.contains("\nWould be taken, but not linked:\n  line 4"))
  }

  @Test func `says why an import failed`() {
    let end = Import(id: "import_1", state: .failed, failure: "line 3 is not UTF-8")
    let summary = ImportSummary(end: end, tenant: "acme", refusedRows: [], time: .zero)
    #expect(summary.hasFailed)
    #expect(summary.failure == "line 3 is not UTF-8")
    #expect(summary.json.text.contains(#""failure":"line 3 is not UTF-8""#))
  }

  @Test func `says which services run`() {
    let status = MeshStatus(
      folder: "/var/mesh",
      supervisor: 7,
      services: [
        ("access", .ready(pid: 8)), ("leads", .notReady(pid: nil, remark: "draining")),
        ("gateway", .down),
      ],
      address: nil,
      deadLetters: ["access": 2]
    )
    #expect(
      status.json.text == #"{"data":"/var/mesh","supervisor_pid":7,"services":["#
        + #"{"name":"access","state":"ready","remark":"","pid":8,"dead_letters":2,"subscriptions":[],"#
        + #""commands":[],"timers":[]},"#
        + #"{"name":"leads","state":"not_ready","remark":"draining","pid":null,"dead_letters":null,"#
        + #""subscriptions":[],"commands":[],"timers":[]},"#
        + #"{"name":"gateway","state":"down","remark":"","pid":null,"dead_letters":null,"subscriptions":[],"#
        + #""commands":[],"timers":[]}],"#
        + #""url":null}"#
    )
    #expect(status.text.contains("run by process 7"))
    #expect(status.text.hasSuffix("\nleads: draining"))
    #expect(
      status.text.contains("service  state      pid  dead letters\naccess   ready      8    2\n")
    )
  }

  @Test func `says how far each subscription is behind`() {
    let now = Timestamp(microseconds: 1_700_000_000_000_000)
    func subscription(_ use: SubscriptionUse, _ behind: MeasureResponse?, _ letters: Int32 = 0)
      -> Subscription
    {
      Subscription(
        feed: "tenants:tenant",
        service: "tenants",
        objects: ["tenant", "plan"],
        use: use,
        behind: behind,
        deadLetters: letters
      )
    }
    let status = MeshStatus(
      folder: "/var/mesh",
      supervisor: nil,
      services: [("access", .ready(pid: 8)), ("leads", .ready(pid: 9))],
      address: nil,
      subscriptions: [
        "leads": [
          subscription(.reaction, MeasureResponse()),
          subscription(
            .replica,
            MeasureResponse(changes: 1_234, more: true, oldestTime: now - .seconds(7_200)),
            3
          ),
          subscription(.replica, nil),
        ]
      ],
      time: now
    )
    #expect(
      status.text.hasSuffix(
        """
        service  follows                as        changes behind  since    dead letters
        leads    tenants: tenant, plan  reaction  0               -        0
        leads    tenants: tenant, plan  replica   1,234+          2 h ago  3
        leads    tenants: tenant, plan  replica   unknown         -        0
        """
      )
    )
    let what = #"{"feed":"tenants:tenant","service":"tenants","objects":["tenant","plan"],"use":"#
    let reaction =
      #""reaction","changes_behind":0,"more":false,"oldest_time":null,"dead_letters":0}"#
    let replica =
      #""replica","changes_behind":1234,"more":true,"oldest_time":"2023-11-14T20:13:20Z","dead_letters":3}"#
    let json = status.json.text
    #expect(json.contains("\"subscriptions\":[\(what)\(reaction),\(what)\(replica),"))
    #expect(status.json.text.contains(#""changes_behind":null,"more":false,"oldest_time":null"#))
  }

  @Test func `says which commands are under way, and how many more there are`() {
    let now = Timestamp(microseconds: 1_700_000_000_000_000)
    let commands = [
      DurableCommand(
        number: 7,
        kind: "lead.convert",
        tenantId: "tenant_1",
        actor: "member_1",
        state: .running,
        step: "deals",
        attempts: 3,
        error: "aborted ABORTED",
        createTime: now - .seconds(150),
        nextTime: now + .seconds(5),
        subjectId: "lead_1"
      ),
      DurableCommand(
        number: 8,
        kind: "lead.convert",
        tenantId: "tenant_1",
        state: .failed,
        step: "lead",
        createTime: now
      ),
    ]
    let status = MeshStatus(
      folder: "/var/mesh",
      supervisor: nil,
      services: [("leads", .ready(pid: 9))],
      address: nil,
      commands: ["leads": ListCommandsResponse(commands: commands, totalSize: 5)],
      time: now
    )
    #expect(
      status.text.hasSuffix(
        """

        service  number  command       tenant    about   state    age    next step  attempts  error
        leads    7       lead.convert  tenant_1  lead_1  running  2 min  deals      3         aborted ABORTED
        leads    8       lead.convert  tenant_1  -       failed   0 s    lead       0         -
        3 more: see leadmesh commands list
        """
      )
    )
    #expect(
      status.json.text.contains(
        #""commands":[{"number":7,"kind":"lead.convert","tenant_id":"tenant_1","subject_id":"lead_1","#
          + #""actor":"member_1","state":"running","step":"deals","error":"aborted ABORTED","#
          + #""attempts":3,"#
          + #""create_time":"2023-11-14T22:10:50Z","next_time":"2023-11-14T22:13:25Z"},"#
      )
    )
  }

  @Test func `says which timers are due, late or dead`() {
    let now = Timestamp(microseconds: 1_700_000_000_000_000)
    let timers = [
      TimerState(timer: "lead.nudge", due: 3),
      TimerState(
        timer: "task.reminder",
        due: 12_345,
        late: 12_000,
        dead: 1,
        oldestTime: now - .seconds(7_200),
        error: "NotThere"
      ),
    ]
    let status = MeshStatus(
      folder: "/var/mesh",
      supervisor: nil,
      services: [("access", .ready(pid: 8)), ("leads", .ready(pid: 9))],
      address: nil,
      timers: ["access": [], "leads": timers],
      time: now
    )
    #expect(
      status.text.hasSuffix(
        """

        service  timer          due     late    dead  since    error
        leads    lead.nudge     3       0       0     -        -
        leads    task.reminder  12,345  12,000  1     2 h ago  NotThere
        """
      )
    )
    #expect(
      status.json.text.contains(
        #""timers":[{"timer":"lead.nudge","due":3,"late":0,"dead":0,"oldest_time":null,"error":""},"#
          + #"{"timer":"task.reminder","due":12345,"late":12000,"dead":1,"#
          + #""oldest_time":"2023-11-14T20:13:20Z","error":"NotThere"}]"#
      )
    )
  }
}
