/// The id of a record of any kind, whichever service has it: in a field that references KIND_ANY.
package typealias RecordRef = TypeID

extension TypeID {
  package init(prefix: String, _ words: IDWords) {
    self.prefix = prefix
    (high, low) = (words.high, words.low)
  }

  /// The UUID alone.
  package var words: IDWords { IDWords(high: high, low: low) }

  /// What tells it from ids of all kinds, in a column of a database: the 16 bytes of the UUID, then the prefix.
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

/// The kinds of records that there are, of all services; the protos' registry of kinds makes `KindRegistry.all`.
package struct KindRegistry: Sendable {
  private let kinds: [String: RecordKind]

  package init(_ kinds: [RecordKind]) {
    self.kinds = Dictionary(kinds.map { ($0.prefix, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The kind whose ids have a prefix; nil for none.
  package subscript(prefix prefix: String) -> RecordKind? { kinds[prefix] }

  /// The id that a text is; nil for what is no id, or that of an unknown kind.
  package func ref(_ text: String) -> RecordRef? {
    guard let id = TypeID(text), kinds[id.prefix] != nil else { return nil }
    return id
  }
}
