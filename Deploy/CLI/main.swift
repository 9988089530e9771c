import Glibc

/// Runs the command of a command line.
///
/// - Returns: the process's exit code: 0, 1 on failure, 3 when rows of a file were refused, 64 when the command line
///   is wrong.
func runCommandLine(_ words: [String]) async -> Int32 {
  do throws(CommandError) {
    guard let first = words.first else { throw .usage("a command is needed; see leadmesh --help") }
    if ["--help", "-h", "help"].contains(first) {
      try Terminal.print(Command.overview)
      return 0
    }
    let (command, rest) = try Command.find(in: words)
    if rest.contains("--help") || rest.contains("-h") {
      try Terminal.print(command.help)
      return 0
    }
    var arguments = try Arguments(rest, flags: command.flags.union(command.hasJSON ? ["json"] : []))
    try await command.run(&arguments)
    return 0
  } catch {
    Terminal.complain("leadmesh: \(error.text)")
    return error.exitCode
  }
}

exit(await runCommandLine(Array(CommandLine.arguments.dropFirst())))
