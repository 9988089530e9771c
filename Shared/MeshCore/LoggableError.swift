/// An error that can say in a log what happened: its text holds nothing that users entered.
package protocol LoggableError: Error {
  var logText: String { get }
}

extension MeshError: LoggableError {
  /// The code and the reason; the message may repeat what a user entered.
  package var logText: String { "\(code) \(reason.rawValue)" }
}
