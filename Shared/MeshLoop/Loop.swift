import CLinux
import CSwiftRuntime
import Glibc
import Synchronization

/// The process's one event loop: epoll, timers and the executor of `LoopActor` on a thread of its own.
///
/// A turn of the loop handles the sockets that are ready and the timers that are due, then the Swift
/// jobs those made runnable, and last the hooks of `endOfTick`, which send what the turn produced.
package final class Loop: SerialExecutor {
  /// The loop; its thread starts when it is first asked for.
  package static let shared = Loop()

  private let poller = Poller()
  private let inbox = LoopInbox()
  private let thread = Atomic<UInt>(0)

  /// Jobs made runnable on the loop's own thread, which alone touches this.
  private nonisolated(unsafe) var ready: [UnownedJob] = []
  @LoopActor private var registrations: [Registration?] = []
  @LoopActor private var generation: UInt32 = 0
  @LoopActor private var timers: LoopTimers
  @LoopActor private var hooks: [@LoopActor () -> Void] = []

  private init() {
    timers = LoopTimers()
    startThread(named: "mesh-loop") { [self] in
      thread.store(UInt(pthread_self()), ordering: .releasing)
      // The loop itself is a job of its executor. The runtime then sees at a glance that callbacks
      // are isolated to it; outside of any job it has to ask around, which costs more than a call.
      Task { @LoopActor in run() }
      if let job = ready.popLast() { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }

  /// Whether the caller runs on the loop's thread.
  package static var isCurrentThread: Bool {
    shared.thread.load(ordering: .relaxed) == UInt(pthread_self())
  }

  // MARK: Work from any thread

  /// Runs `body` on the loop soon; callable from any thread, in order per thread.
  package func enqueue(_ body: @escaping @Sendable @LoopActor () -> Void) {
    inbox.add(.body(body))
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    add(UnownedJob(job))
  }

  private func add(_ job: UnownedJob) {
    if Self.isCurrentThread {
      ready.append(job)
    } else {
      inbox.add(.job(job))
    }
  }

  package func checkIsolated() {
    precondition(Self.isCurrentThread, "not on the loop's thread")
  }

  package func isIsolatingCurrentContext() -> Bool? {
    Self.isCurrentThread
  }

  package func isSameExclusiveExecutionContext(other: Loop) -> Bool {
    self === other
  }

  /// Takes all work that has no executor, for which the runtime would otherwise start threads.
  ///
  /// A continuation is resumed without an executor, whatever awaits it (`swift_continuation_init` of the
  /// runtime): the answer of a store would reach the loop by way of another thread, which costs more than
  /// the rest of a small call. For a process that is all the loop's, before its first work.
  package static func adoptJobsWithoutExecutor() {
    cswift_take_global_jobs { pointer in
      guard let pointer else { return }
      // What the runtime passes is the reference that an `UnownedJob` is.
      Loop.shared.add(unsafeBitCast(pointer, to: UnownedJob.self))
    }
  }

  // MARK: Work on the loop

  /// Calls `handler` whenever `descriptor` is ready in the ways of `events` (level-triggered).
  ///
  /// The descriptor stays the caller's: cancel the registration before closing it.
  @LoopActor
  package func watch(
    _ descriptor: Int32,
    _ events: LoopEvents,
    handler: @escaping @LoopActor (LoopEvents) -> Void
  ) -> Registration {
    generation &+= 1
    let registration = Registration(
      poller: poller,
      descriptor: descriptor,
      generation: generation,
      events: events,
      handler: handler
    )
    let index = Int(descriptor)
    while registrations.count <= index { registrations.append(nil) }
    registrations[index] = registration
    return registration
  }

  /// Calls `body` once, after `duration`, unless the token is cancelled before.
  @LoopActor
  @discardableResult
  package func schedule(
    after duration: Duration,
    _ body: @escaping @LoopActor () -> Void
  ) -> TimerToken {
    schedule(at: Deadline(after: duration), body)
  }

  /// Calls `body` once, at `deadline`, unless the token is cancelled before.
  @LoopActor
  @discardableResult
  package func schedule(
    at deadline: Deadline,
    _ body: @escaping @LoopActor () -> Void
  ) -> TimerToken {
    timers.schedule(at: deadline, body)
  }

  /// Calls `body` once, when the events and jobs of this turn are done.
  ///
  /// What many calls of one turn produce for one socket leaves in one send this way.
  @LoopActor
  package func endOfTick(_ body: @escaping @LoopActor () -> Void) {
    hooks.append(body)
  }

  // MARK: The thread

  @LoopActor
  private func run() -> Never {
    let wake = watch(inbox.wakeDescriptor, .edgeTriggered) { [inbox] _ in
      inbox.drain { entry in
        switch entry {
        case .body(let body): body()
        case .job(let job): self.ready.append(job)
        }
      }
    }
    var isTimerDue = false
    let clock = watch(timers.descriptor, .readable) { _ in isTimerDue = true }
    while true {
      let isIdle = ready.isEmpty && hooks.isEmpty
      poller.wait(blocking: isIdle) { descriptor, generation, events in
        // A registration cancelled earlier in this batch no longer stands in the table, or another
        // one stands in its place.
        let registration = registrations[Int(descriptor)]
        if let registration, registration.generation == generation, registration.isActive {
          registration.handler(events)
        }
      }
      // After a turn that took long, what came in time stands beside the timer that waited for it.
      if isTimerDue {
        isTimerDue = false
        timers.fire()
      }
      settle()
      assert(wake.isActive && clock.isActive)
    }
  }

  /// Runs jobs and hooks until none are left, or for a few rounds, so that sockets get their turn.
  @LoopActor
  private func settle() {
    for _ in 0..<8 {
      var rounds = 0
      while !ready.isEmpty, rounds < 64 {
        rounds += 1
        let jobs = ready
        ready.removeAll(keepingCapacity: true)
        for job in jobs {
          job.runSynchronously(on: asUnownedSerialExecutor())
        }
      }
      if hooks.isEmpty { return }
      let due = hooks
      hooks.removeAll(keepingCapacity: true)
      for hook in due { hook() }
    }
  }

  @LoopActor
  func forget(_ registration: Registration) {
    let index = Int(registration.descriptor)
    if registrations[index] === registration { registrations[index] = nil }
  }

  @LoopActor
  func cancel(_ token: TimerToken) {
    timers.cancel(token)
  }
}

/// Starts a detached thread with every signal blocked: the loop's thread takes what it watches.
package func startThread(named name: StaticString, _ body: @escaping @Sendable () -> Void) {
  final class Start: Sendable {
    let name: StaticString
    let body: @Sendable () -> Void
    init(name: StaticString, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
  let start = Unmanaged.passRetained(Start(name: name, body: body)).toOpaque()
  var thread = pthread_t()
  let result = pthread_create(
    &thread,
    nil,
    { pointer in
      guard let pointer = pointer else { return nil }
      let start = Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue()
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      start.name.utf8Start.withMemoryRebound(to: CChar.self, capacity: 16) { name in
        clinux_name_thread(name)
      }
      start.body()
      return nil
    },
    start
  )
  precondition(result == 0, "no thread could be started")
  pthread_detach(thread)
}
