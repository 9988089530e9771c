package import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshStore

/// A kind of durable command: work that spans services, in steps that are done once each, whatever dies
/// meanwhile.
///
/// A service that creates a tenant, converts a lead or erases a person starts a command, and answers its
/// caller when it is done. Each step calls at most one other service and then makes a transaction here, which
/// has the step's effect, the new state and the next step in it. When the process ends in between, or the
/// other service is down, the command goes on by itself with the step that it was at. A kind is one type of a
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
/// The service keeps one `Commands` of it, names that in `Service.commands`, and starts one so:
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
/// What holds for every command:
///
/// * **Once**: a step may run again after a crash, so that its call carries `work.options`, with a request id
///   of the command and the step: the other service makes it once and answers the same again, for 24 hours.
///   Its effect here is made once, as it is one transaction with the next step. What must be made once
///   even if an operator retries it days later needs more than a request id, such as the lead's id.
/// * **The same request**: a step that runs again sends the same bytes, or the other service answers
///   IDEMPOTENCY_CONFLICT, which is a refusal. So a request is made of the state, and of what nobody changes
///   while the command is open; a release that says more in it says that for commands that it begins, by
///   their state.
/// * **The same answer**: the same request (idempotency key), or another about the same subject while it is
///   open, finds the command, carries it on if nobody does, and answers with its last state.
/// * **In whose name**: its permission was judged where it began. While its caller waits, its changes are
///   made in the caller's name; later as `system:<service>` on behalf of that member. Calls to other services
///   are always the latter.
/// * **Failures that may pass** (UNAVAILABLE, ABORTED, a defect) put the step off, for a second at first and
///   a minute in the end. After 200 tries, about two and a half hours, the command has failed: it is left as
///   it is.
/// * **A refusal** of a step (INVALID_ARGUMENT, FAILED_PRECONDITION, ...) ends it, as the kind's
///   `afterRefusal` says: most undo what was done before, which is tried again like a step. A kind that is
///   left as it is says in its comment what that means. The caller gets the refusal and the command is
///   forgotten; without a caller it is listed.
/// * **The operator** sees what is under way, was undone or failed in `leadmesh status` and `leadmesh
///   commands`, and retries or drops it. What has failed is undone before it is dropped; where that is
///   refused, such as when somebody has worked on what was made, it is dropped all the same and that stays.
/// * **Processes**: whoever carries a command on has it for 15 seconds from its last step. One that has lost
///   it saves nothing: each save names the version that it was read in.
/// * **Bounds**: 64 KiB of state, 100 commands under way in a tenant, ten seconds for a call.
package protocol CommandKind: Sendable {
  /// What the steps work on, and answer with in the end; a message, which is kept on the wire.
  associatedtype State: Message

  /// What kind of work it is, such as `lead.convert`; kept with commands, so never changed.
  static var name: String { get }

  /// In their order. A release may add a step and change what one does, but a command that is under way
  /// goes on by the names.
  var steps: [CommandStep<State>] { get }

  /// What becomes of it when a step is refused.
  var afterRefusal: AfterRefusal<State> { get }
}

/// What becomes of a command of which a step was refused.
package enum AfterRefusal<State: Message>: Sendable {
  package typealias Undo = @Sendable @LoopActor (State, CommandWork) async throws -> Void

  /// It is undone: what the beginning and any of the steps may have done; again, that does nothing.
  case undo(Undo)
  /// It ends as one that is undone: a step that is refused has left nothing, nor has one before it.
  case nothingToUndo
  /// It stays in the middle as one that has failed, except where its first step was refused at its first try.
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
  ///   - name: kept with commands, so never changed.
  ///   - call: asks another service, once, with the options of the work; gives the state with the answer. It
  ///     changes nothing here.
  ///   - write: the effect here, in the transaction that keeps the state and the next step.
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

/// What a step's call is made with.
package struct CommandWork: Sendable {
  /// How long a call may take: less than the process has the command for.
  package static let callTime = Duration.seconds(10)

  package let tenant: TenantID
  /// In whose name the service's own transactions are made.
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
  /// Whether it is an answer that stays the same however often one asks.
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
