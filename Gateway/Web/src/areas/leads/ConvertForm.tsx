import { useWorkspace } from "../../app/workspace";
import {
  type ConvertLeadResponse,
  dealSchema,
  decodeConvertLeadResponse,
  type LeadConversionCandidates,
  type Pipeline,
} from "../../core/api.generated";
import {
  another,
  conversionBody,
  conversionRefusal,
  likeliest,
  made,
  namesakes,
} from "../../core/conversion";
import { type MoneyDraft, valueOf } from "../../core/fieldDraft";
import { fieldsOf } from "../../core/fields";
import type { MoneyStyle } from "../../core/format";
import { FieldRefusal, Refusal } from "../../core/problem";
import { at } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { Field, SelectField, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { FieldControl } from "../../records/FieldControl";
import { words } from "../../words/conversion";
import { CandidateChoice } from "./CandidateChoice";
import { asLead, lead, leadName } from "./lead";

/** What there is to choose from. */
export interface ConversionChoices {
  candidates: LeadConversionCandidates;
  pipelines: readonly Pipeline[];
  /** The tenant's currency. */
  currency: string;
  /** Whether leads of any status may be converted. */
  convertsUnqualified: boolean;
}

interface Props {
  record: Rec;
  choices: ConversionChoices;
  onClose: () => void;
  onDone: (became: ConvertLeadResponse) => void;
}

interface Values {
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

/** This many domains are enough to tell accounts apart. */
const mostDomains = 2;

/** The longest name of a deal. */
const longestName = 200;

const amountField = fieldsOf(dealSchema).get("amount");
const dateField = fieldsOf(dealSchema).get("expected_close_date");

export function ConvertForm({ record, choices, onClose, onDone }: Props) {
  const { records, permissions, directory } = useWorkspace();
  const { money } = directory.names;
  const { candidates, pipelines, currency } = choices;
  const { company_name: company, qualified } = asLead(record);
  const name = leadName(record);
  const accountName = company || name;
  const first = likeliest(candidates, company);
  const mayMakeDeals = permissions.may("deal.create");
  const needsReason = !qualified && !choices.convertsUnqualified;
  const form = useForm<Values, ConvertLeadResponse>({
    name: `${record.id}:convert`,
    initial: {
      account_id: first.account,
      contact_id: first.contact,
      other_account: "",
      other_contact: "",
      makes_deal: mayMakeDeals,
      name: words.dealWith(accountName).slice(0, longestName),
      amount: { amount: "", currency },
      pipeline_id: pipelines.find((each) => each.is_default)?.id ?? "",
      expected_close_date: "",
      override_reason: "",
    },
    send: async (values, key) => {
      const body = conversionBody({ ...checked(values, needsReason, money), etag: record.etag });
      const path = `${at(lead.api, record.id)}:convert`;
      const sent = records.client.post(path, body, { idempotencyKey: key });
      const became = decodeConvertLeadResponse(
        await sent.catch((failure: unknown) => {
          throw conversionRefusal(failure);
        }),
      );
      // The response has only the new records. If this page cannot be reached now, an event will update the lead.
      await records.get(lead, record.id).catch(() => undefined);
      return became;
    },
    onDone,
  });
  const { values, errors } = form;
  const [namesake] = namesakes(accountName, candidates.accounts);
  const isNew = values.account_id === made;
  return (
    <FormDialog title={words.title(name)} action={words.send} form={form} size="wide" onClose={onClose}>
      <CandidateChoice
        object="account"
        candidates={candidates.accounts.map(({ account_id, name, matched_by, domains, city }) => ({
          id: account_id,
          name,
          matched_by,
          details: [...domains.slice(0, mostDomains), city],
        }))}
        newName={words.newAccount(accountName)}
        note={isNew && namesake !== undefined ? words.namesake(namesake.name) : ""}
        chosen={values.account_id}
        found={values.other_account}
        error={errors["account_id"]}
        onChoose={(account_id) => form.set({ account_id })}
        onFind={(other_account) => form.set({ other_account, account_id: another })}
      />
      <CandidateChoice
        object="contact"
        candidates={candidates.contacts.map(({ contact_id, display_name, matched_by, account_id }) => {
          const account = directory.names.record(account_id);
          const details = account === "" ? [] : [words.at(account)];
          return { id: contact_id, name: display_name, matched_by, details };
        })}
        newName={words.newContact(name)}
        chosen={values.contact_id}
        found={values.other_contact}
        error={errors["contact_id"]}
        onChoose={(contact_id) => form.set({ contact_id })}
        onFind={(other_contact) => form.set({ other_contact, contact_id: another })}
      />
      {mayMakeDeals && (
        <fieldset className="choice-list">
          <legend>{words.deal}</legend>
          <label className="check">
            <input
              type="checkbox"
              checked={values.makes_deal}
              onChange={(event) => form.set({ makes_deal: event.target.checked })}
            />
            {words.makeDeal}
          </label>
          {values.makes_deal && (
            <>
              <TextField label={words.dealName} maxLength={longestName} {...form.text("name")} />
              <div className="form-pair">
                {amountField !== undefined && (
                  <Field
                    label={words.amount}
                    error={errors["amount"]}
                    control={(wiring) => (
                      <FieldControl
                        field={amountField}
                        draft={values.amount}
                        onChange={(amount) => form.set({ amount: amount as MoneyDraft })}
                        {...wiring}
                      />
                    )}
                  />
                )}
                <SelectField
                  label={words.pipeline}
                  value={values.pipeline_id}
                  error={errors["pipeline_id"]}
                  onChange={(event) => form.set({ pipeline_id: event.target.value })}
                >
                  {pipelines.map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.display_name}
                    </option>
                  ))}
                </SelectField>
              </div>
              {dateField !== undefined && (
                <Field
                  label={dateField.label}
                  error={errors["expected_close_date"]}
                  control={(wiring) => (
                    <FieldControl
                      field={dateField}
                      draft={values.expected_close_date}
                      onChange={(date) => form.set({ expected_close_date: date as string })}
                      {...wiring}
                    />
                  )}
                />
              )}
            </>
          )}
        </fieldset>
      )}
      {needsReason && (
        <TextArea label={words.reason} rows={2} maxLength={500} {...form.text("override_reason")} />
      )}
      <p className="muted">{words.readOnlyAfter}</p>
    </FormDialog>
  );
}

/**
 * The request, from what was filled in.
 *
 * @throws FieldRefusal - naming what is missing
 */
function checked(values: Values, needsReason: boolean, money: MoneyStyle | undefined) {
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
  values: Values,
  refusals: Record<string, string>,
  money: MoneyStyle | undefined,
) {
  const typed = (name: "amount" | "expected_close_date") => {
    const field = name === "amount" ? amountField : dateField;
    try {
      return field === undefined ? null : valueOf(field, values[name], money);
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure;
      refusals[name] = failure.message;
      return null;
    }
  };
  const { name, pipeline_id } = values;
  return { name, pipeline_id, amount: typed("amount"), expected_close_date: typed("expected_close_date") };
}
