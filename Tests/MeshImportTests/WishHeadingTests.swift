import MeshProto
import Testing

@testable import MeshImport

/// Headings about being contacted, of systems and of people in eight languages, in both directions.
@Suite struct `A heading about being contacted` {
  private func read(_ heading: String) -> ReadColumn? {
    let schema = RecordSchema(object: "lead", idPrefix: "lead", table: "leads", fields: [])
    return SourceTables.known.read([heading], for: schema).columns.first
  }

  private static let headings: [(meaning: ColumnMeaning, headings: [String])] = [
    (
      .doNotContact,
      [
        "Do Not Contact", "Do not solicit", "DND", "Opt-Out", "Nicht kontaktieren", "Werbesperre",
        "Robinsonliste", "Ne pas contacter", "Refus de prospection", "No contactar",
        "Lista Robinson", "Non contattare", "Registro opposizioni", "Não contatar",
        "Não perturbar", "Niet benaderen", "Nie kontaktować", "Brak zgody na kontakt",
      ]
    ),
    (
      .doNotEmail,
      [
        "HasOptedOutOfEmail", "Email Opt Out", "Unsubscribed from all email",
        "Opted Out of Emails", "Unsubscribe Reason", "UNSUB_TIME", "Portal Unsubscribe",
        "Do not allow Emails", "Do not allow Bulk Emails", "Email Address is Opted-Out",
        "is_blacklisted", "Unsubscribed Time", "Newsletter Opt-out",
        "Von allen E-Mails abgemeldet", "E-Mails nicht zulassen", "Massen-E-Mails nicht zulassen",
        "Kein Newsletter", "E-Mail-Opt-out", "Désabonné de tous les e-mails",
        "Désinscrit de la newsletter",
        "Se canceló la suscripción a todos los correos electrónicos", "Baja del boletín",
        "Disiscritto da tutte le email", "Non inviare email",
        "Cancelou a inscrição em todos os e-mails", "Descadastrado",
        "Uitgeschreven voor alle e-mails", "Geen nieuwsbrief",
        "Wypisano ze wszystkich wiadomości e-mail", "Nie wysyłać e-maili",
      ]
    ),
    (
      .doNotCall,
      [
        "DoNotCall", "Do Not Call List", "Phone DNC", "Do not allow Phone Calls",
        "Phone Number is Opted-Out", "Nicht anrufen", "Telefonanrufe nicht zulassen",
        "Ne pas appeler", "Bloctel", "No llamar", "Non chiamare", "Não ligar", "Niet bellen",
        "Bel-me-niet-register", "Nie dzwonić",
      ]
    ),
    (
      .doNotText,
      [
        "Do Not SMS", "SMS Opt Out", "SMS Unsubscribed", "Phone Blacklisted", "Keine SMS",
        "Pas de SMS", "Stop SMS", "No enviar SMS", "Non inviare SMS", "Não enviar SMS",
        "Geen sms", "Nie wysyłać SMS",
      ]
    ),
    (
      .mayContact,
      [
        "Consent to Contact", "May Contact", "Marketing Permission", "Einwilligung",
        "DSGVO-Einwilligung", "Kontaktaufnahme erlaubt", "Consentement RGPD",
        "Accepte d'être contacté", "Consentimiento RGPD", "Consenso privacy",
        "Consentimento LGPD", "Aceita contato", "AVG-toestemming", "Mag benaderd worden",
        "Zgoda na kontakt", "Zgoda RODO",
      ]
    ),
    (
      .mayEmail,
      [
        "Accepts Marketing", "Accepts Email Marketing", "Marketing contact status",
        "Marketing status", "Subscribed", "Email Opt In", "Allow Marketing Communication",
        "Person - Marketing status", "Email Marketing", "Newsletter abonniert",
        "Newsletter-Opt-in", "Abonné à la newsletter", "Suscrito al boletín", "Acepta newsletter",
        "Iscritto alla newsletter", "Inscrito na newsletter", "Toestemming nieuwsbrief",
        "Zgoda marketingowa", "Zapisany do newslettera",
      ]
    ),
    (
      .mayCall,
      [
        "Accepts Calls", "OK to Call", "Telefon-Einwilligung", "Accepte les appels",
        "Acepta llamadas", "Accetta chiamate", "Aceita ligações", "Mag gebeld worden",
        "Zgoda na telefon",
      ]
    ),
    (
      .mayText,
      [
        "SMS Consent", "Accepts SMS Marketing", "SMS-Einwilligung", "Consentement SMS",
        "Acepta SMS", "Consenso SMS", "Aceita SMS", "Toestemming sms", "Zgoda na SMS",
      ]
    ),
  ]

  @Test(arguments: headings)
  func `is known with its direction, whatever wrote the file`(
    _ meaning: ColumnMeaning,
    _ headings: [String]
  ) {
    for heading in headings {
      #expect(read(heading)?.meaning == meaning, "\(heading)")
      #expect(read(heading.uppercased())?.meaning == meaning, "\(heading)")
    }
  }

  @Test(arguments: [
    "Newsletter 2024", "Zgody klienta", "Abmeldegrund extern", "RGPD 2024", "Opposition CNIL",
  ])
  func `is pointed out where it is not known`(_ heading: String) {
    #expect(read(heading)?.isKnown == false)
    #expect(read(heading)?.looksLikeWish == true)
  }

  @Test(arguments: ["Solicitud", "Prodotto", "Rodovia", "Opportunity type", "Opposite number"])
  func `is told from others`(_ heading: String) {
    #expect(read(heading)?.looksLikeWish == false)
  }
}
