package import MeshCore

/// How a service's store is opened.
package struct StoreConfiguration: Sendable {
  /// Where a store's tables are.
  package enum Database: Sendable {
    /// A SQLite file; beside it are `-wal` and `-shm` while the store is open.
    case file(String)
    case server(PostgresServer)
  }

  package var database: Database
  /// The service that owns the file; another service's file is refused.
  package var service: String
  /// Whether pending migrations are applied on opening.
  ///
  /// Without it, the store works on the schema it finds, and `schema` says what is missing; tables of the
  /// store's own must be there.
  package var migrates = true
  /// Requests that may wait for the writer, and for the readers; more are refused.
  package var queueCapacity = 4096
  /// How long a tenant's transaction that reads may keep the database busy, in time of a processor on
  /// SQLite, a statement of it on PostgreSQL; it is then ended.
  package var readBudget = Duration.seconds(2)
  /// The same for what the system reads, which nobody waits for: a snapshot that never ended would have
  /// SQLite's log grow for ever, and PostgreSQL's tables.
  package var systemReadBudget = Duration.seconds(60)
  /// How long a transaction may do nothing before PostgreSQL ends it: its process hangs, or is gone.
  package var longestPause = Duration.seconds(30)
  /// Requests that share one commit.
  package var largestBatch = 256
  /// Whether the change log begins a new epoch on opening: for a file that was restored, whose log may
  /// lack changes that others have taken.
  package var beginsEpoch = false
  /// Tables that backups leave out, such as sessions.
  package var transient: [String] = []
  /// A read on the loop's thread that takes longer sends the next ones to other threads: more than any read
  /// from memory takes, also on a busy machine.
  var longestPointRead = Duration.milliseconds(10)
  /// For how long it does.
  var restOfPointReads = Duration.seconds(1)
  /// The size of SQLite's write-ahead log from which the store warns: several times what it has while readers
  /// come and go.
  package var largestLog = ByteCount.mebibytes(256)
  /// Where migrations end; nil for all that the code brings.
  var end: SchemaEnd?
  /// Gets the plan of each query before it runs: for tests, as it makes every query two.
  package var planned: (@Sendable (StatementPlan) -> Void)?
  /// The size beyond which writes are refused; nil leaves it to the disk.
  package var maximumSize: ByteCount?

  package init(path: String, service: String) {
    self.init(.file(path), service: service)
  }

  package init(_ database: Database, service: String) {
    self.database = database
    self.service = service
  }

  /// Whether several processes of a service may use the database.
  var isShared: Bool {
    switch database {
    case .file: false
    case .server: true
    }
  }

  /// How many threads read, and how many write.
  var threads: (readers: Int, writers: Int) {
    switch database {
    case .file: (3, 1)
    case .server(let server): (server.readers, server.writers)
    }
  }

  /// What an error calls the database.
  var place: String {
    switch database {
    case .file(let path): path
    case .server(let server):
      "\(server.parameters["dbname"] ?? "postgres"), schema \(server.schema)"
    }
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
