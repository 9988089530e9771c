import type { LeadConversionCandidates, RelatedAccount } from "./api.generated";
import { folded } from "./options";
import { ApiError, FieldRefusal, sentence } from "./problem";
import { fieldWords } from "./ruleWords";

// The choices of a lead's conversion.

/** Stands for a record that is to be made. */
export const made = "";
/** Stands for one that is searched for by its name. */
export const another = "?";

/** How long a conversion can be undone, in milliseconds. */
const reopenTime = 24 * 60 * 60 * 1000;

/** Whether a conversion is recent enough to be undone. */
export function isReopenable(conversionTime: string, now: Date): boolean {
  const time = Date.parse(conversionTime);
  return !Number.isNaN(time) && now.getTime() <= time + reopenTime;
}

/** The accounts with the same name as another one, in any case. */
export function namesakes(
  name: string,
  accounts: readonly RelatedAccount[],
): readonly RelatedAccount[] {
  const wanted = folded(name).trim();
  return accounts.filter((each) => folded(each.name).trim() === wanted);
}

/** The initial choice: what the lead is most likely about, else something new. */
export function likeliest({ accounts, contacts }: LeadConversionCandidates, company: string) {
  const account = namesakes(company, accounts)[0] ?? accounts[0];
  const contact = contacts.find((each) => each.matched_by === "email") ?? contacts[0];
  return { account: account?.account_id ?? made, contact: contact?.contact_id ?? made };
}

/** The deal as typed; null for none. */
export interface AskedDeal {
  name: string;
  /** In the API's form; null if unknown. */
  amount: unknown;
  /** A date; null or "" if unknown. */
  expected_close_date: unknown;
  pipeline_id: string;
}

/** The API's request: empty values are left out, and a new account is made even if one has its name. */
export function conversionBody(asked: {
  account_id: string;
  contact_id: string;
  deal: AskedDeal | null;
  override_reason: string;
  etag: string;
}): Record<string, unknown> {
  const { deal, ...others } = asked;
  const texts = filled({ ...others, override_reason: others.override_reason.trim() });
  const asks = asked.account_id === made ? { ...texts, new_account: true } : texts;
  return deal === null ? asks : { ...asks, deal: filled({ ...deal, name: deal.name.trim() }) };
}

/** Why a conversion was refused; errors of an account or contact to be made are shown where it is chosen. */
export function conversionRefusal(failure: unknown): unknown {
  const errors = failure instanceof ApiError ? failure.problem.errors : [];
  const refused = errors.flatMap(({ field, rule }) => {
    const object = /^(account|contact)\./.exec(field)?.[1];
    return object === undefined ? [] : [[`${object}_id`, sentence(`${fieldWords(field)} ${rule}`)] as const];
  });
  return refused.length === 0 ? failure : new FieldRefusal(Object.fromEntries(refused));
}

function filled(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== null));
}
