import { useMemo } from "react";
import { kindOf } from "../app/areas";
import { useWorkspace } from "../app/workspace";
import { choosable, entriesFor } from "../core/entries";
import type { Field } from "../core/fields";
import type { Option } from "../core/options";
import { listedFields, type Rec } from "../core/recordKind";
import type { Member } from "../core/types";
import type { OptionSource } from "../parts/useOptions";
import { words } from "../words/fields";
import { useTeams } from "./useTeams";

const none: readonly Option[] = [];

/** The choices of a field; retired ones, and those that only a verb sets, only where they are the present value. */
export function useChoices(
  field: Field,
  chosen: readonly string[] = none.map(String),
  record?: Rec,
): OptionSource {
  const { directory, records, permissions } = useWorkspace();
  const { members, entries, names } = directory;
  const teams = useTeams(field.references === "team");
  const kept = chosen.join(" ");
  return useMemo(() => {
    const isKept = (value: string) => kept.split(" ").includes(value);
    switch (field.kind) {
      case "choice":
        return (field.choices ?? []).map((value) => ({ value, label: names.choice(field, value) }));
      case "picklist":
        return choosable(entriesFor(field, entries(field.picklist ?? ""), record), isKept).map((entry) => ({
          value: entry.key,
          label: entry.display_name,
          colour: entry.colour,
        }));
      case "zone":
        return zones();
      case "reference":
      case "references": {
        if (field.references === "member") {
          return members.filter((each) => mayHold(each) || isKept(each.id)).map(memberOption);
        }
        if (field.references === "team") {
          return teams
            .filter((each) => each.active || isKept(each.id))
            .map((each) => ({ value: each.id, label: each.name }));
        }
        if (field.references === "any") {
          return async (text, signal) => (await import("./dialogs")).findRecords(records, names, text, signal);
        }
        const kind = kindOf(field.references ?? "");
        if (kind === undefined || !permissions.may(`${kind.object}.read`)) return none;
        return async (text: string, signal: AbortSignal) => {
          const search = { filter: "", query: text, orderBy: "" };
          const fields = listedFields(kind);
          const page = await records.list(kind, search, fields, { token: "" }, signal);
          return page.ids.map((id) => {
            const record = records.store.get(id);
            return { value: id, label: record === undefined ? id : kind.title(record) };
          });
        };
      }
      default:
        return none;
    }
  }, [field, kept, members, teams, entries, names, records, permissions, record]);
}

/** The record that a field holds, as far as this page has seen it, before any search. */
export function useKnownChoice(field: Field, value: string): readonly Option[] {
  const { records } = useWorkspace();
  const kind = field.kind === "reference" ? kindOf(field.references ?? "") : undefined;
  const record = kind === undefined ? undefined : records.store.get(value);
  const label = record === undefined ? undefined : kind?.title(record);
  return useMemo(() => (label === undefined ? none : [{ value, label }]), [value, label]);
}

/** The names of the records that a list of ids has. */
export function useKnownChoices(field: Field, values: readonly string[]): readonly Option[] {
  const { names } = useWorkspace().directory;
  if (field.kind !== "references" || field.references === "member") return none;
  const named = values.map((value) => ({ value, label: names.record(value) }));
  return named.filter(({ label }) => label !== "");
}

/** Whether a member may own records: the service refuses others. */
export function mayHold(member: Member): boolean {
  return member.active && member.role !== "read_only";
}

export function memberOption(member: Member): Option {
  return {
    value: member.id,
    label: member.active ? member.display_name : words.deactivated(member.display_name),
    detail: member.email,
    isPerson: true,
  };
}

/** The time zones that the browser knows. */
export function zones(): readonly Option[] {
  const intl = Intl as { supportedValuesOf?: (key: string) => string[] };
  return (intl.supportedValuesOf?.("timeZone") ?? []).map((zone) => ({
    value: zone,
    label: zone.replace(/_/g, " "),
  }));
}
