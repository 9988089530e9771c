import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Rec } from "../../core/recordKind";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { IconButton } from "../../parts/IconButton";
import { Section } from "../../parts/Section";
import { useForm } from "../../parts/useForm";
import { words as all } from "../../words/accountScreens";
import { account, asAccount } from "./account";
import { addressLines } from "./addressLines";

const words = all.addresses;

type Which = keyof typeof words.names;

const parts = ["street", "postal_code", "city", "state", "country"] as const;

/** The billing and shipping addresses of an account. */
export function Addresses({ record }: { record: Rec }) {
  const { permissions } = useWorkspace();
  const [opened, setOpened] = useState<Which | null>(null);
  const mayEdit = permissions.mayEdit(account, record);
  const shown = (Object.keys(words.names) as Which[]).filter(
    (which) => mayEdit || addressLines(asAccount(record)[which]).length > 0,
  );
  if (shown.length === 0) return null;
  return (
    <Section title={words.title}>
      <dl className="facts">
        {shown.map((which) => (
          <div key={which} className="fact">
            <dt>{words.names[which]}</dt>
            <dd>
              <span className="fact-lines" dir="auto">
                {addressLines(asAccount(record)[which]).join("\n") || "–"}
              </span>
              {mayEdit && (
                <IconButton
                  icon="edit"
                  className="fact-edit"
                  label={words.edit(words.names[which])}
                  onClick={() => setOpened(which)}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {opened !== null && <AddressDialog record={record} which={opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

function AddressDialog({ record, which, onClose }: { record: Rec; which: Which; onClose: () => void }) {
  const { records } = useWorkspace();
  const known = asAccount(record)[which];
  const form = useForm({
    initial: Object.fromEntries(parts.map((part) => [part, known?.[part] ?? ""])) as Record<
      (typeof parts)[number],
      string
    >,
    send: (values) => records.update(account, record.id, record.etag, { [which]: values }),
    onDone: onClose,
  });
  return (
    <FormDialog title={words.names[which]} action={words.save} form={form} onClose={onClose}>
      <TextArea label={words.parts.street} rows={2} {...form.text("street")} />
      <div className="form-pair">
        <TextField label={words.parts.postal_code} {...form.text("postal_code")} />
        <TextField label={words.parts.city} {...form.text("city")} />
      </div>
      <div className="form-pair">
        <TextField label={words.parts.state} {...form.text("state")} />
        <TextField label={words.parts.country} {...form.text("country")} />
      </div>
    </FormDialog>
  );
}
