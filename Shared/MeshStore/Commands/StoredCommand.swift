package import MeshCore

/// Work across services that was started here, as the store keeps it between its steps.
///
/// What its steps do is MeshService's: see `CommandKind`.
package struct StoredCommand: Hashable, Sendable {
  package enum Status: Int, Sendable, CaseIterable {
    /// A process carries it on, or it waits for the next try.
    case running = 1
    /// A step was refused, and what was done before is being undone.
    case undoing
    case done
    /// A step was refused, and nothing of the command is left.
    case undone
    /// Given up in the middle; it goes on when it is retried.
    case failed
  }

  /// What identifies a command everywhere.
  package struct Name: Hashable, Sendable {
    package let tenant: TenantID
    package let id: IDWords

    package init(tenant: TenantID, id: IDWords) {
      self.tenant = tenant
      self.id = id
    }
  }

  /// How long the process that carries a command on has it to itself, anew with each step.
  package static let lease = Duration.seconds(15)
  /// The longest that an open command waits, for its next try or for who holds it.
  package static let longestWait = Duration.seconds(60)
  /// Bytes of a state: 64 KiB.
  package static let mostStateBytes = 64 << 10
  /// The step of a command that is being undone.
  package static let undo = "undo"

  package let name: Name
  /// What kind of work it is, such as `lead.convert`.
  package let kind: String
  /// The id or name of what it is about, which no other open command of its kind is; may be empty.
  package let subject: String
  /// Who started it.
  package let author: Author
  package let createTime: Timestamp
  /// Its number in the list of its service; 0 until it is stored.
  package internal(set) var number: Int64 = 0
  package var status = Status.running
  /// The next step; empty when there is none.
  package var step: String
  /// The state's message on the wire.
  package var state: [UInt8]
  /// How often the next step has failed since one before it succeeded.
  package var attempts = 0
  /// Why it failed the last time, without personal data.
  package var error = ""
  /// Whether a process carries it on.
  package var isHeld: Bool
  /// When that process has lost it; without one, when it is tried again, or when it is forgotten.
  package var dueTime: Timestamp
  /// Grows whenever it is saved, so that a process that has lost it cannot save it.
  var version: Int64 = 0

  /// A command that begins.
  ///
  /// - Parameters:
  ///   - name: its tenant and id.
  ///   - kind: of work.
  ///   - subject: what it is about.
  ///   - author: who starts it.
  ///   - step: the first one.
  ///   - state: what that begins with.
  ///   - createTime: when it was started.
  ///   - isHeld: whether whoever starts it carries it on; else it is due at once.
  package init(
    _ name: Name,
    kind: String,
    subject: String,
    author: Author,
    step: String,
    state: [UInt8],
    createTime: Timestamp,
    isHeld: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.subject = subject
    self.author = author
    self.step = step
    self.state = state
    self.createTime = createTime
    self.isHeld = isHeld
    dueTime = isHeld ? createTime + Self.lease : createTime
  }

  /// Whether there is work to do.
  package var isOpen: Bool { status == .running || status == .undoing }

  /// Whether a process may begin to carry it on at `now`: also when its lease ends later than any does, as
  /// after a clock that was set back.
  package func isFree(at now: Timestamp) -> Bool {
    !isHeld || dueTime <= now || dueTime > now + Self.lease
  }

  /// Gives it to the process that carries it on, which begins with the next step.
  package mutating func hold(at now: Timestamp) {
    if !isOpen {
      status = step == Self.undo ? .undoing : .running
      attempts = 0
    }
    isHeld = true
    dueTime = now + Self.lease
  }

  /// Notes that a step was done; an empty `next` ends the command.
  package mutating func advance(to next: String, _ state: [UInt8], at now: Timestamp) {
    step = next
    self.state = state
    attempts = 0
    error = ""
    if next.isEmpty { end(.done, at: now) } else { hold(at: now) }
  }

  /// Notes that a step was refused and what was done is to be undone, by the process that holds it.
  package mutating func beginUndoing(_ error: String, at now: Timestamp) {
    status = .undoing
    step = Self.undo
    attempts = 0
    self.error = error
    hold(at: now)
  }

  /// Notes that the next step has failed, and is tried again after `wait`; never when that is nil.
  package mutating func putOff(_ error: String, for wait: Duration?, at now: Timestamp) {
    attempts += 1
    self.error = error
    guard let wait else { return end(.failed, at: now) }
    isHeld = false
    dueTime = now + wait
  }

  /// Notes how it ended.
  package mutating func end(_ status: Status, at now: Timestamp) {
    self.status = status
    isHeld = false
    dueTime = now + (status == .done ? Self.answerTime : Self.listTime)
  }

  /// How long the answer of one that is done is kept: longer than its request's key.
  private static let answerTime = Duration.seconds(25 * 3600)
  /// How long one that was undone is listed; one that has failed is until it is retried or dropped.
  private static let listTime = Duration.seconds(30 * 24 * 3600)
}

/// Another process carries the command on, or has ended it; what this one did was not saved.
package struct CommandLost: ClientError {
  package init() {}

  package var meshError: MeshError {
    .unavailable("another request is carrying this out; try again in a few seconds")
  }
}

// Conditions on the status of commands.
extension StoredCommand {
  /// There is work to do.
  static let areOpen = oneOf(.running, .undoing)
  /// No other of the kind begins about the subject; the index by subject has just these.
  static let holdSubject = oneOf(.running, .undoing, .failed)
  /// They are forgotten when their time has come.
  static let haveEnded = oneOf(.done, .undone)
  /// The operator sees them.
  static let areListed = oneOf(.running, .undoing, .undone, .failed)

  private static func oneOf(_ among: Status...) -> SQL {
    let numbers = among.map { "\($0.rawValue)" }.joined(separator: ", ")
    return SQL(storeText: "status IN (\(numbers))")
  }
}

extension StoredCommand {
  static let columns: SQL = """
    tenant_id, command_id, kind, subject, actor, on_behalf_of, request_id, address, agent, create_time,
    number, status, step, state, attempts, error, is_held, due_time, version
    """

  init(_ row: inout Row) throws {
    name = Name(tenant: try row.next(), id: try row.next())
    kind = try row.next()
    subject = try row.next()
    author = try Author(&row)
    createTime = try row.next()
    number = try row.next()
    status = Status(rawValue: try row.next()) ?? .failed
    step = try row.next()
    state = try row.next()
    attempts = try row.next()
    error = try row.next()
    isHeld = try row.next()
    dueTime = try row.next()
    version = try row.next()
  }
}
