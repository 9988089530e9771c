import { useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Rec, RecordKind } from "../../core/recordKind";
import { TextArea, TextField } from "../../parts/Field";
import { FormDialog } from "../../parts/FormDialog";

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
  const [name, setName] = useState(kind.title(entry));
  const [colour, setColour] = useState(String(entry["colour"] ?? ""));
  const [description, setDescription] = useState(String(entry["description"] ?? ""));
  const send = async () => {
    const values = { display_name: name.trim(), colour, description: description.trim() };
    const saved = await records.update(kind, entry.id, entry.etag, values);
    notices.done(`${kind.title(saved)} changed`);
    onClose();
  };
  const offered = colour === "" || colours.includes(colour) ? colours : [...colours, colour];
  return (
    <FormDialog
      title={kind.title(entry)}
      action={`Save ${kind.one}`}
      fields={["display_name", "colour", "description"]}
      send={send}
      onClose={onClose}
      onCancel={onClose}
    >
      {(errors) => (
        <>
          <TextField
            label="Name"
            value={name}
            maxLength={100}
            error={errors["display_name"]}
            onChange={(event) => setName(event.target.value)}
          />
          <fieldset className="swatches">
            <legend>Colour</legend>
            {["", ...offered].map((each) => (
              <label key={each} className="swatch" style={each === "" ? undefined : { background: each }}>
                <input
                  type="radio"
                  name="colour"
                  checked={colour === each}
                  onChange={() => setColour(each)}
                />
                <span className="unseen">{each === "" ? "No colour" : each}</span>
              </label>
            ))}
          </fieldset>
          <TextArea
            label="When to choose it"
            rows={2}
            maxLength={500}
            value={description}
            error={errors["description"]}
            onChange={(event) => setDescription(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
