import MeshCore
import MeshProto
import MeshRecords

/// Whether a row whose id is known is about the record that has it.
///
/// Lists of different vendors number their rows alike, so an id alone is not enough: an address, a number or a part of
/// the name must agree too, unless one of the two has none of these.
struct SameRecord {
  private let schema: RecordSchema

  init(_ schema: RecordSchema) { self.schema = schema }

  func agrees<Record: RecordMessage>(_ record: Record, _ draft: Record) -> Bool {
    var isCompared = false
    let all = [
      addresses(of: record, draft), numbers(of: record, draft), words(of: record, draft),
    ]
    for evidence in all {
      if evidence.left.isEmpty || evidence.right.isEmpty { continue }
      if !evidence.left.isDisjoint(with: evidence.right) { return true }
      isCompared = true
    }
    return !isCompared
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

  /// The words of names: of people, if both are people, or of what the records are called.
  private func words<Record: RecordMessage>(of record: Record, _ draft: Record) -> Evidence {
    let people = named(["first_name", "last_name"], record, draft)
    if !people.left.isEmpty, !people.right.isEmpty { return people }
    let companies = named(["company_name"], record, draft)
    if !companies.left.isEmpty, !companies.right.isEmpty { return companies }
    return named(Set(schema.title.filter { schema[$0]?.isInput == true }), record, draft)
  }

  private func named<Record: RecordMessage>(
    _ names: Set<String>,
    _ record: Record,
    _ draft: Record
  ) -> Evidence {
    texts(of: record, draft, in: { names.contains($0.name) }) { text in
      LooseText.form(of: text).split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 1 }
        .map(String.init)
    }
  }

  private func texts<Record: RecordMessage>(
    of record: Record,
    _ draft: Record,
    in isMeant: (RecordField) -> Bool,
    _ parts: (String) -> [String]
  ) -> Evidence {
    var evidence: Evidence = ([], [])
    for field in schema.generated where field.type == .text && isMeant(field) {
      if let text = record.value(of: field).text { evidence.left.formUnion(parts(text)) }
      if let text = draft.value(of: field).text { evidence.right.formUnion(parts(text)) }
    }
    evidence.left.remove("")
    evidence.right.remove("")
    return evidence
  }
}
