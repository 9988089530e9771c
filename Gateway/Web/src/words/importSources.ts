// The systems that imported files come from.

/** The systems whose exports are read without a mapping, by the names that the service gives them. */
const known: Readonly<Record<string, string>> = {
  apollo: "Apollo",
  dynamics: "Microsoft Dynamics 365",
  espocrm: "EspoCRM",
  facebook: "Facebook lead ads",
  google_contacts: "Google Contacts",
  google_leads: "Google Ads lead forms",
  hubspot: "HubSpot",
  linkedin: "LinkedIn connections",
  linkedin_leads: "LinkedIn lead forms",
  mailchimp: "Mailchimp",
  odoo: "Odoo",
  outlook: "Outlook",
  pipedrive: "Pipedrive",
  salesforce: "Salesforce",
  suitecrm: "SuiteCRM",
  thunderbird: "Thunderbird",
  twenty: "Twenty",
  vcard: "vCard (Apple, Thunderbird)",
  zoho: "Zoho CRM",
};

export const words = {
  none: "No system that is known",
  known,
};
