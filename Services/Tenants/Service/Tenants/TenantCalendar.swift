import MeshCore
import MeshRecords
import TenantsAPI

// When people work in a tenant.
extension TenantSettings {
  private static let mostHoursOfDay = 4
  private static let mostHolidays = 500
  private static let longestName = 100

  /// Normalizes the calendar and checks it.
  mutating func prepareCalendar(_ check: inout FieldCheck) {
    if locale.isEmpty { locale = "en" }
    if fiscalYearStartMonth == nil { fiscalYearStartMonth = 1 }
    if !LanguageTag.isValid(locale) {
      check.refuse("settings.locale", "must be a language tag such as en or de-CH")
    }
    if let rule = prepareHours() { check.refuse("settings.business_hours", rule) }
    if let rule = prepareHolidays() { check.refuse("settings.holidays", rule) }
  }

  /// - Returns: the rule that the business hours break; nil when they break none.
  private mutating func prepareHours() -> String? {
    var days: [[(minutes: Range<Int>, hours: BusinessHours)]] = Weekday.allCases.map { _ in [] }
    for hours in businessHours {
      guard let day = Weekday(rawValue: hours.weekday) else {
        return "must have weekdays such as monday"
      }
      guard let start = TimeOfDay(hours.startTime), let end = TimeOfDay(hours.endTime) else {
        return "must have times from 00:00 to 24:00 such as 09:30"
      }
      guard start.minutes < end.minutes else { return "must end after they begin" }
      days[day.place].append((start.minutes..<end.minutes, hours))
    }
    for place in days.indices {
      days[place].sort { $0.minutes.lowerBound < $1.minutes.lowerBound }
      let day = days[place]
      if day.count > Self.mostHoursOfDay {
        return "must have at most \(Self.mostHoursOfDay) entries of a weekday"
      }
      for (earlier, later) in zip(day, day.dropFirst())
      where earlier.minutes.overlaps(later.minutes) {
        return "must not overlap"
      }
    }
    businessHours = days.flatMap { $0.map(\.hours) }
    return nil
  }

  /// - Returns: the rule that the holidays break; nil when they break none.
  private mutating func prepareHolidays() -> String? {
    guard holidays.count <= Self.mostHolidays else {
      return "must be at most \(Self.mostHolidays) days"
    }
    var days: [CalendarDate: Holiday] = [:]
    for holiday in holidays {
      guard let date = holiday.date else { return "must each have a date" }
      var named = holiday
      named.name = TextForm.cleaned(holiday.name)
      guard (1...Self.longestName).contains(named.name.unicodeScalars.count) else {
        return "must each have a name of 1 to \(Self.longestName) characters"
      }
      if days.updateValue(named, forKey: date) != nil { return "must have each date once" }
    }
    holidays = days.sorted { $0.key < $1.key }.map(\.value)
    return nil
  }
}

private enum Weekday: String, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// From 0 for Monday.
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A time of day, parsed from `HH:MM`.
private struct TimeOfDay {
  /// Since midnight, 0...1440.
  let minutes: Int

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let digits = bytes.indices.filter { $0 != 2 }.map { Int(bytes[$0]) - 48 }
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
      digits.allSatisfy({ (0...9).contains($0) })
    else { return nil }
    let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard minute < 60, hour * 60 + minute <= 1_440 else { return nil }
    minutes = hour * 60 + minute
  }
}

/// A tag of BCP 47 with a language, and a script and a region if it names them: `zh-Hant-TW`.
enum LanguageTag {
  static func isValid(_ text: String) -> Bool {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)[...]
    guard let language = parts.popFirst(), (2...3).contains(language.utf8.count),
      language.utf8.allSatisfy(isLower)
    else { return false }
    if let script = parts.first, script.utf8.count == 4,
      script.utf8.prefix(1).allSatisfy(isUpper), script.utf8.dropFirst().allSatisfy(isLower)
    {
      parts.removeFirst()
    }
    guard let region = parts.popFirst() else { return true }
    let isRegion =
      region.utf8.count == 2 && region.utf8.allSatisfy(isUpper)
      || region.utf8.count == 3 && region.utf8.allSatisfy(isDigit)
    return isRegion && parts.isEmpty
  }

  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
