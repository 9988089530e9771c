import CEL
import MeshCore
import MeshStore
import MeshTables

/// Finds the records that the rows of one batch name, each text once; belongs to one transaction.
struct ImportNames {
  private let transaction: ReadTransaction
  private let system: String
  /// Whoever imports: what they may not read is found by no name.
  private let person: ImportPerson
  /// Whether a name that finds no record is compared with existing names.
  private let suggests: Bool
  private var spellings: [String: Spelling] = [:]
  /// The names that are similar to texts, by the kind of record.
  private var hints: [String: [String: String]] = [:]
  /// How many texts were compared.
  private var hinted = 0
  private var found: [String: [String: ImportMatch]] = [:]
  private var lists: [String: ListedNames] = [:]

  init(
    _ transaction: ReadTransaction,
    from system: String,
    as person: ImportPerson,
    suggests: Bool
  ) {
    self.transaction = transaction
    self.system = system
    self.person = person
    self.suggests = suggests
  }

  /// The record that a text refers to.
  ///
  /// - Throws: `ImportValueFault` if it refers to none, or to several.
  mutating func id(of text: String, _ relation: ImportRelation, _ field: String) throws -> TypeID {
    let ids = try match(text, relation).ids
    guard let id = ids.first, ids.count == 1 else {
      throw try fault(of: text, relation, field)
    }
    // A TypeID's text is its prefix and the id's digits.
    guard let typed = TypeID("\(relation.idPrefix)_\(id.typeIDSuffix)") else {
      throw ImportValueFault(naming: text, relation, field, isKnown: false)
    }
    return typed
  }

  /// The record that the first text refers to which refers to one.
  ///
  /// - Throws: `ImportValueFault` for the first text if none does.
  mutating func id(
    of texts: [String],
    _ relation: ImportRelation,
    _ field: String
  ) throws -> TypeID {
    for text in texts where try match(text, relation).ids.count == 1 {
      return try id(of: text, relation, field)
    }
    return try id(of: texts.first ?? "", relation, field)
  }

  /// What is wrong with a text that does not name one record; a dry run suggests a similar name where it names none.
  mutating func fault(
    of text: String,
    _ relation: ImportRelation,
    _ field: String
  ) throws -> ImportValueFault {
    let isKnown = try !match(text, relation).ids.isEmpty
    let near = try suggests && !isKnown ? name(near: text, relation) : ""
    return ImportValueFault(naming: text, relation, field, isKnown: isKnown, near: near)
  }

  /// A similar name; empty if not exactly one is similar, a tenant has too many names, or too many texts were compared
  /// with them.
  private mutating func name(near text: String, _ relation: ImportRelation) throws -> String {
    if let known = hints[relation.object]?[text] { return known }
    let most = ImportLimits.comparedNames
    guard text.utf8.count <= ImportLimits.hintBytes, hinted < ImportLimits.hints else { return "" }
    if spellings[relation.object] == nil {
      let names = try relation.names(transaction, person, most + 1)
      // Longer ones are not a slip away.
      let short = names.filter { $0.utf8.count <= 2 * ImportLimits.hintBytes }
      spellings[relation.object] = Spelling(names.count > most ? [] : short)
    }
    hinted += 1
    let hint = spellings[relation.object]?.only(near: text) ?? ""
    hints[relation.object, default: [:]][text] = hint
    return hint
  }

  /// Forgets which records texts find.
  mutating func forget() { found.removeAll() }

  mutating func match(_ text: String, _ relation: ImportRelation) throws -> ImportMatch {
    if let known = found[relation.object]?[text] { return known }
    let match: ImportMatch
    switch relation.way {
    case .lookup(let find): match = try find(transaction, text, system, person)
    case .list(let list):
      if let id = IDWords(text, prefix: relation.idPrefix) {
        match = ImportMatch(ids: [id], isByID: true)
      } else {
        let names = try self.names(relation.object, list)
        match = ImportMatch(ids: Array(names.ids(of: Self.readings(of: text))))
      }
    }
    found[relation.object, default: [:]][text] = match
    return match
  }

  /// The ways to read a text that names a person: as it stands, as the address in it, or as a name turned round.
  private static func readings(of text: String) -> [String] {
    if text.contains("@") {
      guard let cell = EmailCell.read(text).value else { return [text] }
      return [text] + cell.addresses + [cell.name].compactMap(\.self)
    }
    guard text.contains(","), let name = PersonName.read(text).value else { return [text] }
    return [text, "\(name.first) \(name.last)"]
  }

  private mutating func names(
    _ object: String,
    _ list: (TenantID) throws -> [ImportRelation.Named]
  ) throws -> ListedNames {
    if let known = lists[object] { return known }
    let names = ListedNames(try list(transaction.tenant))
    lists[object] = names
    return names
  }
}
