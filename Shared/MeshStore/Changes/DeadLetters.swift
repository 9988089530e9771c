package import MeshCore

/// A change of another service that could not be applied, about to be put aside.
package struct NewDeadLetter: Hashable, Sendable {
  /// Names the other service's log and what it is read for.
  package let feed: String
  /// Nil when the change does not say.
  package let tenant: TenantID?
  package let object: String
  /// The resource's id.
  package let id: String
  /// The change's message on the wire.
  package let change: [UInt8]
  /// What went wrong, without personal data.
  package let error: String
  package let attempts: Int

  package init(
    feed: String,
    tenant: TenantID?,
    object: String,
    id: String,
    change: [UInt8],
    error: String,
    attempts: Int
  ) {
    self.feed = feed
    self.tenant = tenant
    self.object = object
    self.id = id
    self.change = change
    self.error = error
    self.attempts = attempts
  }
}

/// A change that was put aside so that it does not hold up those behind it.
package struct DeadLetter: Hashable, Sendable {
  /// Its name in the list; later letters have greater numbers.
  package let number: Int64
  package let letter: NewDeadLetter
  /// When it was put aside or last tried.
  package let time: Timestamp
}

extension Store {
  /// Changes that were put aside, oldest first.
  ///
  /// - Parameters:
  ///   - number: the letter after which to begin; 0 for the beginning.
  ///   - limit: the most letters to give.
  ///   - bytes: how many bytes their changes may have together; there is at least one letter.
  /// - Returns: at most `limit` letters.
  /// - Throws: UNAVAILABLE.
  package func deadLetters(
    after number: Int64,
    limit: Int,
    upTo bytes: Int = 1 << 20
  ) async throws -> [DeadLetter] {
    try await systemRead { transaction in
      var letters: [DeadLetter] = []
      var held = 0
      try transaction.session.runOwn(
        """
        SELECT \(DeadLetters.columns) FROM main.mesh_dead_letters
        WHERE number > \(number) ORDER BY number LIMIT \(limit)
        """
      ) { row in
        let letter = try DeadLetters.letter(&row)
        held += letter.letter.change.count
        guard letters.isEmpty || held <= bytes else { return false }
        letters.append(letter)
        return true
      }
      return letters
    }
  }

  /// How many changes are put aside.
  package func deadLetterCount() async throws -> Int {
    try await systemRead { transaction in
      try transaction.session.firstOwn("SELECT count(*) FROM main.mesh_dead_letters") { row in
        try row.next(Int.self)
      } ?? 0
    }
  }

  /// How many changes of each feed are put aside.
  package func deadLetterCounts() async throws -> [String: Int] {
    try await systemRead { transaction in
      var counts: [String: Int] = [:]
      try transaction.session.runOwn(
        "SELECT feed, count(*) FROM main.mesh_dead_letters GROUP BY feed"
      ) { row in
        let feed: String = try row.next()
        counts[feed] = try row.next(Int.self)
        return true
      }
      return counts
    }
  }

  /// Gives a letter whose tenant was unknown to the tenant that can be read from it now, so that the tenant's
  /// transaction can take it off the list.
  package func give(_ letter: DeadLetter, to tenant: TenantID, as author: Author) async throws {
    guard letter.letter.tenant != tenant else { return }
    try await systemWrite(as: author) { transaction in
      _ = try transaction.session.runOwn(
        "UPDATE main.mesh_dead_letters SET tenant_id = \(tenant) WHERE number = \(letter.number)"
      )
    }
  }

  /// The letters with these numbers.
  package func deadLetters(_ numbers: [Int64]) async throws -> [DeadLetter] {
    try await systemRead { transaction in
      try numbers.compactMap { number in
        try transaction.session.firstOwn(
          "SELECT \(DeadLetters.columns) FROM main.mesh_dead_letters WHERE number = \(number)"
        ) { row in try DeadLetters.letter(&row) }
      }
    }
  }

  /// Notes that a letter could not be applied once more.
  package func noteFailure(
    of letter: DeadLetter,
    error: String,
    as author: Author
  ) async throws {
    try await systemWrite(as: author) { transaction in
      _ = try transaction.session.runOwn(
        """
        UPDATE main.mesh_dead_letters
        SET attempts = attempts + 1, error = \(error), time = \(transaction.now)
        WHERE number = \(letter.number)
        """
      )
    }
  }

  /// Discards a letter, whose change is then never applied.
  ///
  /// - Returns: false when there was none with that number.
  package func discardDeadLetter(_ number: Int64, as author: Author) async throws -> Bool {
    try await systemWrite(as: author) { try DeadLetters.remove(number, $0.session) }
  }
}

extension WriteTransaction {
  /// Puts a change aside in this transaction.
  package func bury(_ letter: NewDeadLetter) throws {
    try DeadLetters.add(letter, at: now, session)
  }

  /// Takes a letter off the list in the transaction of its effect.
  ///
  /// - Returns: false when it is not on the list.
  package func removeDeadLetter(_ number: Int64) throws -> Bool {
    try DeadLetters.remove(number, session)
  }

  /// Whether an earlier change of the same resource waits on the list.
  package func hasDeadLetter(
    in feed: String,
    _ object: String,
    _ id: String,
    before number: Int64 = .max
  ) throws -> Bool {
    try session.firstOwn(
      """
      SELECT 1 FROM main.mesh_dead_letters
      WHERE feed = \(feed) AND object_id = \(id) AND object = \(object) AND tenant_id = \(tenant)
        AND number < \(number)
      LIMIT 1
      """
    ) { _ in true } ?? false
  }
}

extension SystemWriteTransaction {
  /// Puts a change aside in this transaction.
  package func bury(_ letter: NewDeadLetter) throws {
    try DeadLetters.add(letter, at: now, session)
  }

  /// Takes all letters of a feed off the list, which a snapshot has made up for.
  package func removeDeadLetters(of feed: String) throws {
    try session.runOwn("DELETE FROM main.mesh_dead_letters WHERE feed = \(feed)")
  }
}

enum DeadLetters {
  static let columns: SQL =
    "number, feed, tenant_id, object, object_id, change, error, attempts, time"

  static func letter(_ row: inout Row) throws -> DeadLetter {
    DeadLetter(
      number: try row.next(),
      letter: NewDeadLetter(
        feed: try row.next(),
        tenant: try row.next(),
        object: try row.next(),
        id: try row.next(),
        change: try row.next(),
        error: try row.next(),
        attempts: try row.next()
      ),
      time: try row.next()
    )
  }

  static func add(_ letter: NewDeadLetter, at now: Timestamp, _ session: StoreSession) throws {
    try session.runOwn(
      """
      INSERT INTO main.mesh_dead_letters (
        feed, tenant_id, object, object_id, change, error, attempts, time
      ) VALUES (
        \(letter.feed), \(letter.tenant), \(letter.object), \(letter.id), \(letter.change),
        \(letter.error), \(letter.attempts), \(now)
      )
      """
    )
  }

  static func remove(_ number: Int64, _ session: StoreSession) throws -> Bool {
    try session.runOwn("DELETE FROM main.mesh_dead_letters WHERE number = \(number)") > 0
  }
}
