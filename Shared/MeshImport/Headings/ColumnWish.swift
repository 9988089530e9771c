/// What a column says about being contacted.
package struct ColumnWish: Sendable, Equatable {
  package enum Channel: String, Sendable, CaseIterable {
    case email, call, text
  }

  package let channels: [Channel]
  /// Whether yes means that they may be contacted: "Accepts marketing"; not so "Unsubscribed".
  package let isConsent: Bool
}

extension ColumnMeaning {
  /// The wish that the column's values say; nil for columns of anything else.
  package var wish: ColumnWish? {
    switch self {
    case .doNotContact: ColumnWish(channels: ColumnWish.Channel.allCases, isConsent: false)
    case .doNotEmail: ColumnWish(channels: [.email], isConsent: false)
    case .doNotCall: ColumnWish(channels: [.call], isConsent: false)
    case .doNotText: ColumnWish(channels: [.text], isConsent: false)
    case .mayContact: ColumnWish(channels: ColumnWish.Channel.allCases, isConsent: true)
    case .mayEmail: ColumnWish(channels: [.email], isConsent: true)
    case .mayCall: ColumnWish(channels: [.call], isConsent: true)
    case .mayText: ColumnWish(channels: [.text], isConsent: true)
    default: nil
    }
  }
}

extension HeadingKey {
  /// Whether a heading that is not understood seems to be about being contacted, so that it must not be passed
  /// over in silence.
  var looksLikeWish: Bool { Self.wishStems.contains { text.contains($0) } }

  /// Beginnings of words about consent in eight languages, as keys.
  private static let wishStems = [
    "optout", "optedout", "optin", "optedin", "unsubscri", "subscri", "donot", "dontcall",
    "dontmail", "consent", "gdpr", "rgpd", "dsgvo", "acceptsmarketing", "marketingstatus",
    "marketingpermission", "emailpermission", "allowmarketing", "suppress", "blacklist",
    "blocklist", "donottrack", "einwilligung", "widerspruch", "erlaubnis", "abgemeldet",
    "abbestellt", "werbesperre", "keinewerbung", "nichtkontaktieren", "desabonn", "desinscri",
    "nepasappeler", "nepascontacter", "consentimiento", "nollamar", "nocontactar", "consenso",
    "disiscri", "noncontattare", "consentimento", "descadastr", "naocontat", "naoligar",
    "toestemming", "afgemeld", "uitgeschreven", "nietbellen", "nietmailen", "zgoda", "wypisan",
    "niekontaktowac", "niedzwon", "newsletter", "nieuwsbrief", "nichtzulassen", "nichtanrufen",
    "abmeld", "keinemail", "keinanruf", "robinson", "bloctel", "opposition", "opposizion", "zgody",
    "sprzeciw", "niewysylac", "noenviar", "nondesidera", "naodeseja", "naoenviar", "nepasenvoyer",
    "nocall", "noemail", "nomarketing", "lgpd",
  ]
}
