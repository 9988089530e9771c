import { useState } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { words as all } from "../../words/accountScreens";
import { account, asAccount } from "./account";

const words = all.archiving;

/** Archives or unarchives an account. */
export function Archiving({ record }: { record: Rec }) {
  const { records, permissions, notices } = useWorkspace();
  const undoable = useUndoable();
  const [isWorking, setWorking] = useState(false);
  if (!permissions.mayDo("archive", account, record)) return null;
  const { id, archived } = asAccount(record);
  const call = (verb: string) => records.verb(account, id, verb);
  const change = async () => {
    const [verb, back] = archived ? ["unarchive", "archive"] : ["archive", "unarchive"];
    setWorking(true);
    try {
      await call(String(verb));
      const says = archived ? words.unarchived : words.archived;
      const takeBack = async () => void (await call(String(back)));
      undoable({ label: says(account.title(record)), takeBack, about: id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    } finally {
      setWorking(false);
    }
  };
  return (
    <button type="button" className="button-quiet" disabled={isWorking} onClick={() => void change()}>
      {archived ? words.unarchive : words.archive}
    </button>
  );
}
