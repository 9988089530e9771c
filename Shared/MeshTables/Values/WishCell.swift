import MeshCore

/// What a cell says of whether somebody may be contacted.
package struct WishCell: Hashable, Sendable {
  /// What yes means in a column.
  package enum Direction: String, Sendable, Hashable {
    /// Not to contact: "Do Not Call", "Unsubscribed".
    case optOut
    /// To contact: "Accepts marketing", "Subscribed".
    case optIn
  }

  package let mayContact: Bool
  /// Whether the cell says neither, so that the wish is taken to be not to be contacted.
  package let isDoubtful: Bool

  /// Reads a cell; what cannot be read counts as a wish not to be contacted.
  ///
  /// Words that say the wish themselves (`unsubscribed`, `Opted out`, `Do Not Call`) count whatever the
  /// column's direction is. A date is when the wish was said.
  ///
  /// - Parameters:
  ///   - text: of the cell.
  ///   - direction: of the column.
  /// - Returns: nil when the cell is empty or has a placeholder.
  package static func read(_ text: String, _ direction: Direction) -> WishCell? {
    let value = CellText.value(text)
    if value.isEmpty { return nil }
    let key = key(of: value.cut(maxBytes: 80))
    if refusals.contains(key) { return WishCell(mayContact: false, isDoubtful: false) }
    if consents.contains(key) || direction == .optIn && agreements.contains(key) {
      return WishCell(mayContact: true, isDoubtful: false)
    }
    if let isYes = YesNo.answer(value: value) ?? date(value) {
      return WishCell(mayContact: isYes == (direction == .optIn), isDoubtful: false)
    }
    if Placeholder.isOne(value: value) { return nil }
    return WishCell(mayContact: false, isDoubtful: true)
  }

  /// True for a date, nil for other texts.
  private static func date(_ value: String) -> Bool? {
    if let date = DateText(value: value) { return !date.isNone }
    return DateSerial.kind(of: value) == nil ? nil : true
  }

  /// A phrase as it is looked for: its letters and digits, for `OPTED_OUT` and `Opted-out` are one.
  private static func key(of text: String) -> String {
    LooseText.form(of: text).filter { $0.isLetter || $0.isNumber }
  }

  private static let refusals = keys(
    """
    do not call | do not email | do not mail | do not contact | do not sms | do not text | dnc | don't call
    don't contact | don't email | do not allow | not allow | not allowed | disallow | disallowed | stop | denied
    deny | declined | opted out | opt out | unsubscribed | unsubscribe | unsubscribes | globally unsubscribed
    not subscribed | non-subscribed | never subscribed | not opted in | unconfirmed | no consent
    not consented | withdrawn | revoked | rejected | suppressed | blocked | blocklisted | blacklisted | cleaned
    complained | complaint | spam complaint | marked as spam | abuse | objected | non-marketing contact
    non-marketing | hard bounced | bounced | hard bounce
    abgemeldet | widerrufen | nicht kontaktieren | nicht anrufen | gesperrt | keine werbung | abbestellt
    désabonné | désinscrit | ne pas contacter | ne pas appeler | refusé | refuse
    no contactar | no llamar | dado de baja | baja | anulado | desuscrito
    non contattare | non chiamare | disiscritto | rifiutato | cancellato
    não contactar | não contatar | não ligar | descadastrado | cancelado | recusado
    niet bellen | niet contacteren | afgemeld | uitgeschreven | geweigerd
    nie dzwonić | nie kontaktować | wypisany | wypisana | wycofana | odmowa
    """
  )

  /// Phrases that say it in a column of either direction.
  private static let consents = keys(
    """
    subscribed | opted in | opt in | double opt-in | single opt-in | allow | allowed | marketing contact
    may contact | can contact | ok to call | ok to email | ok to contact
    angemeldet | erlaubt | abonniert | abonné | inscrit | autorisé | suscrito | permitido | iscritto | consentito
    inscrito | ingeschreven | toegestaan | zapisany | zapisana
    """
  )

  /// Phrases that say it in a column that asks for leave: elsewhere the request to be left alone is meant.
  private static let agreements = keys(
    """
    consented | consent given | granted | given | accepted | accepts | confirmed | agreed | explicit | express
    zugestimmt | einwilligung | einwilligung erteilt | accepté | aceptado | accettato | aceito | aceite | akkoord
    zgoda | wyrażona
    """
  )

  private static func keys(_ list: String) -> Set<String> {
    Set(list.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { key(of: String($0)) })
  }
}
