import { useCallback, useState } from "react";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import type { Operation } from "../core/api.generated";
import { ApiError, explainInLine } from "../core/problem";
import type { RecordKind } from "../core/recordKind";
import { words as all } from "../words/lists";

const words = all.operation;

const pollEvery = 300;

/** Something that is being done to many records. */
export interface RunningOperation {
  /** Null while nothing is being done. */
  operation: Operation | null;
  /** Starts one, follows it to its end, and offers to undo it. */
  run: (what: string, start: () => Promise<Operation>) => Promise<void>;
}

export function useOperation(kind: RecordKind): RunningOperation {
  const { records, store, notices } = useWorkspace();
  const undoable = useUndoable();
  const [operation, setOperation] = useState<Operation | null>(null);

  const follow = useCallback(
    async (started: Operation): Promise<Operation> => {
      let present = started;
      setOperation(present);
      try {
        while (isAtWork(present)) {
          await new Promise((resolve) => setTimeout(resolve, pollEvery));
          present = await records.operation(present.id).catch((failure: unknown) => {
            // A service that restarts goes on with it; so does this.
            if (failure instanceof ApiError && failure.isPassing) return present;
            throw failure;
          });
          setOperation(present);
        }
      } finally {
        setOperation(null);
        store.tell(kind.object, { is: "many" });
      }
      return present;
    },
    [records, store, kind],
  );

  const run = useCallback(
    async (what: string, start: () => Promise<Operation>) => {
      try {
        const done = await follow(await start());
        const outcome = words.done(what, done.done, done.failed, kind);
        if (done.done === "0") return notices.failed(outcome + (await reasons(records, done)));
        const takeBack = async () => {
          const undone = await follow(await records.undoOperation(done.id));
          notices.done(words.undone(undone.undone, kind));
        };
        undoable({ label: what, takeBack, says: outcome + (await reasons(records, done)) });
      } catch (failure) {
        notices.failed(explainInLine(failure));
      }
    },
    [follow, kind, notices, records, undoable],
  );
  return { operation, run };
}

function isAtWork({ state }: Operation): boolean {
  return state === "OPERATION_STATE_RUNNING" || state === "OPERATION_STATE_UNDOING";
}

/** How far an operation is, in records. */
export function progressOf(operation: Operation): { done: number; total: number } {
  const { state, total, done, failed, undone, undo_failed } = operation;
  if (state === "OPERATION_STATE_UNDOING") {
    return { done: Number(undone) + Number(undo_failed), total: Number(done) };
  }
  return { done: Number(done) + Number(failed), total: Number(total) };
}

/** Why the first of those that were refused were. */
async function reasons(
  records: { operationResults: (id: string) => Promise<{ error: string }[]> },
  operation: Operation,
): Promise<string> {
  if (operation.failed === "0") return "";
  const results = await records.operationResults(operation.id).catch(() => []);
  const reason = results.find((each) => each.error !== "")?.error ?? "";
  return reason === "" ? "" : words.because(reason);
}
