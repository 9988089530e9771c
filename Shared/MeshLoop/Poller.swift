import CLinux
import Glibc

/// What a descriptor is watched for, or ready for.
package struct LoopEvents: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Data, a connection to accept, the end of the stream or an error can be read.
  package static let readable = LoopEvents(rawValue: EPOLLIN.rawValue)
  package static let writable = LoopEvents(rawValue: EPOLLOUT.rawValue)
  /// Readable, told once per arrival: for descriptors that are never read.
  static let edgeTriggered = LoopEvents(rawValue: EPOLLIN.rawValue | EPOLLET.rawValue)
  /// Both ends are closed, or the socket failed; told whether asked for or not.
  package static let failed = LoopEvents(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
}

/// The epoll instance and the buffer its events are read into; for the loop's thread only.
final class Poller: Sendable {
  private static let batch = 256
  private let descriptor: Int32
  /// Written by `wait` alone, which runs on the loop's thread.
  private nonisolated(unsafe) let events: UnsafeMutablePointer<epoll_event>

  init() {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    precondition(descriptor >= 0, "no epoll: out of descriptors at start")
    events = .allocate(capacity: Self.batch)
  }

  func add(_ descriptor: Int32, _ events: LoopEvents, generation: UInt32) {
    control(EPOLL_CTL_ADD, descriptor, events, generation: generation)
  }

  func change(_ descriptor: Int32, _ events: LoopEvents, generation: UInt32) {
    control(EPOLL_CTL_MOD, descriptor, events, generation: generation)
  }

  func remove(_ descriptor: Int32) {
    control(EPOLL_CTL_DEL, descriptor, [], generation: 0)
  }

  private func control(
    _ operation: Int32,
    _ descriptor: Int32,
    _ events: LoopEvents,
    generation: UInt32
  ) {
    let data = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    var event = epoll_event(events: events.rawValue, data: epoll_data_t(u64: data))
    let result = epoll_ctl(self.descriptor, operation, descriptor, &event)
    // Anything else means that a descriptor was closed before its registration was cancelled.
    precondition(result == 0 || operation == EPOLL_CTL_DEL, "epoll refused a descriptor")
  }

  /// Hands over one batch of events, waiting for the first when `blocking`.
  @LoopActor
  func wait(blocking: Bool, _ handle: @LoopActor (Int32, UInt32, LoopEvents) -> Void) {
    let count = epoll_wait(descriptor, events, Int32(Self.batch), blocking ? -1 : 0)
    guard count > 0 else { return }
    for index in 0..<Int(count) {
      let event = events[index]
      let data = event.data.u64
      handle(
        Int32(truncatingIfNeeded: data),
        UInt32(truncatingIfNeeded: data >> 32),
        LoopEvents(rawValue: event.events)
      )
    }
  }
}

/// A descriptor that the loop watches, until it is cancelled.
@LoopActor
package final class Registration {
  private let poller: Poller
  let descriptor: Int32
  let generation: UInt32
  private(set) var handler: @LoopActor (LoopEvents) -> Void
  private var events: LoopEvents
  private(set) var isActive = true

  init(
    poller: Poller,
    descriptor: Int32,
    generation: UInt32,
    events: LoopEvents,
    handler: @escaping @LoopActor (LoopEvents) -> Void
  ) {
    self.poller = poller
    self.descriptor = descriptor
    self.generation = generation
    self.events = events
    self.handler = handler
    poller.add(descriptor, events, generation: generation)
  }

  /// Watches for `events` from now on.
  package func update(_ events: LoopEvents) {
    guard isActive, events != self.events else { return }
    self.events = events
    poller.change(descriptor, events, generation: generation)
  }

  /// Ends the watch; the handler is not called again, not even for events of this turn.
  package func cancel() {
    guard isActive else { return }
    isActive = false
    handler = { _ in }
    poller.remove(descriptor)
    Loop.shared.forget(self)
  }
}
