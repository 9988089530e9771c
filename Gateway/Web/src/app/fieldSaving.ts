import { useCallback } from "react";
import type { Api } from "../core/api";
import { type ForeignChange, foreignChanges, sameValue } from "../core/conflict";
import { fieldText, type LeadField, type LeadFieldName } from "../core/leadFields";
import { ApiError, explainInLine, fieldErrors, Refusal } from "../core/problem";
import type { Lead, ListedLead } from "../core/types";
import { useWorkspace } from "./workspace";

export type FieldValue = Lead[LeadFieldName];

/** Somebody else changed a lead's facts before a change of ours arrived. */
export class Overtaken extends Error {
  constructor(readonly by: { present: Lead; changes: ForeignChange[] }) {
    super("overtaken");
  }
}

/** Saves one field of a lead as it was read, tells every screen, and offers to undo it. */
export type SaveField = (
  read: ListedLead,
  field: LeadField,
  value: FieldValue,
) => Promise<Lead>;

/** @throws Overtaken, ApiError - by what it returns */
export function useFieldSaving(): SaveField {
  const { api, directory, leadNews, notices, permissions, undo } = useWorkspace();
  const { names } = directory;

  const offerUndo = useCallback(
    (field: LeadField, before: ListedLead, after: Lead) => {
      const { id } = after;
      const value = fieldText(after, field, names);
      const label = value === "" ? `${field.label} cleared` : `${field.label} is ${short(value)}`;
      // Who has given it away cannot take it back.
      if (!permissions.mayEdit(after)) return notices.done(label, null, id);
      const takeBackNow = async () => {
        const present = await api.lead(id);
        if (!sameValue(present[field.name], after[field.name])) {
          leadNews.send({ is: "changed", id, lead: present });
          throw new Refusal(`${field.label} was changed again, so nothing was undone`);
        }
        const values = { [field.name]: before[field.name] };
        const lead = await api.updateLead(id, present.etag, values);
        leadNews.send({ is: "changed", id, lead });
      };
      const entry = undo.push(label, takeBackNow, id);
      const takeBack = () =>
        undo.undo(entry.id).catch((failure: unknown) => notices.failed(explainInLine(failure)));
      notices.done(label, { label: "Undo", run: () => void takeBack() }, id);
    },
    [api, leadNews, names, notices, permissions, undo],
  );

  return useCallback(
    async (read, field, value) => {
      const saved = await saveOver(api, read, field, value);
      leadNews.send({ is: "changed", id: saved.id, lead: saved });
      offerUndo(field, read, saved);
      return saved;
    },
    [api, leadNews, offerUndo],
  );
}

/** Why a field was not saved and what to do, in a line. */
export function reasonNotSaved(field: LeadField, failure: unknown): string {
  if (failure instanceof Overtaken) return "Not saved: the lead has changed meanwhile.";
  return `Not saved. ${fieldErrors(failure, [field.name])[field.name] ?? explainInLine(failure)}`;
}

/**
 * A lead that only the server touched since it was read, as scoring does, is no conflict: the change
 * is made again on its present state.
 */
async function saveOver(
  api: Api,
  read: ListedLead,
  field: LeadField,
  value: FieldValue,
): Promise<Lead> {
  let base: ListedLead = read;
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

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
