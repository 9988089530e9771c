import type { ContactAccount, DealContact } from "../../core/api.generated";
import { type Field, fieldsOf } from "../../core/fields";
import { words } from "../../words/links";

export type Role = Exclude<DealContact["role"] & ContactAccount["role"], "">;

/** The roles of a contact at an account or in a deal. */
export const roles: readonly Role[] = [
  "decision_maker",
  "influencer",
  "champion",
  "end_user",
  "technical",
  "executive",
];

const fields = fieldsOf({
  contact_id: { label: words.contact, type: "id", references: "contact", required: true },
  account_id: { label: words.account, type: "id", references: "account", required: true },
  role: { label: words.role, type: "text", choices: [...roles] },
  start_date: { label: words.since, type: "date" },
  end_date: { label: words.until, type: "date" },
});

/** The fields of links between contacts and accounts or deals. */
export const linkFields = Object.fromEntries(fields) as Record<
  "contact_id" | "account_id" | "role" | "start_date" | "end_date",
  Field
>;
