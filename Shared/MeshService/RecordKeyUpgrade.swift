import MeshCore
import MeshLoop
package import MeshProto
package import MeshRecords
package import MeshStore

/// Makes the keys of records anew when the stored ones are of another version.
///
/// This runs in the background, a few records at a time, and resumes where an ended process stopped.
package struct RecordKeyUpgrade: Sendable {
  private let collections: [any RecordCollection]
  private let store: Store
  private let log: Log
  private let form: @Sendable (RecordSchema) -> [UInt8]

  package init(
    _ collections: [any RecordCollection],
    _ store: Store,
    _ log: Log,
    form: @escaping @Sendable (RecordSchema) -> [UInt8] = { $0.keyForm }
  ) {
    self.collections = collections
    self.store = store
    self.log = log
    self.form = form
  }

  /// Runs until all keys are made, or cancelled; what fails is tried again at the next start.
  @LoopActor
  package func run() async {
    for collection in collections {
      do {
        while try await step(collection), !Task.isCancelled {}
      } catch {
        if Task.isCancelled { return }
        log.warning(
          "keys_not_made",
          ["object": .word(collection.kind.object), "error": .cause(error)]
        )
      }
    }
  }

  /// Makes the keys of some records of a kind.
  ///
  /// - Returns: whether there may be more.
  @LoopActor
  package func step(_ collection: any RecordCollection) async throws -> Bool {
    let table = collection.kind.table
    let version = form(collection.kind)
    let kept = try await store.keyProgress(of: table)
    var progress = kept ?? KeyProgress(version: version)
    if progress.version != version { progress = KeyProgress(version: version) }
    if progress.isDone { return false }
    let rows = try await store.rows(of: table, after: progress.last, limit: RecordKeys.batch)
    let author = Author(actor: "system:\(store.service)")
    guard let rows, let last = rows.ids.last else {
      progress.isDone = true
      try await store.save(progress, of: table, as: author)
      return false
    }
    progress.last = (rows.tenant, last)
    try await collection.prepare(rows.tenant)
    let (ids, next) = (rows.ids, progress)
    let clashing = try await store.write(rows.tenant, as: author, priority: .background) {
      transaction in
      let clashing = try collection.makeKeys(of: ids, in: transaction)
      try transaction.save(next, of: table)
      return clashing
    }
    for id in clashing {
      log.warning(
        "key_clashes",
        [
          "tenant": .id("\(rows.tenant)"), "object": .word(collection.kind.object),
          "record": .id(id.typeIDSuffix),
        ]
      )
    }
    return true
  }
}
