import MeshCore
import MeshProto
import MeshTables
import RecordsAPI

/// How the values of a file's columns are read.
struct RowForms: Sendable {
  private let numbers: [Int: NumberForm]
  private let dates: [Int: DateForm]
  private let conventions: ImportConventions

  /// - Parameters:
  ///   - reading: of the file.
  ///   - choices: of the person who imports.
  ///   - order: the chosen order of dates.
  ///   - conventions: of the tenant.
  init(
    _ reading: ImportReading,
    _ choices: ImportChoices,
    _ order: DateOrder?,
    _ conventions: ImportConventions
  ) {
    var numbers: [Int: NumberForm] = [:]
    var dates: [Int: DateForm] = [:]
    for column in reading.columns {
      numbers[Int(column.index)] = column.numbers(choices)
      dates[Int(column.index)] = column.dates(order)
    }
    self.numbers = numbers
    self.dates = dates
    self.conventions = conventions
  }

  /// Reads a cell as a field's type.
  ///
  /// - Parameters:
  ///   - text: of the cell.
  ///   - column: of the cell.
  ///   - field: that it fills; of no text.
  ///   - currency: what the row says of it; nil for the tenant's.
  /// - Returns: the value.
  func value(
    of text: String,
    _ column: SettledColumn,
    as field: RecordField,
    currency: CurrencyCode?
  ) -> CellReading<FieldValue> {
    switch field.type {
    case .integer where column.meaning == .probability:
      return reader(column).percent(text).map { .value(.integer($0)) }
    case .integer: return reader(column).whole(text).map { .value(.integer($0)) }
    case .decimal:
      return reader(column).decimal(text).map { number in
        number.double.isFinite ? .value(.decimal(number.double)) : .unreadable("is too large")
      }
    case .money: return reader(column, currency).money(text).map { .value(.money($0)) }
    case .bool: return YesNo.read(text).map { .value(.bool($0)) }
    case .date:
      return dateReader(column).date(text).map { [zone = conventions.timeZone] in
        .value(.date($0.day(in: zone)))
      }
    case .timestamp:
      return dateReader(column).date(text).map { [zone = conventions.timeZone] in
        .value(.timestamp($0.timestamp(in: zone)))
      }
    default: return .value(.text(text))
    }
  }

  /// A moment as the description has it: as it is written, or in words where the column counts days or seconds.
  ///
  /// - Returns: empty for what says that there is none, such as `0000-00-00`.
  func moment(_ text: String, _ column: SettledColumn) -> String {
    switch dateReader(column).date(text) {
    case .empty: ""
    case .value(let date) where dates[column.index]?.serial != nil:
      date.timeOfDay == nil
        ? date.day.description : date.timestamp(in: conventions.timeZone).rfc3339
    case .value, .unreadable: text
    }
  }

  /// Reads the currency of a row's amounts.
  func currency(_ text: String) -> CellReading<CurrencyCode> {
    CurrencyCell.read(text, home: conventions.currency)
  }

  /// Reads a number of people.
  func headCount(_ text: String, _ column: SettledColumn) -> CellReading<HeadCount> {
    reader(column).headCount(text)
  }

  private func reader(_ column: SettledColumn, _ currency: CurrencyCode? = nil) -> NumberReader {
    let form = numbers[column.index] ?? NumberForm(mark: nil, basis: .values)
    return NumberReader(form, currency: currency ?? conventions.currency)
  }

  private func dateReader(_ column: SettledColumn) -> DateReader {
    DateReader(dates[column.index] ?? DateForm(order: nil, basis: .values))
  }
}
