import { useWorkspace } from "../app/workspace";
import { type Draft, draftOf, valueOf } from "../core/fieldDraft";
import { type Field, isFilled } from "../core/fields";
import { navigate } from "../core/navigation";
import { explainInLine, FieldRefusal } from "../core/problem";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { Field as LabelledField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { useForm } from "../parts/useForm";
import { words as all } from "../words/records";
import { FieldControl } from "./FieldControl";
import { useFace } from "./faces";

const words = all.form;

interface Props {
  kind: RecordKind;
  /** What one is told before the first field. */
  hint?: string;
  onClose: () => void;
}

type Drafts = Record<string, Draft>;

/** Makes a record with what one knows at first; the rest follows on its page. */
export function RecordForm({ kind, hint, onClose }: Props) {
  const { records, notices } = useWorkspace();
  const fields = kind.form.flat();
  const { FormNote } = useFace(kind);
  const form = useForm<Drafts, { id: string; title: string }>({
    name: `new ${kind.object}`,
    initial: Object.fromEntries(fields.map((field) => [field.name, draftOf(field, null)])),
    thing: kind.one,
    send: async (drafts, key) => {
      const record = await records.create(kind, filled(fields, drafts), key);
      return { id: record.id, title: kind.title(record) };
    },
    onDone: ({ id, title }) => {
      const open = () => navigate(recordAddress(kind, id));
      notices.done(words.created(title), { label: words.open, run: open }, id);
      onClose();
    },
  });
  return (
    <FormDialog title={words.title(kind)} action={words.create(kind)} form={form} onClose={onClose}>
      {hint !== undefined && <p className="muted">{hint}</p>}
      {kind.form.map((row) => (
        <div key={row[0]?.name} className={row.length > 1 ? "form-pair" : undefined}>
          {row.map((field) => (
            <LabelledField
              key={field.name}
              label={field.label}
              error={form.errors[field.name]}
              control={(wiring) => (
                <FieldControl
                  field={field}
                  draft={form.values[field.name] ?? draftOf(field, null)}
                  onChange={(next) => form.set({ [field.name]: next })}
                  {...wiring}
                />
              )}
            />
          ))}
        </div>
      ))}
      {FormNote !== undefined && <FormNote values={form.values} />}
    </FormDialog>
  );
}

/** The values of what was filled in. */
function filled(fields: readonly Field[], drafts: Drafts): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const refusals: Record<string, string> = {};
  for (const field of fields) {
    try {
      const value = valueOf(field, drafts[field.name] ?? draftOf(field, null));
      if (isFilled(value)) values[field.name] = value;
    } catch (refusal) {
      refusals[field.name] = explainInLine(refusal);
    }
  }
  if (Object.keys(refusals).length > 0) throw new FieldRefusal(refusals);
  return values;
}
