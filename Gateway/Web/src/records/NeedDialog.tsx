import { useState } from "react";
import { useWorkspace } from "../app/workspace";
import { draftOf, type Drafts, filledIn } from "../core/fieldDraft";
import type { Field } from "../core/fields";
import { neededFields } from "../core/needed";
import { ApiError, fieldErrors, FieldRefusal, Refusal } from "../core/problem";
import { Field as LabelledField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { useForm } from "../parts/useForm";
import { words as all } from "../words/editing";
import { FieldControl } from "./FieldControl";
import type { Need, NeedAnswer } from "./needs";

const words = all.needs;

interface Props {
  need: Need;
  onAnswer: (answer: NeedAnswer) => void;
}

/** Asks for the fields that a change also needs, and then for any more that the service names. */
export default function NeedDialog({ need, onAnswer }: Props) {
  const { kind, title, doing } = need;
  const { money } = useWorkspace().directory.names;
  const [fields, setFields] = useState(need.fields);
  const [reasons] = useState(() => reasonsOf(need.failure, need.fields));
  const form = useForm<Drafts, NeedAnswer>({
    initial: Object.fromEntries(fields.map((field) => [field.name, draftOf(field, null, money)])),
    thing: kind.one,
    send: async (drafts) => {
      const values = filledIn(fields, drafts, money);
      const missing = fields.filter(({ name }) => !(name in values));
      if (missing.length > 0) {
        throw new FieldRefusal(Object.fromEntries(missing.map((each) => [each.name, reasons(each)])));
      }
      try {
        return { saved: await need.send(values) };
      } catch (failure) {
        const more = neededFields(kind, failure, Object.keys(values));
        setFields((before) => [...before, ...more.filter((each) => !before.includes(each))]);
        if (failure instanceof Refusal || (failure instanceof ApiError && !failure.isStale)) throw failure;
        return { failed: failure };
      }
    },
    onDone: onAnswer,
  });
  return (
    <FormDialog
      title={doing || words.title(title)}
      action={doing || words.send}
      form={form}
      onClose={() => onAnswer(null)}
    >
      <p className="muted">{doing === "" ? words.what(kind) : words.whatOf(title)}</p>
      {fields.map((field) => (
        <LabelledField
          key={field.name}
          label={field.label}
          error={form.errors[field.name]}
          control={(wiring) => (
            <FieldControl
              field={field}
              draft={form.values[field.name] ?? draftOf(field, null, money)}
              onChange={(next) => form.set({ [field.name]: next })}
              {...wiring}
            />
          )}
        />
      ))}
    </FormDialog>
  );
}

/** The service's message about each field, for fields that are left empty. */
function reasonsOf(failure: unknown, fields: readonly Field[]): (field: Field) => string {
  const said = fieldErrors(
    failure,
    fields.map(({ name }) => name),
  );
  return ({ name }) => said[name] ?? words.empty;
}
