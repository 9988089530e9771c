import { type ReactNode, useMemo } from "react";
import { useWorkspace } from "../app/workspace";
import { draftOf, type Drafts, filledIn } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import { navigate } from "../core/navigation";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { Field as LabelledField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { type Form, useForm } from "../parts/useForm";
import { words as all } from "../words/records";
import { type ControlProps, FieldControl } from "./FieldControl";
import { useFace } from "./faces";

const words = all.form;

interface Props {
  kind: RecordKind;
  /** Shown before the first field. */
  hint?: string;
  /** The initial values. */
  values?: Readonly<Record<string, unknown>>;
  /** What is asked for below the fields. */
  besides?: Besides;
  onClose: () => void;
}

/** Controls for what is no field with one value. */
interface Besides {
  /** By names that no field of the form has. */
  initial: Drafts;
  /** @throws FieldRefusal - in words for the person, by the fields at fault */
  values: (drafts: Drafts) => Readonly<Record<string, unknown>>;
  controls: (form: Pick<Form<Drafts>, "values" | "errors" | "set">) => ReactNode;
}

/** Creates a record from what is known at first; the rest follows on its page. */
export function RecordForm({ kind, hint, values = {}, besides, onClose }: Props) {
  const { records, notices, directory } = useWorkspace();
  const { money } = directory.names;
  const fields = kind.form.flat();
  const { FormNote } = useFace(kind);
  const form = useForm<Drafts, { id: string; title: string }>({
    name: `new ${kind.object}`,
    initial: {
      ...Object.fromEntries(fields.map((field) => [field.name, draftOf(field, values[field.name], money)])),
      ...besides?.initial,
    },
    thing: kind.one,
    send: async (drafts, key) => {
      const said = { ...filledIn(fields, drafts, money), ...besides?.values(drafts) };
      const record = await records.create(kind, said, key);
      return { id: record.id, title: kind.title(record) };
    },
    onDone: ({ id, title }) => {
      const open = () => navigate(recordAddress(kind, id));
      notices.done(words.created(title), { label: words.open, run: open }, id);
      onClose();
    },
  });
  /** The fields whose choices depend on a changed one, emptied. */
  const emptied = ({ name }: Field): Drafts =>
    Object.fromEntries(
      fields.filter(({ within }) => within === name).map((each) => [each.name, draftOf(each, null, money)]),
    );
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
                <FormControl
                  kind={kind}
                  drafts={form.values}
                  field={field}
                  draft={form.values[field.name] ?? draftOf(field, null, money)}
                  onChange={(next) => form.set({ ...emptied(field), [field.name]: next })}
                  {...wiring}
                />
              )}
            />
          ))}
        </div>
      ))}
      {besides?.controls(form)}
      {FormNote !== undefined && <FormNote values={form.values} />}
    </FormDialog>
  );
}

interface FormControlProps extends ControlProps {
  kind: RecordKind;
  drafts: Drafts;
}

/** A control whose choices may depend on another field: on its value, or by default on the first of its list. */
function FormControl({ kind, drafts, ...control }: FormControlProps) {
  const { entries } = useWorkspace().directory;
  const { within } = control.field;
  const picklist = within === undefined ? undefined : kind.fields.get(within)?.picklist;
  const first = picklist === undefined ? undefined : entries(picklist).find(({ active }) => active)?.key;
  const typed = within === undefined ? "" : String(drafts[within] ?? "");
  const owner = typed === "" ? first : typed;
  const record = useMemo(
    () => (within === undefined || owner === undefined ? undefined : { id: "", etag: "", [within]: owner }),
    [within, owner],
  );
  return <FieldControl {...control} {...(record === undefined ? {} : { record })} />;
}
