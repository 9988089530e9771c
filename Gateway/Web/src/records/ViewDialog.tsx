import { useState } from "react";
import { useWorkspace } from "../app/workspace";
import type { RecordKind } from "../core/recordKind";
import type { SavedView } from "../core/savedViews";
import { TextField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";

interface Props {
  kind: RecordKind;
  /** Null for a new one. */
  view: SavedView | null;
  /** What the view shows. */
  address: string;
  onClose: () => void;
  onDone: (view: SavedView) => void;
}

/** Gives a list a name, for oneself or for everybody. */
export function ViewDialog({ kind, view, address, onClose, onDone }: Props) {
  const { api, permissions } = useWorkspace();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const mayShare = permissions.may("saved_view.share");
  const send = async () => {
    const values = { name: name.trim(), shared };
    const saved =
      view === null
        ? await api.views.create({ ...values, object: kind.object, address })
        : await api.views.update(view, values);
    onDone(saved);
  };
  return (
    <FormDialog
      title={view === null ? "Save view" : "Change view"}
      action="Save view"
      fields={["name", "shared"]}
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
            error={errors["name"]}
            onChange={(event) => setName(event.target.value)}
          />
          {mayShare && (
            <label className="check">
              <input
                type="checkbox"
                checked={shared}
                onChange={(event) => setShared(event.target.checked)}
              />
              Everybody in the workspace has it
            </label>
          )}
        </>
      )}
    </FormDialog>
  );
}
