/// Counts and sums that a service keeps of a kind of record from change to change, by the values of some
/// fields: a table with a row for each combination of values that there is.
///
/// A sum is in two columns, of which neither overflows before there are 2^25 records of the largest amount
/// in a row: it is `high * 2^32 + low`.
package struct RecordTotals: Sendable, Hashable {
  /// What rows are told apart by, beside the currency.
  package struct Key: Sendable, Hashable {
    /// The field's name.
    package let field: String
    /// Whether it is the month of the field's date, as `2026-01`.
    package let isMonth: Bool
    /// Of the table.
    package let column: String

    /// - Parameter text: the field's name; for the month of a date, with `.month` behind it.
    fileprivate init(_ text: String) {
      let month = ".month"
      isMonth = text.hasSuffix(month)
      field = isMonth ? String(text.dropLast(month.utf8.count)) : text
      column = String(text.map { $0 == "." ? "_" : $0 })
    }
  }

  /// Of its service.
  package let table: String
  /// In the order of the table's key.
  package let keys: [Key]
  /// The field with the amounts, which are summed by currency.
  package let amount: String
  /// The field with the percentage by which an amount is weighted; empty for none.
  package let percent: String
  /// The field with whole numbers that are summed too; empty for none.
  package let number: String
  /// The places of all these fields.
  package private(set) var sources: FieldBits = []

  package init(
    _ table: String,
    by keys: [String],
    amount: String,
    percent: String = "",
    number: String = ""
  ) {
    self.table = table
    self.keys = keys.map { Key($0) }
    self.amount = amount
    self.percent = percent
    self.number = number
  }

  func placed(among fields: [RecordField]) -> RecordTotals {
    let names = Set(keys.map(\.field) + [amount, percent, number])
    var placed = self
    placed.sources = FieldBits(fields.indices.filter { names.contains(fields[$0].name) })
    return placed
  }

  /// The columns with what is summed, the count of records first.
  package var sumColumns: [String] {
    let weighted = percent.isEmpty ? [] : ["weighted_high", "weighted_low"]
    let numbers = number.isEmpty ? [] : ["number_sum"]
    return ["record_count", "amount_high", "amount_low"] + weighted + numbers
  }

  /// The columns that the table has.
  package var columnNames: Set<String> {
    Set(["tenant_id", "currency"] + keys.map(\.column) + sumColumns)
  }
}
