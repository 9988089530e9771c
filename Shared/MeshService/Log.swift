import Glibc
package import MeshCore
import MeshRPC

/// The importance of a log line.
package enum LogLevel: Int, Comparable, Sendable, CaseIterable {
  case debug, info, warning, error

  package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }

  package var name: String {
    switch self {
    case .debug: "debug"
    case .info: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

/// A value of a log line.
///
/// There is no case for users' text, only for ids, numbers and words of the program, so that no
/// personal data reaches a log.
package enum LogValue: Sendable {
  case id(String)
  case number(Int)
  case milliseconds(Duration)
  case word(String)
  /// What an error says about itself for a log; the name of its type if it says nothing.
  case cause(any Error)

  /// What an error says about itself, without personal data.
  static func text(of error: any Error) -> String {
    if let error = error as? any LoggableError { return error.logText }
    guard let client = MeshError.clientError(for: error) else { return "\(type(of: error))" }
    return "\(type(of: error)) \(client.logText)"
  }
}

/// One JSON object a line, on standard error.
package struct Log: Sendable {
  package let service: String
  package let level: LogLevel
  private let clock: Clock

  package init(service: String, level: LogLevel, clock: Clock = .system) {
    self.service = service
    self.level = level
    self.clock = clock
  }

  package func debug(_ event: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
    write(.debug, event, values)
  }

  package func info(_ event: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
    write(.info, event, values)
  }

  package func warning(_ event: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
    write(.warning, event, values)
  }

  package func error(_ event: StaticString, _ values: KeyValuePairs<String, LogValue> = [:]) {
    write(.error, event, values)
  }

  private func write(
    _ level: LogLevel,
    _ event: StaticString,
    _ values: KeyValuePairs<String, LogValue>
  ) {
    guard level >= self.level else { return }
    var line = JSONWriter(reserving: 256)
    line.beginObject()
    line.key("time")
    line.string(clock.now.rfc3339)
    line.key("level")
    line.string(level.name)
    line.key("service")
    line.string(service)
    line.key("event")
    line.string(event.description)
    for (name, value) in values {
      line.key(name)
      switch value {
      case .id(let text), .word(let text): line.string(text)
      case .number(let number): line.integer(number)
      case .milliseconds(let duration): line.double(duration.milliseconds)
      case .cause(let error): line.string(LogValue.text(of: error))
      }
    }
    line.endObject()
    var bytes = line.bytes
    bytes.append(UInt8(ascii: "\n"))
    // One write per line, so that lines of several threads and processes do not mix.
    bytes.withUnsafeBytes { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension Duration {
  /// In milliseconds, to the microsecond.
  package var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
  }
}
