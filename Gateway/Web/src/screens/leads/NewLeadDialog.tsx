import { useRef } from "react";
import { navigate } from "../../app/navigation";
import { useDraft } from "../../app/useDraft";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { leadName } from "../../core/leadFields";
import { leadAddress } from "../../core/route";
import type { Lead } from "../../core/types";
import { SelectField, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";

const texts = ["first_name", "last_name", "company_name", "email", "phone"] as const;
type TextName = (typeof texts)[number];
type Values = Record<TextName | "source", string>;

const empty: Values = {
  first_name: "",
  last_name: "",
  company_name: "",
  email: "",
  phone: "",
  source: "",
};

/** Creates a lead with what one knows on the phone; the rest follows on its page. */
export function NewLeadDialog({ onClose }: { onClose: () => void }) {
  const { api, directory, notices, leadNews } = useWorkspace();
  const draft = useDraft("new lead", empty);
  const { values } = draft;
  const key = useRef(newIdempotencyKey());

  const set = (name: keyof Values) => (event: { target: { value: string } }) => {
    draft.set({ [name]: event.target.value });
    key.current = newIdempotencyKey();
  };
  const leave = () => {
    draft.forget();
    onClose();
  };
  const send = async () => {
    const lead = await api.createLead(filled(values), key.current);
    leadNews.send({ is: "created", id: lead.id, lead });
    notices.done(
      sentenceOn(lead),
      { label: "Open", run: () => navigate(leadAddress(lead.id)) },
      lead.id,
    );
    leave();
  };

  return (
    <FormDialog
      title="New lead"
      action="Create lead"
      fields={[...texts, "source"]}
      send={send}
      onClose={onClose}
      onCancel={leave}
    >
      {(errors) => {
        const text = (name: TextName, label: string, type = "text") => (
          <TextField
            label={label}
            type={type}
            value={values[name]}
            onChange={set(name)}
            error={errors[name]}
          />
        );
        return (
          <>
            <p className="muted">A last name or a company, and an e-mail or a phone number.</p>
            <div className="form-pair">
              {text("first_name", "First name")}
              {text("last_name", "Last name")}
            </div>
            {text("company_name", "Company")}
            <div className="form-pair">
              {text("email", "E-mail", "email")}
              {text("phone", "Phone", "tel")}
            </div>
            <SelectField
              label="Source"
              value={values.source}
              onChange={set("source")}
              error={errors["source"]}
            >
              <option value="">Not known</option>
              {directory.sources.filter((source) => source.active).map((source) => (
                <option key={source.key} value={source.key}>
                  {source.display_name}
                </option>
              ))}
            </SelectField>
          </>
        );
      }}
    </FormDialog>
  );
}

function filled(values: Values): Partial<Lead> {
  const entries = Object.entries(values).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== "")) as Partial<Lead>;
}

function sentenceOn(lead: Lead): string {
  const name = leadName(lead);
  return lead.duplicate_of === ""
    ? `${name} created`
    : `${name} created, linked to the lead it repeats`;
}
