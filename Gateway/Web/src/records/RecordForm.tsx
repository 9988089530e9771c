import { useRef } from "react";
import { navigate } from "../app/navigation";
import { useDraft } from "../app/useDraft";
import { useWorkspace } from "../app/workspace";
import { newIdempotencyKey } from "../core/client";
import { type Draft, draftOf, valueOf } from "../core/fieldDraft";
import { type Field, isFilled, wordsOf } from "../core/fields";
import { explainInLine, FieldRefusal } from "../core/problem";
import { recordAddress, type RecordKind } from "../core/recordKind";
import { Field as LabelledField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { FieldControl } from "./FieldControl";
import { useFace } from "./faces";

interface Props {
  kind: RecordKind;
  /** What one is told before the first field. */
  hint?: string;
  onClose: () => void;
}

/** Makes a record with what one knows at first; the rest follows on its page. */
export function RecordForm({ kind, hint, onClose }: Props) {
  const { records, notices } = useWorkspace();
  const fields = kind.form.flat();
  const draft = useDraft<Record<string, Draft>>(`new ${kind.object}`, emptyDraft(fields));
  const key = useRef(newIdempotencyKey());
  const { FormNote } = useFace(kind);

  const set = (field: Field, next: Draft) => {
    draft.set({ [field.name]: next });
    key.current = newIdempotencyKey();
  };
  const leave = () => {
    draft.forget();
    onClose();
  };
  const send = async () => {
    const record = await records.create(kind, filled(fields, draft.values), key.current);
    const open = () => navigate(recordAddress(kind, record.id));
    notices.done(`${kind.title(record)} created`, { label: "Open", run: open }, record.id);
    leave();
  };
  return (
    <FormDialog
      title={`New ${kind.one}`}
      action={`Create ${kind.one}`}
      fields={fields.map((field) => field.name)}
      send={send}
      onClose={onClose}
      onCancel={leave}
    >
      {(errors) => (
        <>
          {hint !== undefined && <p className="muted">{hint}</p>}
          {kind.form.map((row) => (
            <div key={row[0]?.name} className={row.length > 1 ? "form-pair" : undefined}>
              {row.map((field) => (
                <LabelledField
                  key={field.name}
                  label={field.label}
                  error={errors[field.name]}
                  control={(wiring) => (
                    <FieldControl
                      field={field}
                      draft={draft.values[field.name] ?? draftOf(field, null)}
                      onChange={(next) => set(field, next)}
                      {...wiring}
                    />
                  )}
                />
              ))}
            </div>
          ))}
          {FormNote !== undefined && <FormNote values={draft.values} />}
        </>
      )}
    </FormDialog>
  );
}

function emptyDraft(fields: readonly Field[]): Record<string, Draft> {
  return Object.fromEntries(fields.map((field) => [field.name, draftOf(field, null)]));
}

/** The values of what was filled in. */
function filled(fields: readonly Field[], drafts: Record<string, Draft>): Record<string, unknown> {
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

/** What the form of a kind is called on buttons: "New lead". */
export function newLabel(kind: RecordKind): string {
  return `New ${wordsOf(kind.one).toLowerCase()}`;
}
