/// How many processes of each service share its database: one by default.
package struct ReplicaCounts: Sendable, Hashable {
  private static let most = 16

  private let counts: [String: Int]

  /// One process of each service.
  package static let one = ReplicaCounts(counts: [:])

  private init(counts: [String: Int]) { self.counts = counts }

  /// Reads `leads=2,access=3`, or an empty text for one of each; nil for a text of another form, a service that is
  /// named twice, and counts outside of 1 to 16.
  package init?(_ text: String) {
    var counts: [String: Int] = [:]
    let entries = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
    for entry in entries {
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let count = Int(parts[1]),
        (1...Self.most).contains(count), counts.updateValue(count, forKey: String(parts[0])) == nil
      else { return nil }
    }
    self.counts = counts
  }

  package subscript(service service: String) -> Int { counts[service] ?? 1 }

  /// The services with a count of their own.
  package var services: [String] { counts.keys.sorted() }

  /// Whether each service has one process.
  package var areSingle: Bool { counts.values.allSatisfy { $0 == 1 } }

  /// In the form that `init` takes.
  package var text: String { services.map { "\($0)=\(self[service: $0])" }.joined(separator: ",") }

  /// The names of a service's processes, and of their sockets: `leads`, `leads-2` and so on.
  package func names(of service: String) -> [String] {
    (1...self[service: service]).map { Self.name(of: service, $0) }
  }

  /// The name of the process with a number.
  package static func name(of service: String, _ number: Int) -> String {
    number == 1 ? service : "\(service)-\(number)"
  }
}
