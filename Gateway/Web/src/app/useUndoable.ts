import { useCallback } from "react";
import { explainInLine } from "../core/problem";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

export interface Done {
  /** What was done, in a few words: "Status is Contacted". */
  label: string;
  /** @returns a message, if there is more to say than that it was undone */
  takeBack: () => Promise<string | void>;
  /** The id of the changed record. */
  about?: string;
  /** The notice's text, if it is more than the label; "" for none, where a tick is shown in place. */
  says?: string;
}

/** Reports what was done and offers to undo it: by the notice, or by Ctrl-Z. */
export function useUndoable(): (done: Done) => void {
  const { undo, notices } = useWorkspace();
  return useCallback(
    ({ label, takeBack, about = "", says = label }) => {
      let notice = 0;
      // A notice must not offer to undo what has been undone in another way.
      const undone = () => {
        notices.dismiss(notice);
        return takeBack();
      };
      const entry = undo.push(label, undone, about);
      if (says === "") return;
      const run = () =>
        void undo.undo(entry.id).then(
          (undone) => undone !== null && undone.says !== "" && notices.done(undone.says),
          (failure: unknown) => notices.failed(explainInLine(failure)),
        );
      notice = notices.done(says, { label: words.undo, run }, about);
    },
    [undo, notices],
  );
}
