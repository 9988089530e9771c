import { type FormEvent, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { newIdempotencyKey } from "../../core/client";
import { explainInLine, fieldErrors } from "../../core/problem";
import type { Rec, RecordKind } from "../../core/recordKind";
import { Failure } from "../../parts/Failure";
import { TextField } from "../../parts/Field";
import { FormError } from "../../parts/FormError";
import { SortableList } from "../../parts/SortableList";
import { Waiting } from "../../parts/Waiting";
import { EntryChip } from "../../records/EntryChip";
import { useAll } from "../../records/useAll";
import { words as all } from "../../words/settings";
import { EntryDialog } from "./EntryDialog";

const words = all.lists;

interface Props {
  kind: RecordKind;
  title: string;
  /** What the list is for. */
  about: string;
}

/** A list that a tenant defines: its entries named, ordered, coloured and retired. */
export function PicklistSection({ kind, title, about }: Props) {
  const { permissions } = useWorkspace();
  const { rows, error, reload } = useAll(kind);
  const [edited, setEdited] = useState<Rec | null>(null);
  const ordered = [...(rows ?? [])].sort((a, b) => Number(a["position"]) - Number(b["position"]));
  const mayEdit = permissions.mayEditSome(kind);
  const titleId = `${kind.object}-title`;
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <p className="muted">{about}</p>
      {error !== null && <Failure error={error} retry={reload} />}
      {rows === null && error === null && <Waiting lines={6} />}
      {rows?.length === 0 && <p className="muted">{words.none}</p>}
      {ordered.length > 0 && (
        <EntryList kind={kind} entries={ordered} mayEdit={mayEdit} edit={setEdited} title={title} />
      )}
      {permissions.may(`${kind.object}.create`) && <NewEntry kind={kind} />}
      {edited !== null && (
        <EntryDialog kind={kind} entry={edited} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}

interface ListProps {
  kind: RecordKind;
  entries: readonly Rec[];
  mayEdit: boolean;
  edit: (entry: Rec) => void;
  title: string;
}

function EntryList({ kind, entries, mayEdit, edit, title }: ListProps) {
  const { records, notices } = useWorkspace();
  const change = async (entry: Rec, values: Record<string, unknown>) => {
    try {
      await records.update(kind, entry.id, entry.etag, values);
      return true;
    } catch (failure) {
      notices.failed(explainInLine(failure));
      return false;
    }
  };
  const retire = async (entry: Rec) => {
    const name = kind.title(entry);
    const active = entry["active"] !== true;
    if (!(await change(entry, { active }))) return;
    notices.done(active ? words.nowUsed(name) : words.nowRetired(name));
  };
  const move = (ids: readonly string[], id: string) => {
    const entry = entries.find((each) => each.id === id);
    if (entry !== undefined) void change(entry, { position: ids.indexOf(id) });
  };
  const named = entries.map((entry) => ({ id: entry.id, name: kind.title(entry), entry }));
  return (
    <SortableList label={title} entries={named} disabled={!mayEdit} onMove={move}>
      {({ entry, name }) => {
        const active = entry["active"] === true;
        return (
          <div className={`entry ${active ? "" : "entry-retired"}`}>
            <span className="entry-name">
              <EntryChip picklist={kind.object} value={String(entry["key"])} />
            </span>
            <code className="code muted">{String(entry["key"])}</code>
            <span className={`tag ${active ? "tag-good" : ""}`}>{active ? words.inUse : words.retired}</span>
            {mayEdit && (
              <span className="entry-actions">
                <button
                  type="button"
                  className="button-quiet"
                  aria-label={all.editOf(name)}
                  onClick={() => edit(entry)}
                >
                  {all.edit}
                </button>
                <button
                  type="button"
                  className="button-quiet"
                  aria-label={active ? words.retireOf(name) : words.useOf(name)}
                  onClick={() => void retire(entry)}
                >
                  {active ? words.retire : words.use}
                </button>
              </span>
            )}
          </div>
        );
      }}
    </SortableList>
  );
}

function NewEntry({ kind }: { kind: RecordKind }) {
  const { records, notices } = useWorkspace();
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [working, setWorking] = useState(false);
  const errors = fieldErrors(error, ["display_name", "key"], kind.one);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setError(null);
    try {
      const values = { display_name: name.trim() };
      const entry = await records.create(kind, values, newIdempotencyKey());
      notices.done(words.added(kind.title(entry)));
      setName("");
    } catch (failure) {
      setError(failure);
    }
    setWorking(false);
  };

  return (
    <form className="inline-form" onSubmit={(event) => void send(event)} noValidate>
      <TextField
        label={words.new(kind)}
        value={name}
        maxLength={100}
        error={errors["display_name"] ?? errors["key"]}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={working || name.trim() === ""}>
        {words.add(kind)}
      </button>
      {Object.keys(errors).length === 0 && <FormError error={error} />}
    </form>
  );
}
