import { useCallback, useState } from "react";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import type { Operation } from "../core/api.generated";
import { ApiError, explainInLine } from "../core/problem";
import type { RecordApi } from "../core/recordApi";
import type { RecordKind } from "../core/recordKind";
import { words as all } from "../words/lists";

const words = all.operation;

const pollEvery = 300;

/** An operation on many records that is running. */
export interface RunningOperation {
  /** Null while none is running. */
  operation: Operation | null;
  /** Whether one was requested, and is not known to have begun. */
  isStarting: boolean;
  /**
   * Starts one, follows it to its end, reports the outcome and offers to undo it. If it did not begin, that is
   * reported, and `begun` is not called.
   */
  run: (
    kind: RecordKind,
    what: string,
    start: () => Promise<Operation>,
    begun?: () => void,
  ) => Promise<void>;
}

export function useOperation(): RunningOperation {
  const { records, store, notices } = useWorkspace();
  const undoable = useUndoable();
  const [operation, setOperation] = useState<Operation | null>(null);
  const [isStarting, setIsStarting] = useState(false);

  const follow = useCallback(
    async (kind: RecordKind, started: Operation): Promise<Operation> => {
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
    [records, store],
  );

  const run = useCallback(
    async (
      kind: RecordKind,
      what: string,
      start: () => Promise<Operation>,
      begun = () => {},
    ) => {
      try {
        setIsStarting(true);
        const started = await start().finally(() => setIsStarting(false));
        begun();
        const done = await follow(kind, started);
        const outcome =
          words.done(what, done.done, done.failed, kind) + (await refusals(records, done));
        if (done.done === "0") return notices.failed(outcome);
        const takeBack = async () => {
          const undone = await follow(kind, await records.undoOperation(done.id));
          return words.undone(undone.undone, undone.undo_failed, kind);
        };
        undoable({ label: what, takeBack, says: outcome });
      } catch (failure) {
        notices.failed(explainInLine(failure));
      }
    },
    [follow, notices, records, undoable],
  );
  return { operation, isStarting, run };
}

function isAtWork({ state }: Operation): boolean {
  return state === "OPERATION_STATE_RUNNING" || state === "OPERATION_STATE_UNDOING";
}

/** The progress of an operation, in records. */
export function progressOf(operation: Operation): { done: number; total: number } {
  const { state, total, done, failed, undone, undo_failed } = operation;
  if (state === "OPERATION_STATE_UNDOING") {
    return { done: Number(undone) + Number(undo_failed), total: Number(done) };
  }
  return { done: Number(done) + Number(failed), total: Number(total) };
}

/** How many of the refused records are named. */
const mostNamed = 3;

/** The names of the refused records if they are few, and why the first one was refused. */
async function refusals(records: RecordApi, operation: Operation): Promise<string> {
  if (operation.failed === "0") return "";
  const results = await records.operationResults(operation.id).catch(() => []);
  const refused = results.filter(({ error }) => error !== "").slice(0, mostNamed);
  const [first] = refused;
  if (first === undefined) return "";
  const named = await records.resolve(refused.map(({ id }) => id)).catch(() => []);
  return words.because(named.map((each) => each.title), first.error);
}
