import MeshCore

/// Reads the dates and times of a column whose form is known.
package struct DateReader: Sendable {
  private let form: DateForm

  package init(_ form: DateForm) { self.form = form }

  /// A day, with or without a time: `31.01.2026`, `Jan 31, 2026 9:30 PM`, `2026-01-31T09:30:00Z`.
  package func date(_ text: String) -> CellReading<DateValue> {
    let value = CellText.value(text)
    if value == "0" { return .empty }
    if let none = CellReading<DateValue>.noValue(in: value) { return none }
    if let serial = form.serial, let date = DateSerial.date(value, as: serial) {
      return .value(date)
    }
    guard let date = DateText(value: value) else {
      return .unreadable("is not a date such as 2026-01-31")
    }
    if date.isNone { return .empty }
    guard let day = day(of: date) else {
      return .unreadable(
        date.isUnlikely
          ? "is no day of the calendar" : "can mean several days, by the order of its parts"
      )
    }
    return .value(
      DateValue(day: day, timeOfDay: date.time?.microseconds, offset: date.time?.offset)
    )
  }

  /// In the order of the column or, if it cannot be that, in the only one that it can be.
  private func day(of date: DateText) -> CalendarDate? {
    if let order = form.order, let day = date.day(order) { return day }
    let days = [date.day(.dayFirst), date.day(.monthFirst)].compactMap(\.self)
    if let first = days.first { return days.allSatisfy { $0 == first } ? first : nil }
    return date.isUnlikely ? nil : date.day(.yearFirst)
  }
}
