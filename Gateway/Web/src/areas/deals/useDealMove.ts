import { useCallback } from "react";
import { useUndoable } from "../../app/useUndoable";
import { useWorkspace } from "../../app/workspace";
import { Refusal } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { useNeeds } from "../../records/needs";
import { words as screens } from "../../words/dealScreens";
import { words as editing } from "../../words/editing";
import { asDeal, deal } from "./deal";
import { type DealPlace, MovedAway, moveDeal } from "./moving";

const words = screens.moving;

/**
 * Moves a deal, asks for what its new stage requires, and offers to undo it.
 *
 * `seenIn` is the stage in whose column the member saw it, if the record may already be in another one.
 *
 * @throws Refusal, ApiError - why it was not moved
 */
export function useDealMove(): (record: Rec, to: DealPlace, seenIn?: string) => Promise<Rec> {
  const { records, directory, notices } = useWorkspace();
  const { names, entries } = directory;
  const withNeeds = useNeeds(deal);
  const undoable = useUndoable();
  return useCallback(
    async (record, to, seenIn) => {
      const { stage: from, pipeline_id } = asDeal(record);
      // What an earlier notice says of its stage may be over, whether the deal is moved now or not.
      notices.forget(record.id);
      const name = (stage: string) => names.entry("stage", stage, pipeline_id);
      try {
        if (isMovedAway(record, to, seenIn)) {
          throw new MovedAway(String(record["updated_by"] ?? ""), from);
        }
        const place = entries("stage").find(({ key, within }) => key === to.stage && within === pipeline_id);
        const doing = doingOf(place?.means, name(to.stage));
        const moved = await withNeeds({ title: deal.title(record), doing }, ["stage"], (besides) =>
          moveDeal(records, record, to, besides),
        );
        if (from !== to.stage) {
          const label = words.moved(deal.title(record), name(to.stage));
          const takeBack = () => takeMoveBack(moved, from);
          undoable({ label, takeBack, about: record.id });
        }
        return moved;
      } catch (failure) {
        if (!(failure instanceof MovedAway)) throw failure;
        // Updates what is shown, whether an event arrives or not.
        void records.get(deal, record.id).catch(() => undefined);
        throw new Refusal(words.movedAway(names.record(failure.by), name(failure.stage)));
      }
    },
    [records, notices, names, entries, withNeeds, undoable],
  );

  async function takeMoveBack(moved: Rec, stage: string): Promise<string> {
    const present = await records.get(deal, moved.id);
    if (asDeal(present).stage !== asDeal(moved).stage) {
      throw new Refusal(editing.saving.changedAgain(words.stage));
    }
    await (deal.takeBack(records, present, "stage", stage) ??
      moveDeal(records, present, { stage, position: 0 }));
    return words.movedBack(deal.title(present), names.entry("stage", stage, asDeal(present).pipeline_id));
  }
}

/** Whether a deal is known to be in another stage than the member saw it in, and not in the one they move it to. */
function isMovedAway(record: Rec, to: DealPlace, seenIn: string | undefined): boolean {
  const { stage } = asDeal(record);
  return seenIn !== undefined && stage !== seenIn && stage !== to.stage;
}

/** The name of a move that needs more fields: by the meaning of its stage. */
function doingOf(means: string | undefined, stage: string): string {
  if (means === "won") return words.closeAsWon;
  return means === "lost" ? words.closeAsLost : screens.stages.moveTo(stage);
}
