import { useEffect, useMemo, useState } from "react";
import { useWorkspace } from "../app/workspace";
import { me, team } from "../core/conditions";
import { entriesFor } from "../core/entries";
import type { Field } from "../core/fields";
import type { Option } from "../core/options";
import type { RecordKind } from "../core/recordKind";
import { words } from "../words/fields";
import { useChoices } from "./useChoices";

const flags: readonly Option[] = [
  { value: "yes", label: words.yes },
  { value: "no", label: words.no },
];

/**
 * The values that a list can be filtered by: with "empty" where a field can be empty, and with members who have left
 * and still own records, at the end and marked.
 */
export function useFilterChoices(kind: RecordKind, field: Field): readonly Option[] {
  const { directory, session } = useWorkspace();
  const { members, entries, names } = directory;
  const source = useChoices(field);
  const holders = useHolders(kind, field);
  return useMemo(() => {
    if (field.kind === "flag") return flags;
    if (field.references === "member") {
      const others = members.filter((member) => member.id !== session.member.id);
      const former = others.filter((member) => !member.active && holders.includes(member.id));
      return [
        { value: me, label: words.me },
        ...(session.reached_member_ids.length > 0 ? [{ value: team, label: words.team }] : []),
        ...(field.kind === "reference" ? [{ value: "", label: words.nobody }] : []),
        ...others.filter((each) => each.active).map((each) => ({ value: each.id, label: each.display_name })),
        ...former.map((each) => ({ value: each.id, label: words.deactivated(each.display_name) })),
      ];
    }
    if (field.kind === "picklist") {
      // Retired entries can still be filtered by.
      const all = entriesFor(field, entries(field.picklist ?? "")).map((entry) => ({
        value: entry.key,
        label: entry.active ? entry.display_name : words.retired(entry.display_name),
        colour: entry.colour,
      }));
      return field.required === true ? all : [...all, { value: "", label: words.empty }];
    }
    const given = typeof source === "function" ? [] : source;
    const isAlwaysThere = field.required === true || field.readOnly === true || field.kind === "references";
    return isAlwaysThere ? given : [...given, { value: "", label: words.empty }];
    // Labels are made of names.
  }, [field, members, entries, names, source, holders, session]);
}

/** The owners of records, requested only if somebody has left. */
function useHolders(kind: RecordKind, field: Field): readonly string[] {
  const { records, directory } = useWorkspace();
  const [holders, setHolders] = useState<readonly string[]>([]);
  const isOfMembers = field.kind === "reference" && field.references === "member" && !kind.lacks.has("aggregate");
  const isAsked = isOfMembers && directory.members.some((member) => !member.active);
  useEffect(() => {
    if (!isAsked) return undefined;
    const abort = new AbortController();
    records.aggregate(kind, { group_by: field.name }, abort.signal).then(
      ({ groups }) => setHolders(groups.map((group) => group.keys[0] ?? "")),
      () => undefined,
    );
    return () => abort.abort();
  }, [records, kind, field.name, isAsked]);
  return holders;
}
