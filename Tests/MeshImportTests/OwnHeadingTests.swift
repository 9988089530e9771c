import MeshProto
import Testing

@testable import MeshImport

/// What people call the columns of their own tables, in each language and for each kind of record.
@Suite struct `Headings of people's own tables` {
  private func meanings(_ headings: [String], _ object: String) -> [String] {
    let schema = RecordSchema(object: object, idPrefix: "x", table: "x", fields: [])
    return SourceTables.known.read(headings, for: schema).columns.map {
      $0.meaning?.rawValue ?? "?"
    }
  }

  private static let deals = [
    "Deal-Name;Kunde;Betrag;Währung;Phase;Wahrscheinlichkeit;Voraussichtlicher Abschluss;"
      + "Zuständig;Nächster Schritt;Verlustgrund;Ansprechpartner",
    "Nom de l'affaire;Client;Montant;Devise;Étape;Probabilité;Date de clôture prévue;"
      + "Commercial;Prochaine étape;Motif de perte;Interlocuteur",
    "Oportunidad;Cliente;Importe;Moneda;Etapa;Probabilidad;Fecha de cierre prevista;"
      + "Vendedor;Próximo paso;Motivo de pérdida;Contacto",
    "Trattativa;Cliente;Importo;Valuta;Fase;Probabilità;Data di chiusura prevista;"
      + "Commerciale;Prossimo passo;Motivo della perdita;Referente",
    "Negócio;Cliente;Valor;Moeda;Etapa;Probabilidade;Data prevista de fechamento;"
      + "Vendedor;Próximo passo;Motivo da perda;Contato",
    "Verkoopkans;Klant;Bedrag;Valuta;Fase;Kans;Verwachte afsluitdatum;Verkoper;"
      + "Volgende stap;Reden verlies;Contactpersoon",
    "Szansa sprzedaży;Klient;Wartość;Waluta;Etap;Prawdopodobieństwo;"
      + "Planowana data zamknięcia;Handlowiec;Następny krok;Powód utraty;Osoba kontaktowa",
    "Deal Name;Account Name;Amount;Currency;Stage;Probability;Expected Close Date;"
      + "Deal Owner;Next Step;Loss Reason;Contact Name",
  ]

  @Test(arguments: deals) func `are understood in files of deals`(_ headings: String) {
    let expected: [String] = [
      "name", "company", "amount", "currency", "stage", "probability", "expected_close_date",
      "owner", "next_step", "loss_reason", "contact",
    ]
    #expect(meanings(headings.split(separator: ";").map(String.init), "deal") == expected)
  }

  private static let tasks = [
    "Betreff;Fällig am;Startdatum;Status;Priorität;Zugewiesen an;Beschreibung;Kategorie;"
      + "Bezug;Erledigt am",
    "Objet;Date d'échéance;Date de début;Statut;Priorité;Assigné à;Commentaires;"
      + "Catégorie;Lié à;Terminé le",
    "Asunto;Fecha de vencimiento;Fecha de inicio;Estado;Prioridad;Asignado a;Notas;"
      + "Categoría;Relacionado con;Completada el",
    "Oggetto;Scadenza;Data di inizio;Stato;Priorità;Assegnato a;Note;Categoria;"
      + "Correlato a;Completata il",
    "Assunto;Data de vencimento;Data de início;Estado;Prioridade;Atribuído a;Observações;"
      + "Categoria;Relacionado a;Concluída em",
    "Onderwerp;Vervaldatum;Startdatum;Status;Prioriteit;Toegewezen aan;Opmerkingen;"
      + "Categorie;Gerelateerd aan;Voltooid op",
    "Temat;Termin;Data rozpoczęcia;Stan;Priorytet;Przypisany do;Uwagi;Kategoria;"
      + "Powiązane z;Data zakończenia",
    "Subject;Due Date;Start Date;Status;Priority;Assigned To;Notes;Category;Related To;"
      + "Completed On",
  ]

  @Test(arguments: tasks) func `are understood in files of tasks`(_ headings: String) {
    let expected: [String] = [
      "name", "due_time", "start_time", "status", "priority", "owner", "description",
      "category", "related", "complete_time",
    ]
    #expect(meanings(headings.split(separator: ";").map(String.init), "task") == expected)
  }

  private static let accounts = [
    "Firma;Art;Branche;Mitarbeiter;Telefon;Webseite;Straße;PLZ;Ort;Land;Betreuer;"
      + "Muttergesellschaft;Lieferadresse;Lieferort",
    "Raison sociale;Type de client;Secteur d'activité;Effectif;Téléphone;Site web;"
      + "Adresse;Code postal;Ville;Pays;Responsable;Société mère;Adresse de livraison;"
      + "Ville de livraison",
    "Razón social;Tipo de cliente;Sector;Número de empleados;Teléfono;Sitio web;"
      + "Dirección;Código postal;Ciudad;País;Responsable;Empresa matriz;Dirección de envío;"
      + "Ciudad de envío",
    "Ragione sociale;Tipo cliente;Settore;Dipendenti;Telefono;Sito web;Indirizzo;CAP;"
      + "Città;Paese;Responsabile;Capogruppo;Indirizzo di spedizione;Città di spedizione",
    "Razão social;Tipo de cliente;Setor;Número de funcionários;Telefone;Site;Endereço;"
      + "CEP;Cidade;País;Responsável;Empresa matriz;Endereço de entrega;Cidade de entrega",
    "Bedrijfsnaam;Klanttype;Branche;Aantal medewerkers;Telefoon;Website;Adres;Postcode;"
      + "Plaats;Land;Eigenaar;Moederbedrijf;Afleveradres;Afleverplaats",
    "Nazwa firmy;Typ klienta;Branża;Liczba pracowników;Telefon;Strona WWW;Ulica;"
      + "Kod pocztowy;Miasto;Kraj;Opiekun;Firma macierzysta;Adres dostawy;Miasto dostawy",
    "Name;Account Type;Industry;Employees;Phone;Website;Billing Street;"
      + "Billing Zip;Billing City;Billing Country;Account Owner;Parent Account;"
      + "Shipping Street;Shipping City",
  ]

  @Test(arguments: accounts) func `are understood in files of accounts`(_ headings: String) {
    let expected: [String] = [
      "name", "account_type", "industry", "employees", "phone", "website", "street",
      "postal_code", "city", "country", "owner", "parent_company", "shipping_street",
      "shipping_city",
    ]
    #expect(meanings(headings.split(separator: ";").map(String.init), "account") == expected)
  }

  private static let contacts = [
    "Vorname;Nachname;E-Mail;Telefon;Position;Firma;Vorgesetzter;Zuständig;"
      + "Newsletter-Einwilligung;Nicht anrufen",
    "Prénom;Nom;Adresse e-mail;Portable;Fonction;Société;Supérieur;Responsable;"
      + "Consentement newsletter;Ne pas appeler",
    "Nombre;Apellidos;Correo electrónico;Móvil;Cargo;Empresa;Jefe;Responsable;"
      + "Acepta newsletter;No llamar",
    "Nome;Cognome;E-mail;Cellulare;Ruolo;Azienda;Superiore;Responsabile;"
      + "Consenso newsletter;Non chiamare",
    "Nome;Sobrenome;E-mail;Celular;Cargo;Empresa;Superior;Responsável;Aceita newsletter;"
      + "Não ligar",
    "Voornaam;Achternaam;E-mailadres;Mobiel;Functie;Bedrijf;Leidinggevende;Eigenaar;"
      + "Toestemming nieuwsbrief;Niet bellen",
    "Imię;Nazwisko;Adres e-mail;Telefon komórkowy;Stanowisko;Firma;Przełożony;Opiekun;"
      + "Zgoda na newsletter;Nie dzwonić",
    "First Name;Last Name;Email;Mobile;Job Title;Account Name;Reports To;Contact Owner;"
      + "Newsletter Opt In;Do Not Call",
  ]

  @Test(arguments: contacts) func `are understood in files of contacts`(_ headings: String) {
    let expected: [String] = [
      "first_name", "last_name", "email", "phone", "job_title", "company", "reports_to",
      "owner", "may_email", "do_not_call",
    ]
    #expect(meanings(headings.split(separator: ";").map(String.init), "contact") == expected)
  }

  @Test(arguments: [
    ("Lead: Created Date", "lead", "create_time"), ("contact.email", "contact", "email"),
    ("Account - Industry", "account", "industry"), ("Opportunity: Amount (EUR)", "deal", "amount"),
    ("Task/Due Date", "task", "due_time"), ("lead_first_name", "lead", "first_name"),
    ("Waehrung", "deal", "currency"), ("Strasse", "lead", "street"),
    ("Laendervorwahl", "lead", "dial_code"), ("Lead: ", "lead", "?"), ("Contact", "account", "?"),
  ])
  func `are understood after their kind, and without umlauts`(
    _ heading: String,
    _ object: String,
    _ meaning: String
  ) {
    #expect(meanings([heading], object) == [meaning])
  }
}
