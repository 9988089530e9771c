package import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshStore

/// A kind of durable command: work that spans services, in steps that are each done once, whatever crashes
/// meanwhile.
///
/// A service that creates a tenant, converts a lead or erases a person starts a command, and answers its
/// caller when it is done. Each step calls at most one other service and then makes a transaction here, which
/// stores the step's effect, the new state and the next step. If the process ends in between, or the
/// other service is down, the command continues by itself with the same step. A kind is one type of a
/// service, read from top to bottom:
///
///     struct LeadErasure: CommandKind {
///       static let name = "lead.erase"
///       let deals: DealsServiceClient
///       let notes: NotesServiceClient
///
///       var steps: [CommandStep<Erasure>] {
///         [
///           CommandStep("deals", call: eraseDeals),
///           CommandStep("notes", call: eraseNotes, write: eraseLead),
///         ]
///       }
///
///       var afterRefusal: AfterRefusal<Erasure> { .leave }
///
///       @LoopActor
///       func eraseDeals(_ erasure: Erasure, _ work: CommandWork) async throws -> Erasure {
///         let answer = try await deals.eraseDeals(erasure.request, work.options)
///         return erasure.with(answer)
///       }
///
///       func eraseLead(_ erasure: inout Erasure, _ transaction: WriteTransaction) throws { ... }
///     }
///
/// The service has one `Commands` of it, lists that in `Service.commands`, and starts a command like this:
///
///     let mark = RequestMark(request, key: request.requestId, call)
///     let beginning = try await store.write(call.tenant, as: Author(call)) { transaction in
///       try transaction.begin(erasures, once: mark) {
///         let lead = ...  // what is to be checked: permission, state
///         return NewCommand(in: call.tenant, about: lead.idText, Erasure(...))
///       }
///     }
///     let done = try await erasures.finish(beginning)
///
/// The rules for every command:
///
/// * **Once**: a step may run again after a crash, so that its call carries `work.options`, with a request id
///   of the command and the step: the other service does it once and gives the same response again, for 24 hours.
///   Its effect here is made once, as it is one transaction with the next step. What must happen only once
///   even if an operator retries it days later needs more than a request id, such as the lead's id.
/// * **The same request**: a step that runs again sends the same bytes, or the other service answers
///   IDEMPOTENCY_CONFLICT, which is a refusal. So a request is made of the state, and of what nobody changes
///   while the command is open. A release that sends more does so only for commands that it began itself,
///   which it tells by their state.
/// * **The same answer**: the same request (idempotency key), or another one about the same subject while it is
///   open, finds the command, carries it on if nobody does, and returns its last state.
/// * **Author**: permission is checked where the command begins. While its caller waits, its changes are
///   made as the caller; later as `system:<service>` on behalf of that member. Calls to other services
///   are always the latter.
/// * **Failures that may pass** (UNAVAILABLE, ABORTED, a defect) delay the step, first by a second, finally by
///   a minute. After 200 tries, about two and a half hours, the command has failed: it stays
///   as it is.
/// * **A refusal** of a step (INVALID_ARGUMENT, FAILED_PRECONDITION, ...) ends it, as the kind's
///   `afterRefusal` says: most kinds undo what was done, which is tried again like a step. A kind that
///   stays as it is explains in its comment what that means. A caller who waits gets the refusal, and the undone
///   command is forgotten; without a caller it is listed.
/// * **The operator** sees what is under way, was undone or failed in `leadmesh status` and `leadmesh
///   commands`, and retries or discards it (`DropCommands`). A failed command is undone before it is discarded; if
///   that is refused, such as when somebody has changed what was made, it is discarded all the same and what was made
///   stays.
/// * **Forgotten** is a command whose row is deleted: at once when it was undone while its caller waited, or when the
///   operator discards it; 25 hours after it was done, which is longer than its request's key counts; 30 days after
///   it was undone otherwise. One that has failed is kept until the operator discards it.
/// * **Processes**: the process that carries a command on holds it for 15 seconds from its last step. One that has
///   lost it saves nothing: each save names the version that was read.
/// * **Bounds**: 64 KiB of state, 100 commands under way in a tenant, ten seconds for a call.
package protocol CommandKind: Sendable {
  /// What the steps work on, and the final result; a message, which is stored encoded.
  associatedtype State: Message

  /// The name of the kind, such as `lead.convert`; stored with commands, so it never changes.
  static var name: String { get }

  /// The steps in order. A release may add a step and change what one does, but an open command continues
  /// by the names of its steps.
  var steps: [CommandStep<State>] { get }

  /// What happens when a step is refused.
  var afterRefusal: AfterRefusal<State> { get }
}

/// What happens to a command when one of its steps is refused.
package enum AfterRefusal<State: Message>: Sendable {
  package typealias Undo = @Sendable @LoopActor (State, CommandWork) async throws -> Void

  /// Undoes what the beginning and any of the steps may have done; repeating it does nothing.
  case undo(Undo)
  /// Ends as undone: the refused step has left nothing, nor has any step before it.
  case nothingToUndo
  /// Stays where it is, as failed, except if its first step was refused at the first try.
  case leave
}

/// One step: a call, then a transaction.
package struct CommandStep<State: Message>: Sendable {
  package typealias Ask = @Sendable @LoopActor (State, CommandWork) async throws -> State
  package typealias Write = @Sendable (inout State, WriteTransaction) throws -> Void

  let name: String
  let call: Ask
  let write: Write

  /// - Parameters:
  ///   - name: stored with commands, so it never changes.
  ///   - call: calls another service, once, with the options of the work; returns the state with the response. It
  ///     changes nothing here.
  ///   - write: the effect here, in the transaction that stores the state and the next step.
  package init(
    _ name: String,
    call: @escaping Ask = { state, _ in state },
    write: @escaping Write = { _, _ in }
  ) {
    self.name = name
    self.call = call
    self.write = write
  }
}

/// What a step's call gets.
package struct CommandWork: Sendable {
  /// How long a call may take: less than the process holds the command for.
  package static let callTime = Duration.seconds(10)

  package let tenant: TenantID
  /// The author of the service's own transactions.
  package let author: Author
  /// How long ago the command was started.
  package let age: Duration
  /// For the one call of the step: as this service on behalf of the member, with the step's request id.
  package let options: CallOptions

  init(_ command: StoredCommand, of service: String, by author: Author, at now: Timestamp) {
    tenant = command.name.tenant
    self.author = author
    age = now - command.createTime
    let starter = command.author
    options = CallOptions(
      timeout: Self.callTime,
      authorization: .system(
        service,
        tenant: tenant,
        onBehalfOf: MemberID(starter.actor) ?? starter.onBehalfOf.flatMap { MemberID($0) }
      ),
      idempotencyKey: "\(command.name.id.typeIDSuffix).\(command.step)",
      origin: starter.origin
    )
  }
}

extension StoredCommand {
  /// The author of what the service does by itself for whoever started the command.
  func author(of service: String) -> Author {
    let isSystem = author.actor.hasPrefix("system:")
    return Author(
      actor: "system:\(service)",
      onBehalfOf: isSystem ? author.onBehalfOf : author.actor,
      origin: author.origin
    )
  }
}

extension Error {
  /// Whether repeating the call would get the same error.
  package var isRefusal: Bool {
    guard let error = MeshError.clientError(for: self) else { return false }
    return switch error.code {
    case .invalidArgument, .notFound, .alreadyExists, .permissionDenied, .resourceExhausted,
      .failedPrecondition, .outOfRange, .unimplemented, .unauthenticated:
      true
    default: false
    }
  }
}
