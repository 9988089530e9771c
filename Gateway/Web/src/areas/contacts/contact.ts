import { type Contact, contactSchema, decodeContact } from "../../core/api.generated";
import { type Rec, recordKind } from "../../core/recordKind";
import { words } from "../../words/contacts";

/** A record of this kind with the types of its fields. */
export function asContact(record: Rec): Contact {
  return record as unknown as Contact;
}

/** The name of a contact. */
function contactName(record: Rec): string {
  return asContact(record).display_name || words.withoutName;
}

export const contact = recordKind<Contact>({
  object: "contact",
  one: words.one,
  many: words.many,
  schema: contactSchema,
  decode: decodeContact,
  title: contactName,
  titleFields: ["display_name"],
  owner: "owner_id",
  team: "team_id",
  columns: [
    { id: "display_name", width: 176 },
    { id: "account_id", width: 150, grow: 1 },
    { id: "job_title", width: 130 },
    "email",
    "phone",
    "owner_id",
    ...(
      ["reports_to_id", "email_consent", "phone_consent", "sms_consent", "team_id", "create_time", "update_time"] as const
    ).map((id) => ({ id, width: 140, grow: 0, isChosen: false })),
  ],
  keys: ["account_id", "owner_id", "team_id"],
  groups: [
    { title: words.groups.person, fields: ["first_name", "last_name", "email", "phone", "job_title", "reports_to_id"] },
    { title: words.groups.consent, fields: ["email_consent", "phone_consent", "sms_consent"] },
    { title: words.groups.about, fields: ["description"] },
  ],
  needs: [["first_name", "last_name"]],
  form: [["first_name", "last_name"], ["account_id", "job_title"], ["email", "phone"]],
  bulk: ["owner_id", "team_id", "account_id"],
  filters: ["owner_id", "email_consent", "account_id"],
});
