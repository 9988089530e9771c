import MeshLoop

/// One command of `leadmesh`: its name, its help and what it does.
struct Command: Sendable {
  /// One or two words.
  let name: String
  /// What follows the name, as in `FILE --tenant NAME`.
  let arguments: String
  /// One line.
  let summary: String
  /// The options, each with its meaning and default.
  var options: KeyValuePairs<String, String> = [:]
  /// Options that take no value, beside `--json`.
  var flags: Set<String> = []
  /// Whether it works on a mesh's folder and so takes `--data`.
  var usesFolder = true
  /// Whether it can answer in JSON and so takes `--json`.
  var hasJSON = true
  let run: @LoopActor @Sendable (inout Arguments) async throws(CommandError) -> Void

  /// Every command, in the order of the help.
  static let all: [Command] = [
    .up, .demo, .databasePrepare, .status, .tenantCreate, .tenantList, .tenantSuspend,
    .tenantResume, .memberCreate,
    .memberUnlock, .memberResetPassword,
    .importLeads, .importAccounts, .importContacts, .importDeals, .importTasks, .importRefused,
    .importIncomplete, .importUndo,
    .changesList, .changesRetry, .changesDiscard,
    .commandsList, .commandsRetry, .commandsDiscard,
    .timersList, .timersRetry, .timersDiscard,
    .backup, .restore, .demoData,
  ]

  /// The command that a command line names, and the words after its name.
  ///
  /// - Throws: `.usage` when there is no such command.
  static func find(in words: [String]) throws(CommandError) -> (Command, [String]) {
    let names = words.prefix(2).filter { !$0.hasPrefix("-") }
    for command in all {
      let name = command.name.split(separator: " ").map(String.init)
      if names.starts(with: name) { return (command, Array(words.dropFirst(name.count))) }
    }
    let known = all.filter { $0.name.hasPrefix("\(names.first ?? "") ") }.map(\.name)
    if known.isEmpty {
      throw .usage("“\(names.first ?? words.first ?? "")” is no command; see leadmesh --help")
    }
    throw .usage("one of these is meant: \(known.joined(separator: ", "))")
  }

  /// The text of its `--help`.
  var help: String {
    var text = "leadmesh \(name) \(arguments)".trimmingSuffix + "\n\n\(summary)\n"
    var rows = options.map { [$0.key, $0.value] }
    if usesFolder { rows.append(["--data DIR", "The mesh's folder. Default: ./var"]) }
    if hasJSON { rows.append(["--json", "Answer in JSON."]) }
    if rows.isEmpty { return text }
    text += "\n" + TextTable(heading: ["Options:"], rows: rows.map { ["  \($0[0])", $0[1]] }).text
    return text + "\n"
  }

  /// The text of `leadmesh --help`.
  static var overview: String {
    let rows = all.map { ["  \($0.name)", $0.summary] }
    return """
      leadmesh: runs a Leadmesh installation and works on it as its operator.

      \(TextTable(heading: ["Commands:"], rows: rows).text)

      leadmesh COMMAND --help says more about one. The operator's authority is the right to open the
      sockets in the mesh's folder; what is done so is recorded as done by system:operator.
      """
  }
}

extension String {
  fileprivate var trimmingSuffix: String { hasSuffix(" ") ? String(dropLast()) : self }
}
