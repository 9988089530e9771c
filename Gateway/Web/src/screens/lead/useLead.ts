import { useCallback, useEffect, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import type { Api } from "../../core/api";
import { isAbort } from "../../core/client";
import { type ForeignChange, foreignChanges, sameValue } from "../../core/conflict";
import { type LeadField, type LeadFieldName, fieldText } from "../../core/leadFields";
import { ApiError, explainInLine, Refusal } from "../../core/problem";
import type { Lead } from "../../core/types";

type Value = Lead[LeadFieldName];

/** How saving a field went. */
export type Saving = { is: "saving" } | { is: "saved" } | { is: "failed"; reason: string };

/** A change that met someone else's. */
export interface Conflict {
  field: LeadField;
  mine: Value;
  present: Lead;
  changes: ForeignChange[];
}

export interface OpenLead {
  lead: Lead | null;
  error: unknown;
  reload: () => void;
  savings: Partial<Record<LeadFieldName, Saving>>;
  save: (field: LeadField, value: Value) => void;
  conflict: Conflict | null;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** One lead, kept current, with each field saved by itself. */
export function useLead(id: string): OpenLead {
  const { api, directory, leadNews, notices, undo } = useWorkspace();
  const [lead, setLead] = useState<Lead | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const [savings, setSavings] = useState<OpenLead["savings"]>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const latest = useRef<Lead | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const accept = useCallback((present: Lead) => {
    latest.current = present;
    setLead(present);
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    api.lead(id, abort.signal).then(accept, (failure: unknown) => {
      if (!isAbort(failure)) setError(failure);
    });
    return () => abort.abort();
  }, [api, id, turn, accept]);

  useEffect(
    () => leadNews.listen((news) => news.id === id && news.lead !== null && accept(news.lead)),
    [leadNews, id, accept],
  );

  const mark = useCallback((name: LeadFieldName, saving: Saving) => {
    setSavings((before) => ({ ...before, [name]: saving }));
  }, []);

  const offerUndo = useCallback(
    (field: LeadField, before: Lead, after: Lead) => {
      const value = fieldText(after, field, directory.names);
      const label = value === "" ? `${field.label} cleared` : `${field.label} is ${short(value)}`;
      const entry = undo.push(label, async () => {
        const present = await api.lead(id);
        if (!sameValue(present[field.name], after[field.name])) {
          throw new Refusal(`${field.label} was changed again, so nothing was undone`);
        }
        const values = { [field.name]: before[field.name] };
        leadNews.send({ id, lead: await api.updateLead(id, present.etag, values) });
      });
      const takeBack = () =>
        undo.undo(entry.id).catch((failure: unknown) => notices.failed(explainInLine(failure)));
      notices.done(label, { label: "Undo", run: () => void takeBack() });
    },
    [api, directory, id, leadNews, notices, undo],
  );

  const send = useCallback(
    async (field: LeadField, value: Value) => {
      const read = latest.current;
      if (read === null || sameValue(read[field.name], value)) return;
      mark(field.name, { is: "saving" });
      try {
        const saved = await saveOver(api, read, field, value);
        accept(saved);
        mark(field.name, { is: "saved" });
        leadNews.send({ id, lead: saved });
        offerUndo(field, read, saved);
      } catch (failure) {
        if (failure instanceof Overtaken) {
          mark(field.name, { is: "failed", reason: "Not saved: the lead has changed meanwhile." });
          setConflict({ field, mine: value, ...failure.by });
        } else {
          mark(field.name, { is: "failed", reason: reasonFor(field, failure) });
        }
      }
    },
    [accept, api, id, leadNews, mark, offerUndo],
  );

  // One after the other, so that a change never meets the one just before it.
  const save = useCallback(
    (field: LeadField, value: Value) => {
      queue.current = queue.current.then(() => send(field, value));
    },
    [send],
  );

  const settle = (present: Lead) => {
    accept(present);
    leadNews.send({ id, lead: present });
    setSavings({});
    setConflict(null);
  };
  return {
    lead,
    error,
    reload: () => setTurn((before) => before + 1),
    savings,
    save,
    conflict,
    keepMine: () => {
      if (conflict === null) return;
      settle(conflict.present);
      save(conflict.field, conflict.mine);
    },
    takeTheirs: () => conflict !== null && settle(conflict.present),
  };
}

/** Somebody else changed a lead's facts before a change of ours arrived. */
class Overtaken extends Error {
  constructor(readonly by: { present: Lead; changes: ForeignChange[] }) {
    super("overtaken");
  }
}

/**
 * Saves a field of a lead as it was read. A lead that only the server touched meanwhile, as scoring
 * does, is no conflict: the change is made again on its present state.
 */
async function saveOver(api: Api, read: Lead, field: LeadField, value: Value): Promise<Lead> {
  let base = read;
  for (;;) {
    try {
      return await api.updateLead(read.id, base.etag, { [field.name]: value });
    } catch (failure) {
      if (!(failure instanceof ApiError && failure.isStale)) throw failure;
      const present = await api.lead(read.id);
      const changes = foreignChanges(read, present);
      if (changes.length > 0) throw new Overtaken({ present, changes });
      if (present.etag === base.etag) throw failure;
      base = present;
    }
  }
}

function reasonFor(field: LeadField, failure: unknown): string {
  if (failure instanceof ApiError) {
    const rule = failure.problem.errors.find((each) => each.field.split(".").includes(field.name));
    if (rule !== undefined) return `Not saved: ${rule.rule}.`.replace(/\.\.$/, ".");
  }
  return `Not saved. ${explainInLine(failure)}`;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
