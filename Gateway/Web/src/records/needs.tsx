import { createContext, type ReactNode, Suspense, useCallback, useContext, useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import type { Field } from "../core/fields";
import { neededFields } from "../core/needed";
import { GivenUp } from "../core/problem";
import type { Rec, RecordKind } from "../core/recordKind";
import { words } from "../words/editing";
import { listed } from "../words/sentences";

type Values = Readonly<Record<string, unknown>>;

/** A change that needs more of a record than it has. */
export interface Need {
  kind: RecordKind;
  /** What the record is called. */
  title: string;
  /** What is done, as a button says it: "Close as won"; "" for any change. */
  doing: string;
  fields: readonly Field[];
  /** Why the change was refused without them. */
  failure: unknown;
  /** Sends the change with their values. */
  send: (values: Values) => Promise<Rec>;
}

/** How somebody answered: the record as it became, what ended it otherwise, or nothing. */
export type NeedAnswer = { saved: Rec } | { failed: unknown } | null;

type Ask = (need: Need) => Promise<NeedAnswer>;

const AskContext = createContext<Ask | null>(null);

const NeedDialog = lazyPart(async () => ({ default: (await import("./dialogs")).NeedDialog }));

/** Lets the changes in it ask for what they need. */
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

/** Sends a change of a record; what the service refuses it without is asked for, and sent with it. */
export type SendWithNeeds = (
  record: { title: string; doing?: string },
  sent: readonly string[],
  send: (besides: Values) => Promise<Rec>,
) => Promise<Rec>;

/** @throws GivenUp - where somebody does not give what is needed; and whatever `send` throws else */
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
