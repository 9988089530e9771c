import CLinux
import Glibc
import MeshCore
import MeshLoop
import MeshStore

/// Runs a service until it is asked to stop: settings, store, RPCs, reactions, drain.
///
/// Every `main.swift` is one call of this. Exits with 64 for invalid settings and 1 when the
/// service cannot start; each fault is a line on standard error.
package func run<S: Service>(_ type: S.Type) async -> Never {
  signal(SIGPIPE, SIG_IGN)
  // What a password's hash works in, 19 MiB, goes back to the system at its end: by default, glibc keeps
  // the second such block, as it raises this threshold to the size of the first.
  mallopt(M_MMAP_THRESHOLD, 1 << 20)
  Loop.adoptJobsWithoutExecutor()
  let arguments = Array(CommandLine.arguments.dropFirst())
  var reader = SettingsReader(arguments: arguments.filter { $0 != "--help" }) { name in
    getenv(name).map { String(cString: $0) }
  }
  let mesh = MeshSettings(from: &reader)
  let settings = S.Settings(from: &reader)
  if arguments.contains("--help") {
    print(reader.help(executable: "leadmesh-\(S.name)", summary: S.summary), terminator: "")
    exit(0)
  }
  do throws(SettingsError) {
    try reader.finish()
  } catch {
    say(error.description)
    exit(EX_USAGE)
  }
  let log = Log(service: S.name, level: mesh.logLevel)
  do {
    if let end = mesh.schemaEnd {
      try mesh.makeSchema(of: type, end)
      exit(0)
    }
    let stop = await StopSignal([SIGTERM, SIGINT])
    let process = try await ServiceProcess<S>(mesh: mesh, settings: settings, log: log)
    await stop.hasStarted()
    await process.run(until: stop)
    exit(0)
  } catch {
    let reason = (error as? StoreError)?.operatorText ?? "\(error)"
    say("leadmesh-\(S.name) cannot start: \(reason)")
    exit(1)
  }
}

private func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = write(STDERR_FILENO, line, line.count)
}
