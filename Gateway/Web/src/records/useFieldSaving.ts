import { useCallback } from "react";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import { type Field, sameValue } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { movingAlong, Overtaken, takeEditBack } from "../core/fieldSaving";
import { ApiError, explainInLine, fieldErrors, GivenUp, Refusal } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";
import { words as all } from "../words/editing";
import { useNeeds } from "./needs";

const words = all.saving;

/** The outcome of saving a field. */
export type Outcome =
  | { is: "saved" }
  | { is: "refused"; reason: string; isGivenUp?: boolean }
  /** Somebody else gave it another value meanwhile. */
  | { is: "overtaken"; theirs: unknown };

/**
 * Saves a field that had the value `base` when editing began, and offers to undo it.
 *
 * @param byHand - whether a slip of the hand can change it: then a notice offers to undo it; by default for choices
 */
export type SaveField = (
  id: string,
  field: Field,
  value: unknown,
  base: unknown,
  byHand?: boolean,
) => Promise<Outcome>;

export function useFieldSaving(kind: RecordKind): SaveField {
  const { saver, records, store, directory, notices, permissions } = useWorkspace();
  const undoable = useUndoable();
  const withNeeds = useNeeds(kind);
  const { names } = directory;

  const offerUndo = useCallback(
    (field: Field, before: unknown, after: Rec, along: Readonly<Record<string, unknown>>, byHand: boolean) => {
      const { id } = after;
      const text = fieldText(field, after[field.name], names);
      const label = text === "" ? words.cleared(field.label) : words.is(field.label, short(text));
      const takeBack = async () => {
        const present = await records.get(kind, id);
        if (!sameValue(present[field.name], after[field.name])) {
          throw new Refusal(words.changedAgain(field.label));
        }
        const edit = { field: field.name, before, along };
        await (kind.takeBack(records, present, field.name, before) ??
          takeEditBack(records, kind, present, after, edit));
      };
      const says = byHand ? label : "";
      // A member who has given it away cannot take it back.
      if (permissions.mayEdit(kind, after)) undoable({ label, takeBack, about: id, says });
      else notices.done(label, null, id);
    },
    [kind, records, names, notices, permissions, undoable],
  );

  return useCallback(
    async (id, field, value, base, byHand = isChosenAtOnce(field)) => {
      if (sameValue(value, base)) return { is: "saved" };
      try {
        const record = store.get(id);
        const title = record === undefined ? kind.one : kind.title(record);
        const along = movingAlong(kind, field.name, record);
        const saved = await withNeeds({ title }, [field.name], (besides) =>
          saver.save(kind, id, field, value, base, besides),
        );
        offerUndo(field, base, saved, along, byHand);
        return { is: "saved" };
      } catch (failure) {
        if (failure instanceof Overtaken) return { is: "overtaken", theirs: failure.theirs };
        if (failure instanceof ApiError && failure.isMissing) store.remove(kind.object, id);
        const reason = fieldErrors(failure, [field.name])[field.name] ?? explainInLine(failure);
        return { is: "refused", reason: words.notSaved(reason), isGivenUp: failure instanceof GivenUp };
      }
    },
    [kind, saver, store, withNeeds, offerUndo],
  );
}

/** Whether it is chosen by one press; typed values have a tick and Ctrl-Z. */
function isChosenAtOnce(field: Field): boolean {
  return ["picklist", "choice", "reference", "flag"].includes(field.kind);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
