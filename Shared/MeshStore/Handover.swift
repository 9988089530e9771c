/// Hands a value that belongs to one thread over to another, once.
final class Handover<Value>: @unchecked Sendable {
  // Set by the thread that makes it; taken by the one it is made for, which starts afterwards or sees it
  // under a lock.
  private var value: Value?

  init(_ value: Value) { self.value = value }

  func take() -> Value? {
    defer { value = nil }
    return value
  }
}
