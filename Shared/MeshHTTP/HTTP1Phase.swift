/// What a connection of an HTTP/1.1 server is doing.
enum HTTP1Phase: Equatable {
  /// Waits for a request, or for the rest of its head or body.
  case idle, head, body
  case answering
  /// Sends a body that is being made.
  case streaming
  /// Waits for the client to take its answer.
  case writing
  /// Answered what could not be understood; reads on so that the client sees the answer, not a
  /// reset.
  case lingering
  case closed
}
