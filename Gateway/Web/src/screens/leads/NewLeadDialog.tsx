import { type FormEvent, useRef, useState } from "react";
import { navigate } from "../../app/navigation";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { leadName } from "../../core/leadFields";
import { fieldErrors } from "../../core/problem";
import { leadAddress } from "../../core/route";
import type { Lead } from "../../core/types";
import { Dialog } from "../../parts/Dialog";
import { SelectField, TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";

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
  const [values, setValues] = useState(empty);
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const key = useRef(newIdempotencyKey());

  const errors = { ...fieldErrors(error, [...texts, "source"]) };
  const set = (name: keyof Values) => (event: { target: { value: string } }) => {
    setValues((before) => ({ ...before, [name]: event.target.value }));
    key.current = newIdempotencyKey();
  };

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      const lead = await api.createLead(filled(values), key.current);
      leadNews.send({ is: "created", id: lead.id, lead });
      notices.done(sentenceOn(lead), {
        label: "Open",
        run: () => navigate(leadAddress(lead.id)),
      });
      onClose();
    } catch (failure) {
      setError(failure);
      setWorking(false);
    }
  };

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
    <Dialog title="New lead" onClose={onClose}>
      <form onSubmit={send} noValidate>
        <p className="muted">A last name or a company, and an e-mail or a phone number.</p>
        {Object.keys(errors).length === 0 && <FormError error={error} />}
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
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" disabled={working}>
            {working ? "Creating lead…" : "Create lead"}
          </button>
        </div>
      </form>
    </Dialog>
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
