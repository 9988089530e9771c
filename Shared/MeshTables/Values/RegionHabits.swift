/// How amounts and dates are written in a region, as far as its regions differ (after Unicode's CLDR).
package enum RegionHabits {
  /// What separates decimals there.
  ///
  /// - Parameter region: ISO 3166-1 alpha-2.
  /// - Returns: nil for an unknown region and where both are common, as in Canada.
  package static func decimalMark(in region: String) -> DecimalMark? {
    if point.contains(region) { return .point }
    return comma.contains(region) ? .comma : nil
  }

  /// The order of a date's parts there, when all are numbers.
  ///
  /// - Parameter region: ISO 3166-1 alpha-2.
  /// - Returns: nil for an unknown region and where several are common, as in Canada.
  package static func dateOrder(in region: String) -> DateOrder? {
    if mixedDates.contains(region) { return nil }
    if monthFirst.contains(region) { return .monthFirst }
    if yearFirst.contains(region) { return .yearFirst }
    return point.contains(region) || comma.contains(region) ? .dayFirst : nil
  }

  private static let point = codes(
    """
    US GB IE AU NZ IN PK BD LK NP BT MM CN HK MO TW JP KR KP SG MY BN PH TH KH LA MX GT HN SV NI PA DO PR
    PE BZ JM TT BB BS BM KY GY AG DM GD KN LC VC IL AE SA QA KW OM BH YE EG JO NG KE GH TZ UG ZM ZW BW MW
    GM SL LR ET RW MT CH LI FJ PG SB WS TO VU GU VI AS MP UM FM MH PW GI JE GG IM MN IR
    """
  )
  private static let comma = codes(
    """
    DE AT FR BE NL LU ES PT IT SM VA MC AD GR CY DK NO SE FI IS FO GL AX EE LV LT PL CZ SK HU SI HR BA RS ME
    MK AL XK BG RO MD UA BY RU KZ KG UZ TM TJ AM AZ GE TR BR AR CL CO UY PY BO EC VE CR CU ID VN TL AO MZ
    CV GW ST DZ MA TN SN CI CM GA CG CD BF BJ TG NE ML TD MG RE GP MQ GF NC PF YT SR AW CW
    """
  )
  private static let monthFirst = codes("US PR GU VI AS MP UM FM MH PW")
  private static let yearFirst = codes("CN JP KR KP TW HU LT MN BT IR")
  private static let mixedDates = codes("CA PH")

  private static func codes(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
