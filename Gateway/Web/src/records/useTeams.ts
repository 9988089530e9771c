import { useEffect, useState } from "react";
import { useWorkspace } from "../app/workspace";
import * as json from "../core/json";

export interface TeamName {
  id: string;
  name: string;
  active: boolean;
}

const none: readonly TeamName[] = [];

/** The tenant's teams, requested only where one can be chosen. */
export function useTeams(isAsked: boolean): readonly TeamName[] {
  const { records } = useWorkspace();
  const [teams, setTeams] = useState(none);
  useEffect(() => {
    if (!isAsked) return undefined;
    const abort = new AbortController();
    records.client.get("/api/v1/teams", { page_size: 1000 }, abort.signal).then(
      (raw) => setTeams(json.list(json.object(raw)["teams"], teamName)),
      () => undefined,
    );
    return () => abort.abort();
  }, [records, isAsked]);
  return teams;
}

function teamName(raw: unknown): TeamName {
  const from = json.object(raw);
  return {
    id: json.text(from["id"]),
    name: json.text(from["name"]),
    active: json.flag(from["active"]),
  };
}
