import type { LeadConversionCandidates, RelatedAccount } from "./api.generated";
import { folded } from "./options";
import { ApiError, FieldRefusal, sentence } from "./problem";
import { fieldWords } from "./ruleWords";

// What a lead is converted to, before it is asked for.

/** Stands for a record that is to be made. */
export const made = "";
/** Stands for one that is looked for by its name. */
export const another = "?";

/** How long a conversion can be taken back, in milliseconds. */
const reopenTime = 24 * 60 * 60 * 1000;

/** Whether a conversion is so recent that it can be taken back. */
export function isReopenable(conversionTime: string, now: Date): boolean {
  const time = Date.parse(conversionTime);
  return !Number.isNaN(time) && now.getTime() <= time + reopenTime;
}

/** The accounts that are called like another one, in any case. */
export function namesakes(
  name: string,
  accounts: readonly RelatedAccount[],
): readonly RelatedAccount[] {
  const wanted = folded(name).trim();
  return accounts.filter((each) => folded(each.name).trim() === wanted);
}

/** What is chosen first: what the lead is most likely about, else something new. */
export function likeliest({ accounts, contacts }: LeadConversionCandidates, company: string) {
  const account = namesakes(company, accounts)[0] ?? accounts[0];
  const contact = contacts.find((each) => each.matched_by === "email") ?? contacts[0];
  return { account: account?.account_id ?? made, contact: contact?.contact_id ?? made };
}

/** What is typed of the deal; null for none. */
export interface AskedDeal {
  name: string;
  /** As the API takes it; null where it is not known. */
  amount: unknown;
  /** A date; null or "" where it is not known. */
  expected_close_date: unknown;
  pipeline_id: string;
}

/** What the API is asked: what is empty is left out, and a new account is made though one has its name. */
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

/** Why a conversion was refused; what is wrong with the account or the contact to make is said where it is chosen. */
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
