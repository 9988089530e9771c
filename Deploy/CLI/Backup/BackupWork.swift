import Glibc
import MeshBackup
import MeshCore
import MeshLoop

/// Work on a backup, which blocks: on a thread of its own, while its progress is shown.
enum BackupWork {
  /// Runs `work`, and ends it on SIGTERM, SIGINT or when it takes too long.
  ///
  /// - Parameters:
  ///   - minutes: how long it may take; nil for as long as it takes.
  ///   - isShown: whether progress is shown.
  ///   - work: does the work.
  /// - Returns: what it returns.
  /// - Throws: `.failed` with its error.
  @LoopActor
  static func run<Value: Sendable>(
    within minutes: Int? = nil,
    isShown: Bool,
    _ work: @escaping @Sendable (BackupProgress) throws(BackupError) -> Value
  ) async throws(CommandError) -> Value {
    let progress = BackupProgress()
    Loop.shared.watchSignals([SIGTERM, SIGINT]) { _ in progress.stop(because: "stopped") }
    let deadline = minutes.map { Deadline(after: .seconds($0 * 60)) }
    let watch = Task.immediate { @LoopActor in
      var line = ProgressLine(isWanted: isShown)
      while !Task.isCancelled {
        line.show(progress.current.line)
        if let deadline, deadline.hasPassed {
          progress.stop(because: "not done within \(minutes ?? 0) minutes, see --minutes")
        }
        try? await sleep(for: .milliseconds(100))
      }
      line.end()
    }
    let result: Result<Value, BackupError> = await BlockingPool.shared.run {
      do throws(BackupError) {
        return .success(try work(progress))
      } catch {
        return .failure(error)
      }
    }
    watch.cancel()
    await watch.value
    do throws(BackupError) {
      return try result.get()
    } catch {
      throw .failed(error.description)
    }
  }
}

extension BackupProgress.State {
  fileprivate var line: String {
    var line = stage
    if rows > 0 { line += ": \(rows.grouped) rows" }
    if bytes > 0 { line += ", \(bytes.grouped) bytes of the file" }
    return line
  }
}

extension BackupSummary {
  /// What people are told.
  var text: String {
    "\(services.count.grouped) services, \(tables.grouped) tables, \(rows.grouped) rows, "
      + "\(bytes.grouped) bytes, of \(time.rfc3339)"
  }

  /// - Parameters:
  ///   - name: of the first member.
  ///   - path: its value.
  /// - Returns: what programs are told.
  func json(_ name: String, _ path: String) -> JSONWriter {
    var json = JSONWriter()
    json.beginObject()
    json.key(name)
    json.string(path)
    json.key("services")
    json.beginArray()
    for service in services { json.string(service) }
    json.endArray()
    json.key("tables")
    json.integer(tables)
    json.key("rows")
    json.integer(rows)
    json.key("bytes")
    json.integer(bytes)
    json.key("time")
    json.string(time.rfc3339)
    json.endObject()
    return json
  }
}
