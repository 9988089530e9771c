import { useCallback } from "react";
import { explainInLine } from "../core/problem";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

export interface Done {
  /** What was done, in a few words: "Status is Contacted". */
  label: string;
  /** @returns what to say of it, where that is more than that it was taken back */
  takeBack: () => Promise<string | void>;
  /** The id of the record it was done to. */
  about?: string;
  /** What the notice says, where that is more than the label; "" for none, where a tick stands in place. */
  says?: string;
}

/** Says what was done, and lets it be taken back: by the notice, or by Ctrl-Z. */
export function useUndoable(): (done: Done) => void {
  const { undo, notices } = useWorkspace();
  return useCallback(
    ({ label, takeBack, about = "", says = label }) => {
      let notice = 0;
      // A notice that offers what was taken back by other means would be untrue.
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
