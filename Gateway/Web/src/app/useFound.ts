import { useEffect, useMemo, useState } from "react";
import type { SearchRecordsResponse } from "../core/api.generated";
import { listAddress, noConditions } from "../core/listState";
import { navigate } from "../core/navigation";
import { recordAddress } from "../core/recordKind";
import { foundKinds } from "../core/search";
import { words as all } from "../words/palette";
import { capital } from "../words/sentences";
import { iconOf, kindOf } from "./areas";
import type { Command } from "./CommandPalette";
import { useWorkspace } from "./workspace";

const words = all.palette;
const typingPause = 120;

interface Found {
  /** The records of each kind, under its name. */
  kinds: readonly { title: string; commands: readonly Command[] }[];
  /** A message about what could not be searched; "" if everything was. */
  missing: string;
}

interface Answer {
  query: string;
  /** Null if there was none. */
  said: SearchRecordsResponse | null;
}

const nothing: Answer = { query: "", said: { groups: [], unavailable: [] } };

/** The records of all kinds that have these words. */
export function useFound(text: string): Found {
  const { records, directory, session } = useWorkspace();
  const [answer, setAnswer] = useState<Answer>(nothing);
  const query = text.trim();
  useEffect(() => {
    if (query === "") {
      setAnswer(nothing);
      return undefined;
    }
    const abort = new AbortController();
    const take = (said: Answer["said"]) => {
      if (!abort.signal.aborted) setAnswer({ query, said });
    };
    const timer = setTimeout(() => {
      records.search(query, abort.signal).then(take, () => take(null));
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [records, query]);
  const { names } = directory;
  const { member } = session;
  return useMemo(() => {
    const { said } = answer;
    if (said === null) return { kinds: [], missing: words.failed };
    const kinds = foundKinds(said.groups, kindOf, names, location.pathname).map(({ kind, records: found, more }) => {
      const icon = iconOf(kind);
      const commands = found.map(({ id, title, detail }): Command => {
        const run = () => navigate(recordAddress(kind, id));
        return { id, label: title, icon, run, ...(detail === "" ? {} : { detail }) };
      });
      if (more) {
        const first = kind.firstList(member);
        const whole = { ...first, conditions: noConditions, query: answer.query };
        const run = () => navigate(listAddress(kind, whole, first));
        commands.push({ id: `all ${kind.object}`, label: words.all(kind.many), icon: "search", run });
      }
      return { title: capital(kind.many), commands };
    });
    const { unavailable } = said;
    return { kinds, missing: unavailable.length === 0 ? "" : words.unavailable(unavailable) };
  }, [answer, names, member]);
}
