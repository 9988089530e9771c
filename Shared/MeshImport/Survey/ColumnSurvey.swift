import MeshCore
import MeshProto
import MeshTables
import RecordsAPI

/// What the values of one column say.
struct ColumnSurvey: Sendable {
  /// What is looked for.
  private enum Evidence: Sendable {
    case none
    case numbers(NumberEvidence, isWhole: Bool)
    case dates(DateEvidence)
    /// Values of a list.
    case values(DistinctValues)
    /// Texts that name owners, in this column and in others.
    case names(NamedTexts)
    case flags
  }

  private static let mostExamples = 3
  private static let mostValues = 200

  let column: SettledColumn
  private var evidence: Evidence
  private var identifiers: IdentifierEvidence?
  /// The columns that name the same, this one among them, in the order in which they count; empty for others.
  let naming: [SettledColumn]
  private(set) var examples: [String] = []
  /// Rows with a value.
  private(set) var filled = 0
  private var unreadableFlags = 0

  /// - Parameters:
  ///   - column: what it fills.
  ///   - isIdentifier: whether its values may identify rows.
  ///   - isListed: whether its values are those of a list.
  ///   - naming: the columns that name an owner, if this is the first of them.
  init(
    _ column: SettledColumn,
    isIdentifier: Bool,
    isListed: Bool,
    naming: [SettledColumn] = []
  ) {
    self.column = column
    self.naming = naming
    identifiers = isIdentifier ? IdentifierEvidence() : nil
    if !naming.isEmpty {
      evidence = .names(NamedTexts())
    } else if isListed {
      evidence = .values(DistinctValues(most: Self.mostValues))
    } else {
      evidence = Self.evidence(for: column)
    }
  }

  private static func evidence(for column: SettledColumn) -> Evidence {
    if column.meaning?.wish != nil { return .none }
    switch column.meaning {
    case .createTime, .firstContactTime, .lastContactTime: return .dates(DateEvidence())
    default: break
    }
    switch column.field?.type {
    case .integer: return .numbers(NumberEvidence(), isWhole: true)
    case .decimal, .money: return .numbers(NumberEvidence(), isWhole: false)
    case .date, .timestamp: return .dates(DateEvidence())
    case .bool: return .flags
    default: return .none
    }
  }

  /// Takes what the column has in a row.
  mutating func add(_ row: [String]) {
    func cell(_ index: Int) -> String { index < row.count ? row[index] : "" }
    if case .names(var names) = evidence {
      evidence = .none
      names.add(naming.map { cell($0.index) })
      evidence = .names(names)
    }
    let value = cell(column.index)
    identifiers?.add(value)
    if value.isEmpty { return }
    filled += 1
    if examples.count < Self.mostExamples, !examples.contains(value) {
      examples.append(value.cut(maxBytes: 100))
    }
    switch evidence {
    case .none, .names: break
    case .numbers(var numbers, let isWhole):
      evidence = .none
      numbers.add(value)
      evidence = .numbers(numbers, isWhole: isWhole)
    case .dates(var dates):
      evidence = .none
      dates.add(value)
      evidence = .dates(dates)
    case .values(var values):
      evidence = .none
      values.add(value)
      evidence = .values(values)
    case .flags:
      if YesNo.read(value).fault != nil { unreadableFlags += 1 }
    }
  }

  /// The different values, the commonest first; none for other columns.
  var values: [DistinctValues.Entry] {
    if case .values(let values) = evidence { values.byRows } else { [] }
  }

  /// The texts that name owners, those of a row together; none for other columns.
  var names: [NamedTexts.Entry] {
    if case .names(let names) = evidence { names.entries } else { [] }
  }

  /// Why the column cannot identify rows; nil when it can, and when nobody thought so.
  var identifierFault: IdentifierEvidence.Fault? { identifiers?.fault() }

  /// The column as a reading tells it, with how its values are read as far as they show it.
  ///
  /// - Parameters:
  ///   - field: what the mapping says of it.
  ///   - region: of the tenant.
  /// - Returns: the column; `asks` says what a person must decide.
  func readColumn(as field: String, region: String) -> ImportReadColumn {
    var read = ImportReadColumn(
      index: Int32(column.index),
      column: column.heading,
      field: field,
      group: filled == 0 ? .empty : column.isLeftOut ? .leftOut : .imported,
      examples: examples
    )
    switch evidence {
    case .numbers(let numbers, let isWhole):
      describe(numbers, numbers.form(region: region, whole: isWhole), &read)
    case .dates(let dates): describe(dates, dates.form(region: region), &read)
    case .flags:
      read.unreadable = Int64(unreadableFlags)
      read.readAs = "yes and no"
      read.hasFlags = true
    case .none, .values, .names: break
    }
    if let wish = column.meaning?.wish {
      read.hasFlags = true
      read.readAs =
        wish.isConsent ? "no means not to be contacted" : "yes means not to be contacted"
    }
    return read
  }

  private func describe(
    _ numbers: NumberEvidence,
    _ form: NumberForm,
    _ read: inout ImportReadColumn
  ) {
    read.unreadable = Int64(numbers.unreadable)
    read.hasThreeDecimals = form.hasThreeDecimals
    guard numbers.numbers > 0 else { return }
    if let mark = form.mark {
      read.decimal = mark.rawValue
      read.readAs = form.words ?? ""
    } else if !numbers.examples.isEmpty {
      read.asks = .decimal
      read.examples = Array(numbers.examples.prefix(Self.mostExamples))
    }
  }

  private func describe(_ dates: DateEvidence, _ form: DateForm, _ read: inout ImportReadColumn) {
    read.unreadable = Int64(dates.unreadable)
    read.dateSerial = form.serial?.rawValue ?? ""
    read.dateOrder = form.order?.rawValue ?? ""
    read.readAs = form.words ?? ""
    if form.order == nil, form.serial == nil, !dates.examples.isEmpty {
      read.asks = .dateOrder
      read.examples = Array(dates.examples.prefix(Self.mostExamples))
    }
  }
}
