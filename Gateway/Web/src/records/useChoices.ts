import { useMemo } from "react";
import { kindOf } from "../app/areas";
import { useWorkspace } from "../app/workspace";
import type { Field } from "../core/fields";
import type { Option } from "../core/options";
import { listedFields } from "../core/recordKind";
import type { Member } from "../core/types";
import type { OptionSource } from "../parts/useOptions";
import { words } from "../words/fields";

const none: readonly Option[] = [];

/** What a field with choices may be given: what is retired stays only where it is chosen already. */
export function useChoices(field: Field, chosen: readonly string[] = none.map(String)): OptionSource {
  const { directory, records, permissions } = useWorkspace();
  const { members, entries, names } = directory;
  const kept = chosen.join(" ");
  return useMemo(() => {
    const isKept = (value: string) => kept.split(" ").includes(value);
    switch (field.kind) {
      case "choice":
        return (field.choices ?? []).map((value) => ({ value, label: names.choice(field, value) }));
      case "picklist":
        return entries(field.picklist ?? "")
          .filter((entry) => entry.active || isKept(entry.key))
          .map((entry) => ({ value: entry.key, label: entry.display_name, colour: entry.colour }));
      case "zone":
        return zones();
      case "reference":
      case "references": {
        if (field.references === "member") {
          return members.filter((each) => mayHold(each) || isKept(each.id)).map(memberOption);
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
  }, [field, kept, members, entries, names, records, permissions]);
}

/** Whether records can be given to a member: the service refuses the others. */
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

function zones(): readonly Option[] {
  const intl = Intl as { supportedValuesOf?: (key: string) => string[] };
  return (intl.supportedValuesOf?.("timeZone") ?? []).map((zone) => ({
    value: zone,
    label: zone.replace(/_/g, " "),
  }));
}
