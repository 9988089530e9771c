import { useWorkspace } from "../../app/workspace";
import { FieldRefusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { Combobox } from "../../parts/Combobox";
import { DatePicker } from "../../parts/DatePicker";
import { Field, TextArea } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/qualification";
import { lead, leadName } from "./lead";

interface Props {
  record: Rec;
  onClose: () => void;
}

/** Asks why a lead is qualified. */
export function QualifyDialog({ record, onClose }: Props) {
  const { records, notices } = useWorkspace();
  const form = useForm({
    name: `${record.id}:qualify`,
    initial: { reason: "" },
    send: async ({ reason }, key) => {
      if (reason.trim() === "") throw new FieldRefusal({ reason: words.qualify.noReason });
      const body = { reason, etag: record.etag };
      return leadName(await records.verb(lead, record.id, "qualify", body, key));
    },
    onDone: (name) => {
      notices.done(words.qualified(name));
      onClose();
    },
  });
  return (
    <FormDialog
      title={words.qualify.title(leadName(record))}
      action={words.qualify.send}
      form={form}
      onClose={onClose}
    >
      <TextArea label={words.reason} rows={2} maxLength={500} {...form.text("reason")} />
    </FormDialog>
  );
}

/** Asks why a lead will not buy, with a choice of the tenant's reasons. */
export function DisqualifyDialog({ record, onClose }: Props) {
  const { records, notices, directory } = useWorkspace();
  const reasons = directory
    .entries("disqualification_reason")
    .filter((entry) => entry.active)
    .map((entry) => ({ value: entry.key, label: entry.display_name, colour: entry.colour }));
  const form = useForm({
    initial: { reason: "" },
    send: async ({ reason }, key) => {
      if (reason === "") throw new FieldRefusal({ reason: words.disqualify.choose });
      const body = { reason, etag: record.etag };
      return leadName(await records.verb(lead, record.id, "disqualify", body, key));
    },
    onDone: (name) => {
      notices.done(words.disqualified(name));
      onClose();
    },
  });
  return (
    <FormDialog
      title={words.disqualify.title(leadName(record))}
      action={words.disqualify.send}
      form={form}
      onClose={onClose}
    >
      <Field
        label={words.reason}
        error={form.errors["reason"]}
        control={(wiring) => (
          <Combobox label={words.reason} options={reasons} {...form.field("reason")} {...wiring} />
        )}
      />
    </FormDialog>
  );
}

/** Puts a lead back, to be worked on again from a given day. */
export function RecycleDialog({ record, onClose }: Props) {
  const { records, notices } = useWorkspace();
  const form = useForm({
    name: `${record.id}:recycle`,
    initial: { reason: "", return_date: "" },
    send: async ({ reason, return_date }, key) => {
      if (reason.trim() === "") throw new FieldRefusal({ reason: words.recycle.noReason });
      const body = { reason, return_date, etag: record.etag };
      return leadName(await records.verb(lead, record.id, "recycle", body, key));
    },
    onDone: (name) => {
      notices.done(words.recycled(name));
      onClose();
    },
  });
  return (
    <FormDialog
      title={words.recycle.title(leadName(record))}
      action={words.recycle.send}
      form={form}
      onClose={onClose}
    >
      <TextArea label={words.reason} rows={2} maxLength={500} {...form.text("reason")} />
      <Field
        label={words.returnDate}
        hint={words.returnHint}
        error={form.errors["return_date"]}
        control={(wiring) => (
          <DatePicker label={words.returnDate} clearable {...form.field("return_date")} {...wiring} />
        )}
      />
    </FormDialog>
  );
}
