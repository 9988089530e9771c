import MeshCore

/// Whether somebody may be contacted, as a cell of such a column says.
package struct ContactWish: Hashable, Sendable {
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
  package static func read(_ text: String, _ direction: Direction) -> ContactWish? {
    let value = CellText.value(text)
    if value.isEmpty { return nil }
    let form = LooseText.form(of: value.cut(maxBytes: 80))
    if refusals.contains(form) { return ContactWish(mayContact: false, isDoubtful: false) }
    if consents.contains(form) { return ContactWish(mayContact: true, isDoubtful: false) }
    if let isYes = YesNo.answer(value: value) ?? date(value) {
      return ContactWish(mayContact: isYes == (direction == .optIn), isDoubtful: false)
    }
    if Placeholder.isOne(value: value) { return nil }
    return ContactWish(mayContact: false, isDoubtful: true)
  }

  /// True for a date, nil for other texts.
  private static func date(_ value: String) -> Bool? {
    if let date = DateText(value: value) { return !date.isNone }
    return nil
  }

  private static let refusals = forms(
    """
    do not call | do not email | do not e-mail | do not mail | do not contact | do not sms | dnc | don't call
    don't contact | do not allow | not allow | not allowed | never | stop | denied | deny | declined
    opted out | opted-out | optedout | opt out | opt-out | optout | unsubscribed | unsubscribe | unsubscribes
    globally unsubscribed | not subscribed | no consent | not consented | withdrawn | revoked | rejected
    suppressed | blocked | blacklisted | cleaned | complained | complaint | spam complaint | abuse | objected
    non-marketing contact | non-marketing | non marketing contact | hard bounced | bounced | hard bounce
    abgemeldet | widerrufen | nicht kontaktieren | nicht anrufen | gesperrt | keine werbung | abbestellt
    désabonné | désinscrit | ne pas contacter | ne pas appeler | refusé | refuse
    no contactar | no llamar | dado de baja | baja | anulado | desuscrito
    non contattare | non chiamare | disiscritto | rifiutato | cancellato
    não contactar | não contatar | não ligar | descadastrado | cancelado | recusado
    niet bellen | niet contacteren | afgemeld | uitgeschreven | geweigerd
    nie dzwonić | nie kontaktować | wypisany | wypisana | wycofana | odmowa
    """
  )
  private static let consents = forms(
    """
    subscribed | opted in | opted-in | opt in | opt-in | optin | double opt-in | single opt-in | allow | allowed
    consented | consent given | granted | given | accepted | accepts | confirmed | marketing contact
    may contact | can contact | ok to call | ok to email | agreed
    angemeldet | zugestimmt | erlaubt | einwilligung | abonniert
    abonné | inscrit | accepté | autorisé
    suscrito | aceptado | permitido | iscritto | accettato | consentito
    inscrito | aceito | aceite | ingeschreven | toegestaan | akkoord | zapisany | zgoda | wyrażona
    """
  )

  private static func forms(_ list: String) -> Set<String> {
    Set(
      list.split(whereSeparator: { $0 == "|" || $0 == "\n" }).map { word in
        LooseText.form(of: CellText.value(String(word)))
      }
    )
  }
}
