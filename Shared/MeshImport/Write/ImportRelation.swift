import CEL
import MeshAccess
package import MeshCore
import MeshProto
package import MeshRecords
import MeshStore
import MeshTables

/// How a column's text finds the record that a field refers to.
package struct ImportRelation: Sendable {
  /// A record, and the texts by which a file may refer to it, such as e-mail address and full name.
  package typealias Named = (id: IDWords, names: [String])

  fileprivate enum Way: Sendable {
    case lookup(
      @Sendable (ReadTransaction, _ text: String, _ system: String, ImportPerson) throws
        -> ImportMatch
    )
    case list(@Sendable (TenantID) throws -> [Named])
  }

  /// What people call the records that are referred to: "account".
  let object: String
  /// The prefix of their ids.
  let idPrefix: String
  fileprivate let way: Way
  /// Whether they are members or other records that a list has, rather than records of files.
  var isList: Bool {
    switch way {
    case .list: true
    case .lookup: false
    }
  }
  /// The first names of the records that a person may read, up to the requested number.
  fileprivate let names: @Sendable (ReadTransaction, ImportPerson, _ most: Int) throws -> [String]

  /// Records of the same database that whoever imports may read, found by their id, by the id that they had in the
  /// file's source system when they were imported, or by their title.
  ///
  /// A record that names another of its kind stands below it ([Lineage](../MeshRecords/Lineage.swift)).
  package static func records<Record: StoredRecord>(_: Record.Type) -> ImportRelation {
    let schema = Record.schema
    let title = schema.title.first.flatMap { schema[$0] }
    let way = Way.lookup { transaction, text, system, person in
      let readable: Scope<Record> = person.scope(.read, transaction)
      let forms = RowKey.keys(of: text, from: system, in: RowKey.space(of: schema.object))
      let keys = forms + forms.compactMap { key in person.member.map { key.own(to: $0) } }
      let imported = try transaction.imported(keys, from: system)
      for id in [IDWords(text, prefix: schema.idPrefix)] + keys.map({ imported[$0] }) {
        if let id, try transaction.record(id, in: readable) != nil {
          return ImportMatch(ids: [id], isByID: true)
        }
      }
      guard let title, readable.visible.contains(title) else { return ImportMatch() }
      let found = try transaction.records(
        where: "\(SQL(name: title.columnName)) = \(text)",
        in: readable,
        limit: 2
      )
      return ImportMatch(ids: found.compactMap(\.recordID))
    }
    let names: @Sendable (ReadTransaction, ImportPerson, Int) throws -> [String] = {
      transaction,
      person,
      most in
      let readable: Scope<Record> = person.scope(.read, transaction)
      guard let title, readable.visible.contains(title) else { return [] }
      return try transaction.records(where: "TRUE", in: readable, limit: most)
        .compactMap { $0.value(of: title).text }
    }
    return ImportRelation(
      object: schema.object,
      idPrefix: schema.idPrefix,
      way: way,
      names: names
    )
  }

  /// Records of another service whose names this one knows.
  ///
  /// - Parameters:
  ///   - object: what people call them; also the prefix of their ids.
  ///   - list: all records of a tenant.
  /// - Returns: a relation that finds names in any case.
  package static func listed(
    _ object: String,
    _ list: @escaping @Sendable (TenantID) throws -> [Named]
  ) -> ImportRelation {
    ImportRelation(object: object, idPrefix: object, way: .list(list)) { transaction, _, most in
      Array(try list(transaction.tenant).flatMap { $0.names }.prefix(most))
    }
  }
}

/// The records that a text names.
struct ImportMatch: Sendable {
  /// Two of them where it names several.
  var ids: [IDWords] = []
  /// Whether it is the record's id, here or in the file's source system: then titles do not matter.
  var isByID = false
}

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

  /// What a text that names somebody can mean: itself, the address in it, or its name turned round.
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

/// The names of a list, found in any case, and without accents where none is written as it is asked for.
struct ListedNames {
  private var exact: [String: Set<IDWords>] = [:]
  private var loose: [String: Set<IDWords>] = [:]

  init(_ named: [ImportRelation.Named]) {
    for (id, texts) in named {
      for text in texts.map({ TextForm.cleaned($0) }) where !text.isEmpty {
        exact[UnicodeText.folded(text), default: []].insert(id)
        if !Self.isAddress(text) { loose[LooseText.form(of: text), default: []].insert(id) }
      }
    }
  }

  /// Whom the first of some texts names that names anybody; several where it is not known which of them is meant.
  func ids(of texts: [String]) -> Set<IDWords> {
    let found = texts.lazy.compactMap { exact[UnicodeText.folded($0)] }.first
    if let found { return found }
    let names = texts.filter { !Self.isAddress($0) }
    return names.lazy.compactMap { loose[LooseText.form(of: $0)] }.first ?? []
  }

  /// Addresses that differ in an accent are two.
  private static func isAddress(_ text: String) -> Bool { text.contains("@") }
}
