import MeshCore

/// The names of months, and words of dates, in English, German, French, Spanish, Italian, Portuguese, Dutch and
/// Polish.
enum MonthNames {
  /// The month that a word names, whole or shortened.
  ///
  /// - Parameter form: the word in the form of `LooseText`, without a point.
  /// - Returns: 1...12; nil for another word.
  static func month(_ form: String) -> Int? { months[form] }

  static func isWeekday(_ form: String) -> Bool { weekdays.contains(form) }

  /// A line a month.
  private static let months: [String: Int] = {
    var months: [String: Int] = [:]
    for (index, line) in table.split(separator: "\n").enumerated() {
      for name in line.split(separator: " ") {
        months[LooseText.form(of: String(name))] = index + 1
      }
    }
    return months
  }()

  private static let table = """
    january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty
    february feb februar febr feber février févr fév febrero febbraio fevereiro fev februari luty lutego lut
    march mar märz mär mrz mars marzo março maart mrt marzec marca
    april apr avril avr abril abr aprile kwiecień kwietnia kwi
    may mai mayo maggio mag maio mei maj maja
    june jun juni juin junio giugno giu junho czerwiec czerwca cze
    july jul juli juil juillet julio luglio lug julho lipiec lipca lip
    august aug août aou agosto ago augustus sierpień sierpnia sie
    september sep sept septembre septiembre set setiembre settembre sett setembro wrzesień września wrz
    october oct oktober okt octobre octubre ottobre ott outubro out październik października paź paz
    november nov novembre noviembre novembro listopad listopada lis
    december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru
    """

  private static let weekdays: Set<String> = Set(
    """
    monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun
    montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so
    lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim
    lunes martes miércoles mié jueves jue viernes vie sábado sáb domingo dom
    lunedì martedì mercoledì giovedì gio venerdì sabato sab
    segunda terça quarta quinta sexta seg ter qua qui sex
    maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo
    poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob niedziela niedz nd
    """
    .split(whereSeparator: \.isWhitespace).map { LooseText.form(of: String($0)) }
  )
}
