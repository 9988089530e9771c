import { createContext, type ReactNode, Suspense, useCallback, useContext, useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import type { Field } from "../core/fields";
import { neededFields } from "../core/needed";
import { GivenUp } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";
import { words } from "../words/editing";
import { listed } from "../words/sentences";

type Values = Readonly<Record<string, unknown>>;

/** A change that needs fields which the record lacks. */
export interface Need {
  kind: RecordKind;
  /** The record's title. */
  title: string;
  /** The action, as a button says it: "Close as won"; "" for any change. */
  doing: string;
  fields: readonly Field[];
  /** Why the change was refused without them. */
  failure: unknown;
  /** Sends the change with their values. */
  send: (values: Values) => Promise<Rec>;
}

/** How the dialog ended: with the saved record, with another failure, or with nothing (null). */
export type NeedAnswer = { saved: Rec } | { failed: unknown } | null;

type Ask = (need: Need) => Promise<NeedAnswer>;

const AskContext = createContext<Ask | null>(null);

const NeedDialog = lazyPart(async () => ({ default: (await import("./dialogs")).NeedDialog }));

/** Lets the changes inside it ask for what they need. */
export function NeedsProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ need: Need; answer: (answer: NeedAnswer) => void } | null>(null);
  const ask = useCallback<Ask>(
    (need) =>
      new Promise((resolve) => {
        const answer = (given: NeedAnswer) => {
          setAsked(null);
          resolve(given);
        };
        setAsked({ need, answer });
      }),
    [],
  );
  return (
    <AskContext.Provider value={ask}>
      {children}
      <Suspense fallback={null}>
        {asked !== null && <NeedDialog need={asked.need} onAnswer={asked.answer} />}
      </Suspense>
    </AskContext.Provider>
  );
}

/** Sends a change of a record; if the service refuses it for lack of some fields, asks for these and sends it again. */
export type SendWithNeeds = (
  record: { title: string; doing?: string },
  sent: readonly string[],
  send: (besides: Values) => Promise<Rec>,
) => Promise<Rec>;

/** @throws GivenUp - when the needed fields are not given; and whatever else `send` throws */
export function useNeeds(kind: RecordKind): SendWithNeeds {
  const ask = useContext(AskContext);
  return useCallback(
    async ({ title, doing = "" }, sent, send) => {
      try {
        return await send({});
      } catch (failure) {
        const fields = neededFields(kind, failure, sent);
        if (ask === null || fields.length === 0) throw failure;
        const answer = await ask({ kind, title, doing, fields, failure, send });
        if (answer === null) throw new GivenUp(words.needs.notGiven(listed(fields.map(({ label }) => label))));
        if ("failed" in answer) throw answer.failed;
        return answer.saved;
      }
    },
    [kind, ask],
  );
}
