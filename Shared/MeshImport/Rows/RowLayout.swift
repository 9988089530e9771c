import MeshCore
import MeshProto
import MeshRecords

/// How the columns of a file become the fields of a record: columns that stand for one another are together, the best
/// first.
struct RowLayout: Sendable {
  /// A field, and the columns of which the first with a value fills it.
  struct Filling: Sendable {
    let field: RecordField
    var columns: [SettledColumn]
  }

  /// Columns of one address, by their rank.
  struct Address: Sendable {
    let rank: Int
    var parts: [Filling] = []
    var houseNumbers: [SettledColumn] = []
    var streetMore: [SettledColumn] = []
  }

  private(set) var fields: [Filling] = []
  private(set) var relations: [Filling] = []
  private(set) var emails: [Filling] = []
  private(set) var phones: [Filling] = []
  private(set) var websites: [Filling] = []
  private(set) var addresses: [Address] = []
  private(set) var wishes: [(column: SettledColumn, wish: ColumnWish)] = []
  private(set) var wholeNames: [SettledColumn] = []
  private(set) var middleNames: [SettledColumn] = []
  /// Salutations, titles and what follows a name.
  private(set) var nameNotes: [SettledColumn] = []
  private(set) var dialCodes: [SettledColumn] = []
  private(set) var countries: [SettledColumn] = []
  private(set) var currencies: [SettledColumn] = []
  private(set) var descriptions: [SettledColumn] = []
  /// Columns that fill no field, and are lines of the description in any case.
  private(set) var noted: [SettledColumn] = []
  /// Columns that fill no field, and are kept on request.
  private(set) var leftOut: [SettledColumn] = []

  /// The field for free text; nil for none.
  let descriptionField: RecordField?

  /// - Parameters:
  ///   - columns: of the file.
  ///   - schema: of the records.
  ///   - relations: the fields whose columns refer to other records.
  ///   - descriptionField: the field for free text.
  init(
    _ columns: [SettledColumn],
    _ schema: RecordSchema,
    relations: Set<String>,
    descriptionField: String?
  ) {
    self.descriptionField = descriptionField.flatMap { schema[$0] }
    for column in columns.sorted(by: { ($0.preference, $0.index) < ($1.preference, $1.index) }) {
      if let wish = column.meaning?.wish {
        wishes.append((column, wish))
      } else if let field = column.field {
        take(column, filling: field, isRelation: relations.contains(field.name))
      } else {
        take(column)
      }
    }
    addresses.sort { $0.rank < $1.rank }
  }

  private mutating func take(
    _ column: SettledColumn,
    filling field: RecordField,
    isRelation: Bool
  ) {
    if column.meaning == .country { countries.append(column) }
    if isRelation {
      Self.add(column, field, to: &relations)
    } else if field.name == descriptionField?.name {
      descriptions.append(column)
    } else if column.meaning?.isAddressPart == true {
      addAddress(column) { Self.add(column, field, to: &$0.parts) }
    } else {
      switch field.rule.format {
      case .email where field.type == .text: Self.add(column, field, to: &emails)
      case .phone where field.type == .text: Self.add(column, field, to: &phones)
      case .url where field.type == .text: Self.add(column, field, to: &websites)
      default: Self.add(column, field, to: &fields)
      }
    }
  }

  private mutating func take(_ column: SettledColumn) {
    switch column.meaning {
    case .name: wholeNames.append(column)
    case .middleName: middleNames.append(column)
    case .namePrefix, .nameSuffix: nameNotes.append(column)
    case .dialCode: dialCodes.append(column)
    case .currency: currencies.append(column)
    case .houseNumber: addAddress(column) { $0.houseNumbers.append(column) }
    case .streetMore: addAddress(column) { $0.streetMore.append(column) }
    case .createTime, .firstContactTime, .lastContactTime: noted.append(column)
    case .unused: break
    default: leftOut.append(column)
    }
  }

  private static func add(
    _ column: SettledColumn,
    _ field: RecordField,
    to fillings: inout [Filling]
  ) {
    if let place = fillings.firstIndex(where: { $0.field.name == field.name }) {
      fillings[place].columns.append(column)
    } else {
      fillings.append(Filling(field: field, columns: [column]))
    }
  }

  private mutating func addAddress(_ column: SettledColumn, _ add: (inout Address) -> Void) {
    if let place = addresses.firstIndex(where: { $0.rank == column.rank }) {
      add(&addresses[place])
    } else {
      var address = Address(rank: column.rank)
      add(&address)
      addresses.append(address)
    }
  }
}

extension ColumnMeaning {
  /// Whether columns of it and of the same rank belong to one address.
  fileprivate var isAddressPart: Bool {
    switch self {
    case .street, .city, .state, .postalCode, .country: true
    default: false
    }
  }
}
