import { dealSchema } from "../../core/api.generated";
import { another } from "../../core/conversion";
import { type MoneyDraft, valueOf } from "../../core/fieldDraft";
import { fieldsOf } from "../../core/fields";
import type { MoneyStyle } from "../../core/format";
import { FieldRefusal, Refusal } from "../../core/problem";
import { words } from "../../words/conversion";

/** What is filled in to convert a lead. */
export interface ConversionValues {
  /** An id, or what `core/conversion` has for a new one and another one. */
  account_id: string;
  contact_id: string;
  /** The records that were searched for. */
  other_account: string;
  other_contact: string;
  makes_deal: boolean;
  name: string;
  amount: MoneyDraft;
  pipeline_id: string;
  expected_close_date: string;
  override_reason: string;
}

export const dealFields = fieldsOf(dealSchema);

/**
 * The request, from what was filled in.
 *
 * @throws FieldRefusal - naming what is missing
 */
export function checkedChoices(values: ConversionValues, needsReason: boolean, money: MoneyStyle | undefined) {
  const refusals: Record<string, string> = {};
  const chosen = (field: "account_id" | "contact_id", found: string, fault: string) => {
    const id = values[field] === another ? found : values[field];
    if (values[field] === another && found === "") refusals[field] = fault;
    return id;
  };
  const account_id = chosen("account_id", values.other_account, words.noAccount);
  const contact_id = chosen("contact_id", values.other_contact, words.noContact);
  const deal = values.makes_deal ? dealOf(values, refusals, money) : null;
  const override_reason = needsReason ? values.override_reason : "";
  if (needsReason && override_reason.trim() === "") refusals["override_reason"] = words.noReason;
  if (Object.keys(refusals).length > 0) throw new FieldRefusal(refusals);
  return { account_id, contact_id, deal, override_reason };
}

function dealOf(
  values: ConversionValues,
  refusals: Record<string, string>,
  money: MoneyStyle | undefined,
) {
  const typed = (name: "amount" | "expected_close_date") => {
    const field = dealFields.get(name);
    try {
      return field === undefined ? null : valueOf(field, values[name], money);
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      refusals[name] = failure.message;
      return null;
    }
  };
  const { name, pipeline_id } = values;
  if (name.trim() === "") refusals["name"] = words.noDealName;
  return { name, pipeline_id, amount: typed("amount"), expected_close_date: typed("expected_close_date") };
}
