import { navigate } from "../../app/navigation";
import { useWorkspace } from "../../app/workspace";
import { leadName } from "../../core/leadFields";
import { leadAddress } from "../../core/route";
import type { Lead } from "../../core/types";
import { isolated } from "../../core/words";
import { SelectField, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";

const empty = {
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
  const form = useForm({
    name: "new lead",
    initial: empty,
    send: (values, key) => api.createLead(filled(values), key),
    onDone: (lead) => {
      leadNews.send({ is: "created", id: lead.id, lead });
      notices.done(
        sentenceOn(lead),
        { label: "Open", run: () => navigate(leadAddress(lead.id)) },
        lead.id,
      );
      onClose();
    },
  });
  const sources = directory.sources.filter((source) => source.active);
  return (
    <FormDialog title="New lead" action="Create lead" form={form} onClose={onClose}>
      <p className="muted">A last name or a company, and an e-mail or a phone number.</p>
      <div className="form-pair">
        <TextField label="First name" {...form.text("first_name")} />
        <TextField label="Last name" {...form.text("last_name")} />
      </div>
      <TextField label="Company" {...form.text("company_name")} />
      <div className="form-pair">
        <TextField label="E-mail" type="email" {...form.text("email")} />
        <TextField label="Phone" type="tel" {...form.text("phone")} />
      </div>
      <SelectField label="Source" {...form.text("source")}>
        <option value="">Not known</option>
        {sources.map((source) => (
          <option key={source.key} value={source.key}>
            {source.display_name}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}

function filled(values: typeof empty): Partial<Lead> {
  const entries = Object.entries(values).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== "")) as Partial<Lead>;
}

function sentenceOn(lead: Lead): string {
  const name = isolated(leadName(lead));
  return lead.duplicate_of === ""
    ? `${name} created`
    : `${name} created, linked to the lead it repeats`;
}
