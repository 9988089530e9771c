import MeshCore
import MeshProto
import MeshRecords
import MeshTables

/// Whether a row whose id is known is about the record that has it.
///
/// Lists of different vendors number their rows alike, so an id alone is not enough: an address, a number or a part of
/// the name must agree too, unless one of the two has none of these.
struct SameRecord {
  private let schema: RecordSchema
  /// What whoever imports sees: nothing else is compared.
  private let visible: FieldSet

  init(_ schema: RecordSchema, visible: FieldSet = .all) {
    self.schema = schema
    self.visible = visible
  }

  func agrees<Record: RecordMessage>(_ record: Record, _ draft: Record) -> Bool {
    var isCompared = false
    for evidence in [addresses(of: record, draft), numbers(of: record, draft)] {
      if evidence.left.isEmpty || evidence.right.isEmpty { continue }
      if !evidence.left.isDisjoint(with: evidence.right) { return true }
      isCompared = true
    }
    return namesAgree(record, draft) ?? !isCompared
  }

  private typealias Evidence = (left: Set<String>, right: Set<String>)

  private func addresses<Record: RecordMessage>(of record: Record, _ draft: Record) -> Evidence {
    texts(of: record, draft, in: { $0.rule.format == .email }) { [EmailAddress.folded($0)] }
  }

  private func numbers<Record: RecordMessage>(of record: Record, _ draft: Record) -> Evidence {
    texts(of: record, draft, in: { $0.rule.format == .phone }) { text in
      let number = text.split(separator: PhoneForm.extensionMark, maxSplits: 1).first ?? ""
      return [String(number.filter(\.isNumber))]
    }
  }

  /// Whether people, if both are people, share a part of the name, or what the records are called is alike.
  ///
  /// - Returns: nil when one of the two has no name.
  private func namesAgree<Record: RecordMessage>(_ record: Record, _ draft: Record) -> Bool? {
    let people = named(["first_name", "last_name"], record, draft, TellingWords.ofPerson)
    if !people.left.isEmpty, !people.right.isEmpty {
      return !people.left.isDisjoint(with: people.right)
    }
    let titles = schema.title.filter { schema[$0]?.isInput == true }
    for names in [["company_name"], titles] {
      let things = named(names, record, draft, TellingWords.ofThing)
      if !things.left.isEmpty, !things.right.isEmpty {
        return TellingWords.agree(things.left, things.right)
      }
    }
    return nil
  }

  private func named<Record: RecordMessage>(
    _ names: [String],
    _ record: Record,
    _ draft: Record,
    _ words: (String) -> Set<String>
  ) -> Evidence {
    texts(of: record, draft, in: { names.contains($0.name) }, words)
  }

  private func texts<Record: RecordMessage>(
    of record: Record,
    _ draft: Record,
    in isMeant: (RecordField) -> Bool,
    _ parts: (String) -> Set<String>
  ) -> Evidence {
    var evidence: Evidence = ([], [])
    for field in schema.generated
    where field.type == .text && isMeant(field) && visible.contains(field) {
      if let text = record.value(of: field).text { evidence.left.formUnion(parts(text)) }
      if let text = draft.value(of: field).text { evidence.right.formUnion(parts(text)) }
    }
    evidence.left.remove("")
    evidence.right.remove("")
    return evidence
  }
}
