import LeadsAPI
import MeshCore
import MeshCrypto
import MeshLoop
import MeshRPC
import RecordsAPI

/// Runs an import of any kind of record: creates it, sends the content, has it read, and waits until the service is
/// done.
///
/// Each step can be repeated, so if the service dies meanwhile, it waits for it to return and asks
/// how much it has received.
@LoopActor
struct ImportRun {
  /// How often in a row sending a chunk may fail without progress.
  private static let maxFailures = 50
  private static let longestPause = Duration.milliseconds(100)

  let mesh: Mesh
  let calls: any ImportCalls
  /// Called with the progress: first of sending, then of processing.
  let progress: @LoopActor (Import) -> Void

  /// Imports a whole file.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - options: how to read it.
  ///   - show: called with how the file is understood, before anything is made.
  /// - Returns: the ended import.
  /// - Throws: `.failed` when the file cannot be read, has to be asked about, or the service refuses or stays away.
  func run(
    _ source: ContentSource,
    _ options: ImportOptions,
    show: @LoopActor (Import) throws(CommandError) -> Void = { _ in }
  ) async throws(CommandError) -> Import {
    var current = try await create(source, options)
    let id = current.id
    let size = try await send(source, to: current)
    _ = try await mesh.ask { () async throws(MeshError) in try await calls.survey(id, size: size) }
    current = try await read(id)
    if current.state == .ready, !options.entries.isEmpty {
      current.mapping = try options.mapping(over: current.reading?.columns ?? [])
      let changed = current
      _ = try await mesh.ask { () async throws(MeshError) in try await calls.update(changed) }
      current = try await read(id)
    }
    if current.reading != nil { try show(current) }
    guard current.state == .ready else { return current }
    try await requireAnswers(current)
    _ = try await mesh.ask { () async throws(MeshError) in try await calls.start(id, size: size) }
    return try await end(of: id)
  }

  /// Continues an import.
  ///
  /// - Parameters:
  ///   - current: its last known state.
  ///   - source: the same content as before, from its beginning.
  /// - Returns: the ended import.
  /// - Throws: `.failed` when the file cannot be read, or the service refuses or stays away.
  func finish(_ current: Import, _ source: ContentSource) async throws(CommandError) -> Import {
    var size = current.receivedBytes
    var current = current
    if current.state == .receiving {
      size = try await send(source, to: current)
    } else if current.state == .surveying {
      current = try await read(current.id)
    }
    if [.receiving, .ready, .paused].contains(current.state) {
      let (id, whole) = (current.id, size)
      try await requireAnswers(current)
      _ = try await mesh.ask { () async throws(MeshError) in try await calls.start(id, size: whole)
      }
    }
    return try await end(of: current.id)
  }

  private func create(
    _ source: ContentSource,
    _ options: ImportOptions
  ) async throws(CommandError) -> Import {
    let key = Mesh.newRequestID()
    let description = Import(
      fileName: source.name,
      sourceSystem: options.sourceSystem,
      externalIdColumn: options.externalIDColumn,
      validateOnly: options.isDryRun,
      values: options.values.map { ImportedValue(column: $0.column, from: $0.from, to: $0.to) },
      dateOrder: options.dateOrder,
      choices: options.choices
    )
    return try await mesh.ask { () async throws(MeshError) in
      try await calls.create(description, requestID: key)
    }
  }

  /// Ends an import that has questions, and says which options answer them.
  private func requireAnswers(_ current: Import) async throws(CommandError) {
    if current.questions.isEmpty { return }
    let id = current.id
    _ = try await mesh.ask { () async throws(MeshError) in try await calls.cancel(id) }
    throw .failed(current.questions.map(\.line).joined(separator: "\n"))
  }

  // MARK: Sending

  /// - Returns: the size of the whole content in bytes.
  private func send(_ source: ContentSource, to first: Import) async throws(CommandError) -> Int64 {
    var current = first
    var offset: Int64 = 0
    while true {
      let chunk = try source.next()
      if chunk.isEmpty { return offset }
      current = try await send(chunk, at: offset, to: current)
      offset += Int64(chunk.count)
      progress(current)
    }
  }

  /// Sends the part of a chunk that the service has not received yet.
  private func send(
    _ chunk: [UInt8],
    at offset: Int64,
    to first: Import
  ) async throws(CommandError) -> Import {
    var current = first
    var failures = 0
    while current.receivedBytes < offset + Int64(chunk.count) {
      guard current.receivedBytes >= offset else {
        throw .failed("import \(current.id) has lost content that was sent; import the file again")
      }
      let rest = Array(chunk[Int(current.receivedBytes - offset)...])
      let digest = Hex.encode(SHA256.hash(rest))
      do throws(MeshError) {
        current = try await calls.append(
          rest,
          at: current.receivedBytes,
          digest: digest,
          to: current.id
        )
        failures = 0
      } catch {
        failures += 1
        guard error.isTemporary || error.code == .outOfRange, failures < Self.maxFailures else {
          throw CommandError(error)
        }
        try await pause(.milliseconds(20 * failures))
        current = try await find(current.id)
      }
    }
    return current
  }

  // MARK: Waiting

  func find(_ id: String) async throws(CommandError) -> Import {
    try await mesh.ask { () async throws(MeshError) in try await calls.get(id) }
  }

  /// Waits until the service has read the file.
  private func read(_ id: String) async throws(CommandError) -> Import {
    try await wait(for: id) { $0 != .receiving && $0 != .surveying }
  }

  /// Waits until the service has processed the file, or has a question.
  private func end(of id: String) async throws(CommandError) -> Import {
    let end = try await wait(for: id) { state in
      switch state {
      case .succeeded, .failed, .cancelled, .undone, .ready: true
      default: false
      }
    }
    if end.state == .ready { try await requireAnswers(end) }
    return end
  }

  /// Waits until the service has taken an import back.
  func undone(_ id: String) async throws(CommandError) -> Import {
    _ = try await mesh.ask { () async throws(MeshError) in try await calls.undo(id) }
    return try await wait(for: id) { $0 == .undone }
  }

  private func wait(
    for id: String,
    _ isOver: (ImportState) -> Bool
  ) async throws(CommandError) -> Import {
    var wait = Duration.milliseconds(20)
    while true {
      let current = try await find(id)
      progress(current)
      if isOver(current.state) { return current }
      try await pause(wait)
      wait = min(wait * 2, Self.longestPause)
    }
  }

  // MARK: The outcome

  /// How many records lack another that their rows name.
  func incomplete(in id: String) async throws(CommandError) -> Int64 {
    try await mesh.ask { () async throws(MeshError) in try await calls.incomplete(in: id) }
  }

  /// Writes rows into a file, with the reasons: those that were refused, or also those that were taken with a remark.
  func writeRows(of id: String, refusedOnly: Bool, to path: String) async throws(CommandError) {
    let file = try OutputFile(path)
    var cursor = ""
    repeat {
      let place = cursor
      let part = try await mesh.ask { () async throws(MeshError) in
        try await calls.rows(of: id, refusedOnly: refusedOnly, after: place)
      }
      try file.write(part.content)
      cursor = part.nextCursor
    } while !cursor.isEmpty
  }

  /// Passes what is wrong with rows to `take`, page by page, until it wants no more.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - isTaken: whether what rows lack that were taken, instead of refused rows.
  ///   - take: receives the entries of a page; returns whether it wants more.
  /// - Throws: `.failed` when there is no such import; any error of `take`.
  func faults(
    of id: String,
    taken isTaken: Bool,
    _ take: ([RefusedRow]) throws(CommandError) -> Bool
  ) async throws(CommandError) {
    var token = ""
    repeat {
      let place = token
      let page = try await mesh.ask { () async throws(MeshError) in
        try await calls.faults(of: id, taken: isTaken, after: place)
      }
      token = page.nextPageToken
      guard try take(page.refusedRows) else { return }
    } while !token.isEmpty
  }
}
