import LeadsAPI
import MeshCore
import MeshCrypto
import MeshLoop
import MeshRPC

/// Runs an import of any kind of record: creates it, sends the content and waits until the service is done.
///
/// Each step can be repeated, so if the service dies meanwhile, it waits for it to return and asks
/// how much it has received.
@LoopActor
struct FileImport {
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
  /// - Returns: the ended import.
  /// - Throws: `.failed` when the file cannot be read, or the service refuses or stays away.
  func run(_ source: ContentSource, _ options: ImportOptions) async throws(CommandError) -> Import {
    let created = try await create(try await description(of: source, options))
    return try await finish(created, source)
  }

  /// Continues an import.
  ///
  /// - Parameters:
  ///   - current: its last known state.
  ///   - source: the same content as before, from its beginning.
  /// - Returns: the ended import.
  /// - Throws: `.failed` when the file cannot be read, or the service refuses or stays away.
  func finish(_ current: Import, _ source: ContentSource) async throws(CommandError) -> Import {
    if current.state == .receiving {
      let size = try await send(source, to: current)
      _ = try await mesh.ask { () async throws(MeshError) in
        try await calls.start(current.id, size: size)
      }
    }
    return try await end(of: current.id)
  }

  private func create(_ description: Import) async throws(CommandError) -> Import {
    let id = Mesh.newRequestID()
    return try await mesh.ask { () async throws(MeshError) in
      try await calls.create(description, requestID: id)
    }
  }

  /// The import to create; without `--map`, the service reads the header itself.
  private func description(
    of source: ContentSource,
    _ options: ImportOptions
  ) async throws(CommandError) -> Import {
    var description = Import(
      fileName: source.name,
      sourceSystem: options.sourceSystem,
      externalIdColumn: options.externalIDColumn
    )
    guard !options.entries.isEmpty else { return description }
    let beginning = try source.peek()
    let isWhole = beginning.count < ContentSource.chunkSize
    guard let header = CSVHeader(beginning, isWholeFile: isWhole) else {
      throw .failed("\(source.name) has no header row in UTF-8")
    }
    let suggested = try await mesh.ask { () async throws(MeshError) in
      try await calls.suggestMapping(of: header.columns)
    }
    description.mapping = try options.mapping(over: suggested.mapping, of: header)
    if description.sourceSystem.isEmpty { description.sourceSystem = suggested.sourceSystem }
    if description.externalIdColumn.isEmpty {
      description.externalIdColumn = suggested.externalIdColumn
    }
    return description
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

  private func find(_ id: String) async throws(CommandError) -> Import {
    try await mesh.ask { () async throws(MeshError) in try await calls.get(id) }
  }

  /// Waits until the service has processed the file.
  private func end(of id: String) async throws(CommandError) -> Import {
    var wait = Duration.milliseconds(20)
    while true {
      let current = try await find(id)
      progress(current)
      switch current.state {
      case .succeeded, .failed, .cancelled: return current
      case .receiving, .running, .unspecified, .unrecognized: break
      }
      try await pause(wait)
      wait = min(wait * 2, Self.longestPause)
    }
  }

  // MARK: The outcome

  /// How many records lack another that their rows name.
  func incomplete(in id: String) async throws(CommandError) -> Int64 {
    try await mesh.ask { () async throws(MeshError) in try await calls.incomplete(in: id) }
  }

  /// Passes what is wrong with rows to `take`, page by page, until it wants no more.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - isCreated: whether what rows lack that became records, instead of refused rows.
  ///   - take: receives the entries of a page; returns whether it wants more.
  /// - Throws: `.failed` when there is no such import; any error of `take`.
  func faults(
    of id: String,
    created isCreated: Bool,
    _ take: ([RefusedRow]) throws(CommandError) -> Bool
  ) async throws(CommandError) {
    var token = ""
    repeat {
      let place = token
      let page = try await mesh.ask { () async throws(MeshError) in
        try await calls.faults(of: id, created: isCreated, after: place)
      }
      token = page.nextPageToken
      guard try take(page.refusedRows) else { return }
    } while !token.isEmpty
  }
}
