extension SourceTables {
  /// The tables that are part of the program.
  package static let known = SourceTables(
    sources: [
      ("salesforce.txt", text(PackageResources.salesforce_txt)),
      ("hubspot.txt", text(PackageResources.hubspot_txt)),
      ("pipedrive.txt", text(PackageResources.pipedrive_txt)),
      ("zoho.txt", text(PackageResources.zoho_txt)),
      ("dynamics.txt", text(PackageResources.dynamics_txt)),
      ("odoo.txt", text(PackageResources.odoo_txt)),
      ("espocrm.txt", text(PackageResources.espocrm_txt)),
      ("suitecrm.txt", text(PackageResources.suitecrm_txt)),
      ("twenty.txt", text(PackageResources.twenty_txt)),
      ("google_contacts.txt", text(PackageResources.google_contacts_txt)),
      ("outlook.txt", text(PackageResources.outlook_txt)),
      ("thunderbird.txt", text(PackageResources.thunderbird_txt)),
      ("vcard.txt", text(PackageResources.vcard_txt)),
      ("linkedin.txt", text(PackageResources.linkedin_txt)),
      ("linkedin_leads.txt", text(PackageResources.linkedin_leads_txt)),
      ("mailchimp.txt", text(PackageResources.mailchimp_txt)),
      ("facebook.txt", text(PackageResources.facebook_txt)),
      ("google_leads.txt", text(PackageResources.google_leads_txt)),
      ("apollo.txt", text(PackageResources.apollo_txt)),
    ],
    words: [
      ("words_en.txt", text(PackageResources.words_en_txt)),
      ("words_de.txt", text(PackageResources.words_de_txt)),
      ("words_fr.txt", text(PackageResources.words_fr_txt)),
      ("words_es.txt", text(PackageResources.words_es_txt)),
      ("words_it.txt", text(PackageResources.words_it_txt)),
      ("words_pt.txt", text(PackageResources.words_pt_txt)),
      ("words_nl.txt", text(PackageResources.words_nl_txt)),
      ("words_pl.txt", text(PackageResources.words_pl_txt)),
    ]
  )

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
