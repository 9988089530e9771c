import { useContext, useEffect, useId, useRef, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { type Draft, draftOf, isLike, valueOf } from "../core/fieldDraft";
import { type Field, sameValue } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { explainInLine } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";
import { useLeaveGuard } from "../parts/leaveGuard";
import { DraftsContext } from "../parts/useForm";
import { words } from "../words/editing";
import { FieldControl } from "./FieldControl";
import { type Outcome, useFieldSaving } from "./useFieldSaving";

interface Props {
  kind: RecordKind;
  record: Rec;
  field: Field;
  /** Editing has ended: with a new value, or without. */
  onDone: (saved: boolean) => void;
  /** Asks before a value is taken; false keeps the editor open. */
  mayTake?: (value: unknown) => Promise<boolean>;
}

type State =
  | { is: "typing" }
  | { is: "sending" }
  | { is: "refused"; reason: string }
  | { is: "overtaken"; mine: unknown; theirs: unknown };

/**
 * Changes a field in place: Enter or leaving the field takes the value, Esc discards it. A refused value stays
 * as it was typed, with the reason; if somebody else changed the field meanwhile, both values are offered. If the
 * editor is removed first, what was typed is there again when it is opened the next time.
 */
export function FieldEditor({ kind, record, field, onDone, mayTake }: Props) {
  const { directory, notices } = useWorkspace();
  const drafts = useContext(DraftsContext);
  const draftName = `field ${record.id} ${field.name}`;
  const { names } = directory;
  const save = useFieldSaving(kind);
  const base = useRef(record[field.name]);
  const [draft, setDraft] = useState<Draft>(() => {
    const begun = draftOf(field, base.current, names.money);
    const kept = drafts?.read(draftName)?.changes[field.name];
    return isLike(kept, begun) ? kept : begun;
  });
  useEffect(() => drafts?.forget(draftName), [drafts, draftName]);
  const [state, setState] = useState<State>({ is: "typing" });
  const isOver = useRef(false);
  const isShown = useRef(true);
  const noteId = useId();

  const finish = (saved: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    onDone(saved);
  };
  const send = async (value: unknown) => {
    setState({ is: "sending" });
    if (mayTake !== undefined && !sameValue(value, base.current) && !(await mayTake(value))) {
      return finish(false);
    }
    const outcome = await save(record.id, field, value, base.current);
    if (!isShown.current) return tellAfter(outcome, value);
    if (outcome.is === "saved") finish(!sameValue(value, base.current));
    else if (outcome.is === "refused") setState(outcome);
    else setState({ is: "overtaken", mine: value, theirs: outcome.theirs });
  };
  /** Reports in a notice what the field can no longer show, because focus has left it. */
  const tellAfter = (outcome: Outcome, value: unknown) => {
    if (outcome.is === "saved") return;
    const why = outcome.is === "refused" ? outcome.reason : words.saving.overtaken;
    const text = fieldText(field, value, names);
    notices.failed(words.saving.notSavedLater(field.label, text, why));
  };
  const take = (chosen?: Draft) => {
    if (isOver.current || state.is === "sending" || state.is === "overtaken") return;
    // An unchanged value stays as exact as it is, which a control may not preserve.
    if (sameValue(chosen ?? draft, draftOf(field, base.current, names.money))) return finish(false);
    try {
      void send(valueOf(field, chosen ?? draft, names.money));
    } catch (refusal) {
      const refused: Outcome = { is: "refused", reason: explainInLine(refusal) };
      if (isShown.current) setState(refused);
      else tellAfter(refused, null);
    }
  };
  const leave = () => {
    if (state.is === "typing") take();
  };
  const keep = () => {
    if (isOver.current || !isChanged) return;
    const isKept = drafts?.write(draftName, { changes: { [field.name]: draft } }) ?? false;
    if (isKept) notices.failed(words.saving.kept(field.label));
  };
  const isChanged = !sameValue(draft, draftOf(field, base.current, names.money));
  useLeaveGuard(isChanged, "page");
  const change = (next: Draft) => {
    setDraft(next);
    setState({ is: "typing" });
  };

  // Removing the editor confirms nothing: what was typed is kept, and not sent.
  const goAway = useRef((_isPage: boolean) => {});
  goAway.current = (isPage) => {
    if (isPage || state.is !== "sending") keep();
    finish(false);
  };
  useEffect(() => {
    const leavePage = () => goAway.current(true);
    window.addEventListener("pagehide", leavePage);
    return () => {
      window.removeEventListener("pagehide", leavePage);
      isShown.current = false;
      goAway.current(false);
    };
  }, []);

  if (state.is === "overtaken") {
    const theirs = fieldText(field, state.theirs, names) || words.facts.empty;
    const mine = fieldText(field, state.mine, names) || words.facts.empty;
    return (
      <Overtaking
        label={field.label}
        mine={mine}
        theirs={theirs}
        keepMine={() => {
          base.current = state.theirs;
          void send(state.mine);
        }}
        takeTheirs={() => finish(false)}
      />
    );
  }
  return (
    <span className="field-editor">
      <FieldControl
        field={field}
        record={record}
        draft={draft}
        onChange={change}
        inPlace={{ take, leave, giveUp: () => finish(false) }}
        readOnly={state.is === "sending"}
        aria-invalid={state.is === "refused" || undefined}
        aria-describedby={state.is === "refused" ? noteId : undefined}
      />
      {state.is === "refused" && (
        <span id={noteId} className="field-error" role="alert">
          {state.reason}
        </span>
      )}
    </span>
  );
}

interface OvertakingProps {
  label: string;
  mine: string;
  theirs: string;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** Two values of a field, one of which is to be kept. */
function Overtaking({ label, mine, theirs, keepMine, takeTheirs }: OvertakingProps) {
  const titleId = useId();
  return (
    <span className="overtaking" role="alertdialog" aria-labelledby={titleId}>
      <span id={titleId}>{words.overtaking.what(label)}</span>
      <span className="overtaking-values">
        <span className="muted">{words.overtaking.theirs}</span> <bdi>{theirs}</bdi>
        <span className="muted">{words.overtaking.yours}</span> <bdi>{mine}</bdi>
      </span>
      <span className="overtaking-choice">
        <button type="button" className="button" autoFocus onClick={takeTheirs}>
          {words.overtaking.keepTheirs}
        </button>
        <button type="button" className="button" onClick={keepMine}>
          {words.overtaking.saveMine}
        </button>
      </span>
    </span>
  );
}
