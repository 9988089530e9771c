import { useWorkspace } from "../../app/workspace";
import {
  type ConvertLeadResponse,
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
import type { MoneyDraft } from "../../core/fieldDraft";
import { at } from "../../core/recordApi";
import type { Rec } from "../../core/recordKind";
import { Field, SelectField, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { FieldControl } from "../../records/FieldControl";
import { words } from "../../words/conversion";
import { CandidateChoice } from "./CandidateChoice";
import { checkedChoices, type ConversionValues, dealFields } from "./conversionChecks";
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

/** This many domains are enough to tell accounts apart. */
const mostDomains = 2;

/** The longest name of a deal. */
const longestName = 200;

const amountField = dealFields.get("amount");
const dateField = dealFields.get("expected_close_date");

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
  const form = useForm<ConversionValues, ConvertLeadResponse>({
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
      const body = conversionBody({ ...checkedChoices(values, needsReason, money), etag: record.etag });
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
