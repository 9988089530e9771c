import { decodeCheckDuplicatesResponse } from "../../core/api.generated";
import type { Fields } from "../../core/json";
import { DuplicatesWhileTyping, type Relatives } from "../../records/DuplicatesWhileTyping";
import { account } from "../accounts/account";
import { contact } from "../contacts/contact";
import { lead } from "./lead";

const compared = ["email", "phone", "first_name", "last_name", "company_name", "website"];
const enough = ["email", "phone", "company_name", "website"];

/** Leads that a new one would duplicate, and contacts and accounts that it may be about, while it is typed. */
export function LeadLikeness({ values }: { values: Readonly<Record<string, unknown>> }) {
  return (
    <DuplicatesWhileTyping
      kind={lead}
      values={values}
      compared={compared}
      enough={enough}
      relatives={relatives}
    />
  );
}

/** The contacts and accounts in a response. */
export function relatives(answer: Fields): Relatives {
  const { contacts, accounts, deals_unanswered } = decodeCheckDuplicatesResponse(answer);
  return {
    found: [
      ...contacts.map((each) => ({
        kind: contact,
        id: each.contact_id,
        name: each.display_name || contact.title({ id: each.contact_id, etag: "" }),
        by: each.matched_by,
      })),
      ...accounts.map((each) => ({
        kind: account,
        id: each.account_id,
        name: each.name || account.title({ id: each.account_id, etag: "" }),
        by: each.matched_by,
      })),
    ],
    isPartial: deals_unanswered,
  };
}
