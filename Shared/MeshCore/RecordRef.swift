/// The id of a record of any kind and service, in a field that references KIND_ANY.
package typealias RecordRef = TypeID

extension TypeID {
  package init(prefix: String, _ words: IDWords) {
    self.prefix = prefix
    (high, low) = (words.high, words.low)
  }

  /// The UUID alone.
  package var words: IDWords { IDWords(high: high, low: low) }

  /// Its form in a database column with ids of several kinds: the 16 bytes of the UUID, then the prefix.
  package var key: [UInt8] { words.bytes + prefix.utf8 }
}

/// A kind of records.
package struct RecordKind: Hashable, Sendable {
  /// As permissions and changes name it: `scoring_rule`.
  package let object: String
  /// What its TypeIDs begin with.
  package let prefix: String
  /// The service that has the records.
  package let service: String

  package init(_ object: String, prefix: String, of service: String) {
    (self.object, self.prefix, self.service) = (object, prefix, service)
  }
}

/// The kinds of records of all services; the protos' registry of kinds generates `KindRegistry.all`.
package struct KindRegistry: Sendable {
  private let kinds: [String: RecordKind]

  package init(_ kinds: [RecordKind]) {
    self.kinds = Dictionary(kinds.map { ($0.prefix, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The kind whose ids have a prefix; nil for none.
  package subscript(prefix prefix: String) -> RecordKind? { kinds[prefix] }

  /// The id in a text; nil for a text that is no id, or the id of an unknown kind.
  package func ref(_ text: String) -> RecordRef? {
    guard let id = TypeID(text), kinds[id.prefix] != nil else { return nil }
    return id
  }
}
