import { useWorkspace } from "../app/workspace";
import type { RecordKind } from "../core/recordKind";
import type { SavedView } from "../core/api.generated";
import { TextField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { useForm } from "../parts/useForm";
import { words as all } from "../words/listDialogs";

const words = all.view;

interface Props {
  kind: RecordKind;
  /** Null for a new one. */
  view: SavedView | null;
  /** The address of the list that the view shows. */
  address: string;
  onClose: () => void;
  onDone: (view: SavedView) => void;
}

/** Names a list, for the member alone or for everybody. */
export default function ViewDialog({ kind, view, address, onClose, onDone }: Props) {
  const { api, permissions } = useWorkspace();
  const form = useForm({
    initial: { name: view?.name ?? "", shared: view?.shared ?? false },
    send: ({ name, shared }, key) => {
      const values = { name: name.trim(), shared };
      return view === null
        ? api.views.create({ ...values, object: kind.object, address }, key)
        : api.views.update(view, values);
    },
    onDone,
  });
  return (
    <FormDialog
      title={view === null ? words.save : words.change}
      action={words.save}
      form={form}
      onClose={onClose}
    >
      <TextField label={words.label} maxLength={100} {...form.text("name")} />
      {permissions.may("saved_view.share") && (
        <label className="check">
          <input
            type="checkbox"
            checked={form.values.shared}
            onChange={(event) => form.set({ shared: event.target.checked })}
          />
          {words.share}
        </label>
      )}
    </FormDialog>
  );
}
