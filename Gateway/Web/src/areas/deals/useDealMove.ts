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
 * Moves a deal, asks for what its new stage needs, and offers to take it back.
 *
 * `seenIn` is the stage in whose column somebody saw it, where that may be another one than the record says.
 *
 * @throws Refusal, ApiError - why it was not moved
 */
export function useDealMove(): (record: Rec, to: DealPlace, seenIn?: string) => Promise<Rec> {
  const { records, directory } = useWorkspace();
  const { names, entries } = directory;
  const withNeeds = useNeeds(deal);
  const undoable = useUndoable();
  return useCallback(
    async (record, to, seenIn) => {
      const { stage: from, pipeline_id } = asDeal(record);
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
        // What is shown comes up to date, whether an event says so or not.
        void records.get(deal, record.id).catch(() => undefined);
        throw new Refusal(words.movedAway(names.record(failure.by), name(failure.stage)));
      }
    },
    [records, names, entries, withNeeds, undoable],
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

/** Whether a deal is known to be in another stage than somebody saw it in, and not where they move it. */
function isMovedAway(record: Rec, to: DealPlace, seenIn: string | undefined): boolean {
  const { stage } = asDeal(record);
  return seenIn !== undefined && stage !== seenIn && stage !== to.stage;
}

/** What a move is called where it needs more: by what its stage means to a deal. */
function doingOf(means: string | undefined, stage: string): string {
  if (means === "won") return words.closeAsWon;
  return means === "lost" ? words.closeAsLost : screens.stages.moveTo(stage);
}
