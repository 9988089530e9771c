import { useState } from "react";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import { navigate } from "../core/navigation";
import { explainInLine } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";
import { recordAddress } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { words as all } from "../words/records";

const words = all.deleting;

interface Props {
  kind: RecordKind;
  record: Rec;
  onDeleted: () => void;
}

/** Deletes a record at once; its notice offers to restore it. */
export function DeleteRecord({ kind, record, onDeleted }: Props) {
  const { records, notices, undo } = useWorkspace();
  const undoable = useUndoable();
  const [working, setWorking] = useState(false);
  const { id } = record;
  const failed = (failure: unknown) => notices.failed(explainInLine(failure));
  const done = words.deleted(kind);

  const bringBack = async () => {
    const present = await records.undelete(kind, id);
    const open = () => navigate(recordAddress(kind, id));
    notices.done(words.back(kind.title(present)), { label: words.open, run: open }, id);
  };
  const remove = async () => {
    setWorking(true);
    try {
      await records.delete(kind, id);
    } catch (failure) {
      setWorking(false);
      return failed(failure);
    }
    notices.forget(id);
    undo.forget(id);
    undoable({ label: done, takeBack: bringBack, about: id });
    onDeleted();
  };

  return (
    <button
      type="button"
      className="button-quiet bad"
      disabled={working}
      onClick={() => void remove()}
    >
      <Icon name="trash" />
      {words.delete(kind)}
    </button>
  );
}
