import { useWorkspace } from "../../app/workspace";
import type { Rec, RecordKind } from "../../core/recordKind";
import { Field, TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { MultiCombobox } from "../../parts/MultiCombobox";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/settings";
import { nextOptions, requiredOptions } from "./workflow";

interface Props {
  kind: RecordKind;
  entry: Rec;
  onClose: () => void;
}

/** Colours that can be told apart in both themes. */
const colours: Readonly<Record<string, string>> = {
  "#0078d4": words.lists.colours.blue,
  "#107c10": words.lists.colours.green,
  "#8f6b00": words.lists.colours.gold,
  "#c75000": words.lists.colours.orange,
  "#b3261e": words.lists.colours.red,
  "#7a3ea8": words.lists.colours.purple,
  "#00695c": words.lists.colours.teal,
  "#6b7480": words.lists.colours.gray,
};

/**
 * Changes an entry of a list: its name, colour and description; for a status also the next statuses, required
 * fields and substatuses. Its key stays.
 */
export function EntryDialog({ kind, entry, onClose }: Props) {
  const { records, notices, directory } = useWorkspace();
  const isStep = kind.fields.has("next_statuses");
  const form = useForm({
    name: entry.id,
    initial: {
      display_name: kind.title(entry),
      colour: String(entry["colour"] ?? ""),
      description: String(entry["description"] ?? ""),
      next_statuses: textsOf(entry["next_statuses"]),
      required_fields: textsOf(entry["required_fields"]),
      substatuses: textsOf(entry["substatuses"]),
    },
    thing: kind.one,
    send: async ({ display_name, colour, description, ...step }) => {
      const values = {
        display_name: display_name.trim(),
        colour,
        description: description.trim(),
        ...(isStep ? step : {}),
      };
      return kind.title(await records.update(kind, entry.id, entry.etag, values));
    },
    onDone: (title) => {
      notices.done(words.changed(title));
      onClose();
    },
  });
  const { colour, substatuses } = form.values;
  const offered = Object.entries({ "": words.lists.noColour, ...colours });
  if (!offered.some(([each]) => each === colour)) offered.push([colour, colour]);
  return (
    <FormDialog title={kind.title(entry)} action={words.lists.save(kind)} form={form} onClose={onClose}>
      <TextField label={words.name} maxLength={100} {...form.text("display_name")} />
      <fieldset className="swatches">
        <legend>{words.lists.colour}</legend>
        {offered.map(([each, name]) => (
          <label
            key={each}
            className="swatch"
            title={name}
            style={each === "" ? undefined : { background: each }}
          >
            <input
              type="radio"
              name="colour"
              checked={colour === each}
              onChange={() => form.set({ colour: each })}
            />
            <span className="unseen">{name}</span>
          </label>
        ))}
      </fieldset>
      <TextArea label={words.lists.description} rows={2} maxLength={500} {...form.text("description")} />
      {isStep && (
        <>
          <Field
            label={words.lists.next}
            hint={words.lists.nextHint}
            error={form.errors["next_statuses"]}
            control={(wiring) => (
              <MultiCombobox
                label={words.lists.next}
                options={nextOptions(directory.entries(kind.object), String(entry["key"]))}
                values={form.values.next_statuses}
                onChange={(next_statuses) => form.set({ next_statuses })}
                {...wiring}
              />
            )}
          />
          <Field
            label={words.lists.required}
            error={form.errors["required_fields"]}
            control={(wiring) => (
              <MultiCombobox
                label={words.lists.required}
                options={requiredOptions}
                values={form.values.required_fields}
                onChange={(required_fields) => form.set({ required_fields })}
                {...wiring}
              />
            )}
          />
          <Field
            label={words.lists.substatuses}
            hint={words.lists.substatusesHint}
            error={form.errors["substatuses"]}
            control={(wiring) => (
              <MultiCombobox
                label={words.lists.substatuses}
                options={substatuses.map((name) => ({ value: name, label: name }))}
                values={substatuses}
                onChange={(chosen) => form.set({ substatuses: chosen })}
                onCreate={(name) => form.set({ substatuses: [...substatuses, name] })}
                {...wiring}
              />
            )}
          />
        </>
      )}
    </FormDialog>
  );
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
