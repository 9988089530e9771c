import { type ReactNode, useState } from "react";
import { useWorkspace } from "../app/workspace";
import type { Rec, RecordKind } from "../core/recordKind";
import { Dialog } from "../parts/Dialog";
import { words as all } from "../words/editing";

const words = all.giving;

/** Asks before a member gives away a record that they cannot take back. */
export interface GivingAway {
  ask: (owner: unknown) => Promise<boolean>;
  question: ReactNode;
}

/** Warns a member who may only change their own records before a record stops being theirs. */
export function useGivingAway(kind: RecordKind, record: Rec): GivingAway {
  const { permissions, directory } = useWorkspace();
  const [asked, setAsked] = useState<{ owner: string; answer: (goes: boolean) => void } | null>(null);

  const ask = (owner: unknown): Promise<boolean> => {
    const after = { ...record, [kind.owner]: owner };
    if (!permissions.mayEdit(kind, record) || permissions.mayEdit(kind, after)) {
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      setAsked({
        owner: String(owner ?? ""),
        answer: (goes) => {
          setAsked(null);
          resolve(goes);
        },
      });
    });
  };
  const name = asked === null ? "" : directory.names.record(asked.owner);
  return {
    ask,
    question: asked && (
      <Dialog title={words.title(kind)} onClose={() => asked.answer(false)}>
        <div className="dialog-content">
          <p>{words.what(name, kind)}</p>
          <div className="dialog-foot">
            <button type="button" className="button" onClick={() => asked.answer(false)}>
              {words.keep}
            </button>
            <button type="button" className="button button-main" onClick={() => asked.answer(true)}>
              {words.give(name)}
            </button>
          </div>
        </div>
      </Dialog>
    ),
  };
}
