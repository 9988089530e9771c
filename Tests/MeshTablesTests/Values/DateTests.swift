import MeshCore
import MeshTables
import Testing

private func column(_ values: [String]) -> DateEvidence {
  var evidence = DateEvidence()
  for value in values { evidence.add(value) }
  return evidence
}

@Suite struct `Dates of a column` {
  @Test(arguments: [
    "2026-01-31", "2026/01/31", "2026.01.31", "2026-1-31", "20260131", "31.01.2026", "31.1.2026",
    "31. 1. 2026", "31. Januar 2026", "31 Jan 2026", "31-Jan-2026", "31-Jan-26", "Jan 31, 2026",
    "January 31st, 2026", "Sat, Jan 31 2026", "Samstag, 31. Jänner 2026", "31 janvier 2026",
    "31 de enero de 2026", "31 gennaio 2026", "31 de janeiro de 2026", "31 januari 2026",
    "31 stycznia 2026", "31 janv. 2026", "2026-Jan-31", "2026年1月31日", "31/01/2026", "1/31/2026",
    "01-31-2026", "31st of January 2026", "samedi 31 janvier 2026", "sab 31 gen 2026", "31/1/26",
    "2026-01-31 00:00:00", "2026. 1. 31.", "2026년 1월 31일", "Sat Jan 31 2026", "31-JAN-26",
    "sáb., 31 de jan. de 2026", "31. Jan. 2026", "sam. 31 janv. 2026", "za 31 jan 2026",
    "sob., 31 sty 2026", "２０２６－０１－３１", "\u{200E}31/01/2026",
    "2026-01-31T23:59:59+02:00", "31/01/2026 - 10:00", "2026年01月31日 10時00分00秒",
  ])
  func `are read in all their forms`(_ text: String) {
    let reader = DateReader(column([text]).form(region: "GB"))
    #expect(reader.date(text).value?.day == CalendarDate(year: 2026, month: 1, day: 31))
  }

  @Test(arguments: [
    ("März", 3), ("Mai", 5), ("mars", 3), ("août", 8), ("diciembre", 12), ("settembre", 9),
    ("outubro", 10), ("maart", 3), ("mei", 5), ("października", 10), ("Sept", 9), ("Okt.", 10),
    ("lis", 11), ("Dez", 12), ("fév.", 2), ("ago", 8), ("giu", 6), ("Mrz", 3), ("sierpnia", 8),
  ])
  func `name months in eight languages`(_ name: String, _ month: Int) {
    let reader = DateReader(.chosen(.dayFirst))
    #expect(
      reader.date("7 \(name) 2024").value?.day == CalendarDate(year: 2024, month: month, day: 7)
    )
  }

  @Test(
    arguments: [
      ("2026-01-31T09:30:00Z", 9, 30, 0), ("2026-01-31T09:30:00.000+02:00", 9, 30, 7200),
      ("2026-01-31 09:30", 9, 30, nil), ("31.01.2026 09:30 Uhr", 9, 30, nil),
      ("31/01/2026, 9:30 PM", 21, 30, nil), ("31/01/2026 12:30 a.m.", 0, 30, nil),
      ("31/01/2026 12:30 p. m.", 12, 30, nil), ("2026-01-31 09:30:00 UTC", 9, 30, 0),
      ("2026-01-31 09:30:00 +0200", 9, 30, 7200), ("2026-01-31 09:30 EST", 9, 30, -18_000),
      ("31 janvier 2026 à 9h30", 9, 30, nil), ("Jan 31, 2026 at 9 PM", 21, 0, nil),
      ("2026-01-31 09:30 (GMT-05:00)", 9, 30, -18_000), ("31-01-2026 09.30.15", 9, 30, nil),
      ("Sat Jan 31 2026 09:30:00 GMT+0100 (Central European Standard Time)", 9, 30, 3600),
      ("Sat, 31 Jan 2026 09:30:00 +0100", 9, 30, 3600), ("Jan 31, 2026 3:07 PM", 15, 7, nil),
      ("2026-01-31 오후 3:07:00", 15, 7, nil), ("2026/1/31 上午 12:30", 0, 30, nil),
      ("2026年1月31日 9時05分", 9, 5, nil), ("31-JAN-26 09.30.00.000000 PM", 21, 30, nil),
      ("2026-01-31 09:30:00:250", 9, 30, nil), ("2026-01-31T09:30:00+05:30", 9, 30, 19_800),
    ] as [(String, Int64, Int64, Int?)]
  )
  func `may have a time and a zone`(_ text: String, _ hour: Int64, _ minute: Int64, _ offset: Int?)
    throws
  {
    let date = try #require(DateReader(.chosen(.dayFirst)).date(text).value)
    #expect(date.day == CalendarDate(year: 2026, month: 1, day: 31))
    let time = try #require(date.timeOfDay)
    #expect(time / 60_000_000 == hour * 60 + minute)
    #expect(date.offset == offset)
  }

  @Test func `become moments in the tenant's zone, or in their own`() throws {
    let berlin = try #require(TimeZone("Europe/Berlin"))
    let reader = DateReader(.chosen(.dayFirst))
    #expect(
      reader.date("01.07.2026 09:30").value?.timestamp(in: berlin).rfc3339 == "2026-07-01T07:30:00Z"
    )
    #expect(
      reader.date("01.07.2026").value?.timestamp(in: berlin).rfc3339 == "2026-06-30T22:00:00Z"
    )
    let utc = try #require(reader.date("2026-06-30T22:30:00Z").value)
    #expect(utc.timestamp(in: berlin).rfc3339 == "2026-06-30T22:30:00Z")
    #expect(utc.day(in: berlin).description == "2026-07-01")
  }

  @Test(
    arguments: [
      (["03/04/2024", "13/04/2024"], "US", DateOrder.dayFirst, NumberForm.Basis.values),
      (["03/04/2024", "04/13/2024"], "DE", .monthFirst, .values),
      (["03/04/2024", "05/06/2024"], "US", .monthFirst, .region),
      (["03/04/2024", "05/06/2024"], "GB", .dayFirst, .region),
      (["03/04/2024", "05/06/2024"], "CA", nil, .region),
      (["03/04/2024", "05/06/2024"], "", nil, .region),
      (["03/04/2024", "05/06/2024"], "JP", nil, .region),
      (["03/04/2024", "13/06/2024", "06/13/2024"], "US", nil, .values),
      (["03.04.2024", "05.06.2024"], "US", .dayFirst, .values),
      (["24/03/04", "24/05/06"], "JP", .yearFirst, .region),
      (["99/12/31", "24/05/06"], "US", .yearFirst, .values),
      (["03/04/24", "13/04/24"], "US", .dayFirst, .values),
      (["2024-03-04", "05/05/2024"], "US", .monthFirst, .unneeded),
      (["3/4/26"], "CH", .dayFirst, .region), (["3/4/26"], "IN", .dayFirst, .region),
      (["4.3.2026", "3/4/26"], "PL", .dayFirst, .values),
      (["03/04/23", "29/02/23", "05/06/23"], "GB", .dayFirst, .region),
      (["03/04/23", "31/06/23"], "US", .monthFirst, .region),
      (["03/04/23", "31/06/23"], "", nil, .region),
      (["29/02/23"], "US", .monthFirst, .unneeded),
      (["1/1/01", "2/13/01"], "DE", .monthFirst, .values),
    ] as [([String], String, DateOrder?, NumberForm.Basis)]
  )
  func `are decided by the column, then by the region, and else asked about`(
    _ values: [String],
    _ region: String,
    _ order: DateOrder?,
    _ basis: NumberForm.Basis
  ) {
    let form = column(values).form(region: region)
    #expect(form.order == order)
    #expect(form.basis == basis)
  }

  @Test func `say how they are read`() {
    let evidence = column(["31-Dec-26", "03/04/2024", "13/04/2024"])
    #expect(
      evidence.form(region: "US").words == "day before month, as the column's other values show"
    )
    #expect(column(["45322"]).form(region: "US").words == "days as a spreadsheet counts them")
    #expect(column(["03/04/2024"]).form(region: "").words == nil)
  }

  @Test func `whose last parts are many and whose first are few may begin with the year`() {
    let values = (1...20).map { "24/05/\($0 < 10 ? "0" : "")\($0)" }
    #expect(column(values).form(region: "GB").order == nil)
  }

  @Test func `that can mean several days are shown and not guessed`() {
    let evidence = column(["03/04/2024", "05/06/2024", "04/04/2024"])
    #expect(evidence.examples == ["03/04/2024", "05/06/2024"])
    let reader = DateReader(evidence.form(region: ""))
    #expect(reader.date("03/04/2024").fault != nil)
    #expect(reader.date("13/04/2024").value?.day.description == "2024-04-13")
    #expect(reader.date("04/04/2024").value?.day.description == "2024-04-04")
  }

  @Test func `are days of a spreadsheet only where the whole column is`() {
    #expect(column(["45322", "45323.395833", "N/A"]).form(region: "US").serial == .spreadsheet)
    #expect(column(["45322", "2024-01-31"]).form(region: "US").serial == nil)
    #expect(column(["45322", "soon"]).form(region: "US").serial == nil)
    #expect(column(["45322", "1706659200"]).form(region: "US").serial == nil)
    let most = (45_300..<45_330).map { "\($0)" } + ["soon", "0", "N/A"]
    #expect(column(most).form(region: "US").serial == .spreadsheet)
    let reader = DateReader(column(["45322"]).form(region: "US"))
    #expect(reader.date("45322").value == DateValue(day: day("2024-01-31")))
    #expect(
      reader.date("45322.395833").value
        == DateValue(day: day("2024-01-31"), timeOfDay: 34_200_000_000)
    )
    #expect(DateReader(.chosen(.dayFirst)).date("45322").fault != nil)
  }

  @Test func `may be seconds or milliseconds since 1970`() throws {
    let millis = DateReader(column(["1706659200000", "1706659200250"]).form(region: "US"))
    #expect(
      millis.date("1706659200250").value?.timestamp(in: .utc).rfc3339 == "2024-01-31T00:00:00.250Z"
    )
    let seconds = DateReader(column(["1706659200"]).form(region: "US"))
    #expect(seconds.date("1706659200").value?.day.description == "2024-01-31")
  }

  @Test(arguments: [
    "", "N/A", "-", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01", "1/0/1900", "00.00.0000",
    "9999-12-31", "9999-01-01", "12/31/9999", "31.12.9999 23:59:59", "1899-12-30",
    "12/30/1899 00:00", "0",
    "1/0/00",
    "00000000", "01/01/0001 00:00:00",
  ])
  func `are empty where programs write that there is none`(_ text: String) {
    #expect(DateReader(.chosen(.monthFirst)).date(text).isEmpty)
  }

  @Test(arguments: [
    "10-Jan", "Jan 2024", "2024", "31/02/2024", "32.01.2024", "2024-13-01", "yesterday", "#REF!",
    "12:30", "2024-01-31 25:00", "2024-01-31 09:30 IST", "1/2/3", "99999999", "2024-01-31 foo",
    "99999999999999999999", "1-2-3-4", "2.12556E+09", "1/2/", "2024年1月31", "31 Foo 2024",
    "+1 212 555 0101", "29/02/23", "30/02/26", "31/06/2024", "29.02.2023", "2023-02-29",
    "0202-03-04",
    "0026-03-04", "03 04 2026", "Mar 2026", "Q1 2026", "2/30/24", "2026-00-10", "26/3",
  ])
  func `that are none are left out`(_ text: String) {
    #expect(DateReader(.chosen(.dayFirst)).date(text).fault != nil)
  }

  @Test(arguments: [("1/1/01", "2001-01-01"), ("1/1/00", "2000-01-01"), ("99/12/31", "1999-12-31")])
  func `of short years are days like others`(_ text: String, _ day: String) {
    #expect(DateReader(.chosen(.dayFirst)).date(text).value?.day.description == day)
  }

  @Test func `that were never there do not turn the column round`() {
    let reader = DateReader(column(["03/04/23", "28/02/23", "29/02/23"]).form(region: "GB"))
    #expect(reader.date("03/04/23").value?.day.description == "2023-04-03")
    #expect(reader.date("29/02/23").fault == "is no day of the calendar")
  }

  @Test func `come back equal from every order`() {
    for offset in stride(from: -20_000, to: 40_000, by: 97) {
      let date = CalendarDate(daysSince1970: offset)
      let (year, month, day) = (date.year, date.month, date.day)
      let forms: [(DateOrder, String)] = [
        (.dayFirst, "\(day)/\(month)/\(year)"), (.monthFirst, "\(month)/\(day)/\(year)"),
        (.dayFirst, "\(day).\(month).\(year)"), (.monthFirst, "\(month)-\(day)-\(year)"),
        (.yearFirst, "\(year)/\(month)/\(day)"), (.monthFirst, "\(year)-\(month)-\(day)"),
      ]
      for (order, text) in forms {
        #expect(DateReader(.chosen(order)).date(text).value?.day == date, "\(text)")
      }
    }
  }

  private func day(_ text: String) -> CalendarDate {
    CalendarDate(text) ?? CalendarDate(daysSince1970: 0)
  }
}
