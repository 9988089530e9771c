import { useCallback, useEffect, useMemo, useState } from "react";
import type { Api } from "../core/api";
import type { Names } from "../core/leadFields";
import type { LeadSource, LeadStatus, Member } from "../core/types";

/** The tenant's members, statuses and sources, for names and choices everywhere. */
export interface Directory {
  members: readonly Member[];
  statuses: readonly LeadStatus[];
  sources: readonly LeadSource[];
  names: Names;
  reload: () => void;
}

/** Loads the directory; what the member may not read stays empty. */
export function useDirectory(api: Api): Directory {
  const [loadedMembers, setMembers] = useState<readonly Member[] | null>(null);
  const members = loadedMembers ?? none;
  const [statuses, setStatuses] = useState<readonly LeadStatus[]>([]);
  const [sources, setSources] = useState<readonly LeadSource[]>([]);
  const reload = useCallback(() => {
    const ignore = () => undefined;
    api.members().then(setMembers, ignore);
    api.leadStatuses().then(setStatuses, ignore);
    api.leadSources().then(setSources, ignore);
  }, [api]);
  useEffect(reload, [reload]);
  const names = useMemo(
    () => namesFrom(loadedMembers, statuses, sources),
    [loadedMembers, statuses, sources],
  );
  return useMemo(
    () => ({ members, statuses, sources, names, reload }),
    [members, statuses, sources, names, reload],
  );
}

const none: readonly Member[] = [];

function namesFrom(
  members: readonly Member[] | null,
  statuses: readonly LeadStatus[],
  sources: readonly LeadSource[],
): Names {
  const byKey = (list: readonly { key: string; display_name: string }[]) =>
    new Map(list.map((each) => [each.key, each.display_name]));
  const statusNames = byKey(statuses);
  const sourceNames = byKey(sources);
  const memberNames = new Map((members ?? none).map((each) => [each.id, each.display_name]));
  return {
    status: (key) => statusNames.get(key) ?? wordsOf(key),
    source: (key) => sourceNames.get(key) ?? wordsOf(key),
    member: (id) => memberNames.get(id) ?? (id === "" || members === null ? "" : "Former member"),
  };
}

function wordsOf(key: string): string {
  const words = key.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
