import { useWorkspace } from "../../app/workspace";
import type { Rec, RecordKind } from "../../core/recordKind";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";
import { useForm } from "../../parts/useForm";
import { words } from "../../words/settings";

interface Props {
  kind: RecordKind;
  entry: Rec;
  onClose: () => void;
}

/** Colours that are told apart in both themes. */
const colours = ["#0078d4", "#107c10", "#8f6b00", "#c75000", "#b3261e", "#7a3ea8", "#00695c", "#6b7480"];

/** Renames an entry of a list, colours it and says when to choose it. Its key stays. */
export function EntryDialog({ kind, entry, onClose }: Props) {
  const { records, notices } = useWorkspace();
  const form = useForm({
    name: entry.id,
    initial: {
      display_name: kind.title(entry),
      colour: String(entry["colour"] ?? ""),
      description: String(entry["description"] ?? ""),
    },
    thing: kind.one,
    send: async ({ display_name, colour, description }) => {
      const values = { display_name: display_name.trim(), colour, description: description.trim() };
      return kind.title(await records.update(kind, entry.id, entry.etag, values));
    },
    onDone: (title) => {
      notices.done(words.changed(title));
      onClose();
    },
  });
  const { colour } = form.values;
  const offered = colour === "" || colours.includes(colour) ? colours : [...colours, colour];
  return (
    <FormDialog title={kind.title(entry)} action={words.lists.save(kind)} form={form} onClose={onClose}>
      <TextField label={words.name} maxLength={100} {...form.text("display_name")} />
      <fieldset className="swatches">
        <legend>{words.lists.colour}</legend>
        {["", ...offered].map((each) => (
          <label key={each} className="swatch" style={each === "" ? undefined : { background: each }}>
            <input
              type="radio"
              name="colour"
              checked={colour === each}
              onChange={() => form.set({ colour: each })}
            />
            <span className="unseen">{each === "" ? words.lists.noColour : each}</span>
          </label>
        ))}
      </fieldset>
      <TextArea label={words.lists.description} rows={2} maxLength={500} {...form.text("description")} />
    </FormDialog>
  );
}
