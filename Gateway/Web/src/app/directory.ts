import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { decodeMember } from "../core/api.generated";
import type { ApiClient } from "../core/client";
import type { Field } from "../core/fields";
import { wordsOf } from "../core/fields";
import type { Names } from "../core/fieldText";
import * as json from "../core/json";
import type { NameBook } from "../core/nameBook";
import type { RecordStore } from "../core/recordStore";
import type { Member, Session } from "../core/types";
import { words } from "../words/fields";
import { picklists } from "./areas";

/** An entry of a list that a tenant defines. */
export interface Entry {
  key: string;
  display_name: string;
  active: boolean;
  colour: string;
  position: number;
}

/** The tenant's members and lists, for names and choices everywhere. */
export interface Directory {
  members: readonly Member[];
  entries: (picklist: string) => readonly Entry[];
  names: Names;
  reload: () => void;
}

const allAtOnce = { page_size: 1000 };
const none: readonly never[] = [];

/** Asks already for what every screen needs. */
export function prefetchDirectory(client: ApiClient): void {
  client.prefetch("/api/v1/members", allAtOnce);
  for (const { api } of Object.values(picklists)) client.prefetch(api, allAtOnce);
}

/** Loads the directory; what the member may not read stays empty. */
export function useDirectory(
  client: ApiClient,
  book: NameBook,
  store: RecordStore,
  session: Session,
): Directory {
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [lists, setLists] = useState<Readonly<Record<string, readonly Entry[]>>>({});
  useSyncExternalStore(book.subscribe, book.version);

  const turn = useRef(0);
  const load = useCallback(() => {
    const ignore = () => undefined;
    turn.current += 1;
    const asked = turn.current;
    const isNewest = () => turn.current === asked;
    client.get("/api/v1/members", allAtOnce).then((raw) => {
      if (!isNewest()) return;
      const rows = json.list(json.object(raw)["members"], decodeMember);
      for (const member of rows) book.learn(member.id, member.display_name);
      setMembers(rows);
    }, ignore);
    for (const [name, { api, rows }] of Object.entries(picklists)) {
      client.get(api, allAtOnce).then((raw) => {
        const entries = json.list(json.object(raw)[rows], readEntry);
        if (isNewest()) setLists((before) => ({ ...before, [name]: entries }));
      }, ignore);
    }
  }, [client, book]);
  useEffect(load, [load, session.member.role]);
  const isAsked = useRef(false);
  // One event may change several of the lists, and is heard in more than one way.
  const reload = useCallback(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    queueMicrotask(() => {
      isAsked.current = false;
      load();
    });
  }, [load]);
  // What is changed on this page counts at once, wherever it is shown.
  useEffect(() => {
    const objects = ["member", ...Object.keys(picklists)];
    const forget = objects.map((object) => store.listen(object, reload));
    return () => {
      for (const each of forget) each();
    };
  }, [store, reload]);

  const version = book.version();
  const names = useMemo(
    () => namesFrom(members !== null, lists, book),
    // A name that became known makes new names.
    [members, lists, book, version],
  );
  const entries = useCallback((picklist: string) => lists[picklist] ?? none, [lists]);
  return useMemo(
    () => ({ members: members ?? none, entries, names, reload }),
    [members, entries, names, reload],
  );
}

function readEntry(raw: unknown): Entry {
  const from = json.object(raw);
  return {
    key: json.text(from["key"]),
    display_name: json.text(from["display_name"]),
    active: json.flag(from["active"]),
    colour: json.text(from["colour"]),
    position: json.number(from["position"]),
  };
}

function namesFrom(
  knowsMembers: boolean,
  lists: Readonly<Record<string, readonly Entry[]>>,
  book: NameBook,
): Names {
  return {
    entry: (picklist, key) =>
      lists[picklist]?.find((entry) => entry.key === key)?.display_name ?? wordsOf(key),
    record: (id) => {
      if (id.startsWith("member_") && !knowsMembers) return "";
      return id.startsWith("system:") ? wordsOf(id.slice("system:".length)) : book.name(id);
    },
    choice: (_: Field, key: string) => words.choices[key] ?? wordsOf(key),
  };
}
