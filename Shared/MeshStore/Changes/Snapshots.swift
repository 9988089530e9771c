import MeshCore

/// A resource as it is now, for consumers that begin from a snapshot.
package struct SnapshotEntry: Hashable, Sendable {
  package let key: ReplicaKey
  /// The resource's id as clients see it.
  package let id: String
  /// Its proto message on the wire.
  package let record: [UInt8]

  package init(key: ReplicaKey, id: String, record: [UInt8]) {
    self.key = key
    self.id = id
    self.record = record
  }
}

/// The resources of one kind, of all tenants.
package protocol SnapshotSource: Sendable {
  /// The kind of resource, as the change log names it.
  var object: String { get }

  /// Resources in the order of tenant and id, which end where `take` returns false or there are no more.
  ///
  /// - Parameters:
  ///   - key: the one after which to begin; nil for the beginning.
  ///   - transaction: sees all tenants.
  ///   - take: gets each.
  /// - Throws: when they cannot be read.
  func resources(
    after key: ReplicaKey?,
    in transaction: SystemReadTransaction,
    _ take: (SnapshotEntry) -> Bool
  ) throws
}

/// A part of a snapshot.
package struct SnapshotPage: Sendable {
  package var records: [(object: String, record: SnapshotEntry)] = []
  /// Where the next part begins; empty after the last.
  package var nextToken = ""
  /// Where in the change log to go on from once all parts are taken: nothing that the snapshot lacks is
  /// before it.
  package var cursor = ""
}

extension Store {
  /// A part of a snapshot of some kinds of resource.
  ///
  /// Parts are read one after the other, so that later ones may have what was changed meanwhile; those
  /// changes come again after the cursor.
  ///
  /// - Parameters:
  ///   - sources: the kinds.
  ///   - token: from the part before; empty for the first.
  ///   - bytes: how many bytes the records may have together; there is at least one.
  /// - Returns: the part, and where the next one begins.
  /// - Throws: INVALID_ARGUMENT for a token that is none; FAILED_PRECONDITION with reason
  ///   FOREIGN_CURSOR for one of another epoch; UNAVAILABLE.
  package func snapshot(
    of sources: [any SnapshotSource],
    token: String,
    upTo bytes: Int
  ) async throws -> SnapshotPage {
    let given = try SnapshotPlace(token, of: sources.count)
    if let given, given.start.epoch != core.epoch { throw MeshError.foreignCursor }
    let epoch = core.epoch
    return try await systemRead { transaction in
      let end = try ChangeLog.lastSequence(transaction.session) ?? 0
      var place = given ?? SnapshotPlace(start: LogCursor(epoch: epoch, position: end))
      var page = SnapshotPage(cursor: place.start.text)
      var held = 0
      while place.source < sources.count {
        let source = sources[place.source]
        var isCut = false
        try source.resources(after: place.key, in: transaction) { record in
          held += record.record.count + record.id.utf8.count + 64
          isCut = !page.records.isEmpty && held > bytes
          if isCut { return false }
          page.records.append((source.object, record))
          place.key = record.key
          return true
        }
        if isCut {
          page.nextToken = place.text
          return page
        }
        place = SnapshotPlace(start: place.start, source: place.source + 1)
      }
      return page
    }
  }
}

/// Where the next part of a snapshot begins.
private struct SnapshotPlace {
  /// The end of the log when the first part was read.
  let start: LogCursor
  var source = 0
  /// The last resource of the part before; nil at the beginning of the source.
  var key: ReplicaKey?

  init(start: LogCursor, source: Int = 0) {
    self.start = start
    self.source = source
  }

  /// Nil for an empty token.
  init?(_ token: String, of sources: Int) throws(MeshError) {
    if token.isEmpty { return nil }
    guard let bytes = Base64.decodeURL(token), bytes.count == 16 + 1 + 32,
      let start = LogCursor(Base64.encodeURL(Array(bytes[..<16]))), Int(bytes[16]) < sources,
      let tenant = TenantID(bytes: bytes[17..<33]), let id = TenantID(bytes: bytes[33...])
    else {
      throw .invalid(
        "page_token",
        "must be a next_page_token of the same snapshot",
        reason: .invalidPageToken
      )
    }
    self.start = start
    source = Int(bytes[16])
    key = ReplicaKey(tenant: tenant, id: id.words)
  }

  var text: String {
    let key = key.map { $0.tenant.bytes + $0.id.bytes } ?? [UInt8](repeating: 0, count: 32)
    return Base64.encodeURL(start.bytes + [UInt8(truncatingIfNeeded: source)] + key)
  }
}
