import { useCallback, useEffect, useRef, useState } from "react";
import {
  type FieldValue,
  Overtaken,
  reasonNotSaved,
  useFieldSaving,
} from "../../app/fieldSaving";
import { useWorkspace } from "../../app/workspace";
import { isAbort } from "../../core/client";
import { type ForeignChange, sameValue } from "../../core/conflict";
import type { LeadField, LeadFieldName } from "../../core/leadFields";
import { ApiError } from "../../core/problem";
import type { Lead } from "../../core/types";

/** How saving a field went. */
export type Saving = { is: "saving" } | { is: "saved" } | { is: "failed"; reason: string };

/** A change that met someone else's. */
export interface Conflict {
  field: LeadField;
  mine: FieldValue;
  present: Lead;
  changes: ForeignChange[];
}

export interface OpenLead {
  lead: Lead | null;
  error: unknown;
  reload: () => void;
  savings: Partial<Record<LeadFieldName, Saving>>;
  /** Whether it is settled: saved, nothing new, or handed to the conflict; false when refused. */
  save: (field: LeadField, value: FieldValue) => Promise<boolean>;
  /** Forgets how saving a field went. */
  dismiss: (field: LeadField) => void;
  conflict: Conflict | null;
  keepMine: () => void;
  takeTheirs: () => void;
}

/** One lead, kept current, with each field saved by itself. */
export function useLead(id: string): OpenLead {
  const { api, leadNews } = useWorkspace();
  const saveField = useFieldSaving();
  const [lead, setLead] = useState<Lead | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const [savings, setSavings] = useState<OpenLead["savings"]>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const latest = useRef<Lead | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  const accept = useCallback((present: Lead) => {
    latest.current = present;
    setLead(present);
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    api.lead(id, abort.signal).then(
      (lead) => {
        accept(lead);
        // A list beside may have it as it was.
        leadNews.send({ is: "changed", id, lead });
      },
      (failure: unknown) => {
        if (isAbort(failure)) return;
        setError(failure);
        if (failure instanceof ApiError && failure.isMissing) leadNews.send({ is: "deleted", id });
      },
    );
    return () => abort.abort();
  }, [api, id, turn, accept, leadNews]);

  useEffect(
    () =>
      leadNews.listen((news) => {
        if (news.is === "changed" && news.id === id) accept(news.lead);
      }),
    [leadNews, id, accept],
  );

  const mark = useCallback((field: LeadField, saving: Saving | undefined) => {
    setSavings(({ [field.name]: _, ...others }) =>
      saving === undefined ? others : { ...others, [field.name]: saving },
    );
  }, []);
  const dismiss = useCallback((field: LeadField) => mark(field, undefined), [mark]);

  const send = useCallback(
    async (field: LeadField, value: FieldValue) => {
      const read = latest.current;
      if (read === null || sameValue(read[field.name], value)) {
        dismiss(field);
        return true;
      }
      mark(field, { is: "saving" });
      try {
        await saveField(read, field, value);
        mark(field, { is: "saved" });
        return true;
      } catch (failure) {
        mark(field, { is: "failed", reason: reasonNotSaved(field, failure) });
        if (!(failure instanceof Overtaken)) return false;
        setConflict({ field, mine: value, ...failure.by });
        return true;
      }
    },
    [saveField, mark, dismiss],
  );

  // One after the other, so that a change never meets the one just before it.
  const save = useCallback(
    (field: LeadField, value: FieldValue) => {
      const sent = queue.current.then(() => send(field, value));
      queue.current = sent;
      return sent;
    },
    [send],
  );

  const settle = (present: Lead) => {
    leadNews.send({ is: "changed", id, lead: present });
    setSavings({});
    setConflict(null);
  };
  return {
    lead,
    error,
    reload: () => setTurn((before) => before + 1),
    savings,
    save,
    dismiss,
    conflict,
    keepMine: () => {
      if (conflict === null) return;
      settle(conflict.present);
      void save(conflict.field, conflict.mine);
    },
    takeTheirs: () => conflict !== null && settle(conflict.present),
  };
}
