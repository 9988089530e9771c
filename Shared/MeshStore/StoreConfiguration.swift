package import MeshCore

/// How a service's store is opened.
package struct StoreConfiguration: Sendable {
  /// The database file; beside it SQLite keeps `-wal` and `-shm` while the store is open.
  package var path: String
  /// The service that owns the file; another service's file is refused.
  package var service: String
  /// Whether pending migrations are applied on opening.
  ///
  /// Without it, the store works on the schema it
  /// finds, and `schema` says what is missing.
  package var migrates = true
  /// Requests that may wait for the writer, and for the readers; more are refused.
  package var queueCapacity = 4096
  /// Requests that share one commit.
  package var largestBatch = 256
  /// Whether the change log begins a new epoch on opening: for a file that was restored, whose log may
  /// lack changes that others have taken.
  package var beginsEpoch = false
  /// The size beyond which writes are refused; nil leaves it to the disk.
  package var maximumSize: ByteCount?

  package init(path: String, service: String) {
    self.path = path
    self.service = service
  }
}

/// Who writes, as the change log tells it.
package struct Author: Hashable, Sendable {
  /// `member_...` or `system:<service>`.
  package let actor: String
  /// The member on whose behalf a system acts.
  package let onBehalfOf: String?
  package let origin: Origin

  package init(actor: String, onBehalfOf: String? = nil, origin: Origin = Origin()) {
    self.actor = actor
    self.onBehalfOf = onBehalfOf
    self.origin = origin
  }
}
