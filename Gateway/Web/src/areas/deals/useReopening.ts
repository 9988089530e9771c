import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { words as all } from "../../words/dealScreens";
import { asDeal, deal } from "./deal";
import { moveDeal } from "./moving";

const words = all.reopening;

/** Reopens a closed deal, in the stage that it was in before, and offers to undo that. */
export function useReopening(): (record: Rec) => Promise<void> {
  const { records, store, notices } = useWorkspace();
  const undoable = useUndoable();
  return async (record) => {
    const { id, etag, status, stage } = asDeal(record);
    try {
      // A card does not have all fields.
      const isKnown = !store.lacks(id, ["win_reason", "loss_reason"]);
      const { win_reason, loss_reason } = asDeal(isKnown ? record : await records.get(deal, id));
      const opened = await records.verb(deal, id, "reopen", { etag });
      const takeBack = async () => {
        const reasons = status === "won" ? { win_reason } : { loss_reason };
        await moveDeal(records, await records.get(deal, id), { stage, position: 0 }, reasons);
      };
      undoable({ label: words.done(deal.title(opened)), takeBack, about: id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
  };
}
