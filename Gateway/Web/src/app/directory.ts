import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { decodeMember, decodeTenant, type TenantSettings } from "../core/api.generated";
import type { ApiClient } from "../core/client";
import type { Field } from "../core/fields";
import { wordsOf } from "../core/fields";
import type { Names } from "../core/fieldText";
import { type MoneyStyle, readersMoney } from "../core/format";
import { type Entry, findEntry, readEntry } from "../core/entries";
import * as json from "../core/json";
import type { NameBook } from "../core/nameBook";
import type { RecordStore } from "../core/recordStore";
import type { Member, Session } from "../core/types";
import { words } from "../words/fields";
import { type Area, type Picklist, picklists } from "./areas";

/** The tenant's members and lists, for names and choices everywhere. */
export interface Directory {
  members: readonly Member[];
  entries: (picklist: string) => readonly Entry[];
  names: Names;
  reload: () => void;
}

const allAtOnce = { page_size: 1000 };
const none: readonly never[] = [];

/** Requests early what a screen needs: the members, and the lists of its area. */
export function prefetchDirectory(client: ApiClient, area: Area | undefined): void {
  client.prefetch("/api/v1/members", allAtOnce);
  for (const api of apisOf(Object.values(area?.picklists ?? {}))) client.prefetch(api, allAtOnce);
}

function apisOf(lists: readonly Picklist[]): ReadonlySet<string> {
  return new Set(lists.map(({ api }) => api));
}

/** Loads the directory; what the member may not read stays empty. */
export function useDirectory(
  client: ApiClient,
  book: NameBook,
  store: RecordStore,
  session: Session,
): Directory {
  const [members, setMembers] = useState<readonly Member[] | null>(null);
  const [money, setMoney] = useState<MoneyStyle | undefined>(undefined);
  useSyncExternalStore(book.subscribe, book.version);
  const { lists, want, reload: reloadLists } = useLists(client);

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
    client.get("/api/v1/tenant").then((raw) => {
      const { settings } = decodeTenant(raw);
      if (isNewest() && settings !== null) setMoney(moneyStyle(settings));
    }, ignore);
    reloadLists();
  }, [client, book, reloadLists]);
  useEffect(load, [load, session.member.role]);
  const isAsked = useRef(false);
  // One event may change several of the lists, and may arrive in more than one way.
  const reload = useCallback(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    queueMicrotask(() => {
      isAsked.current = false;
      load();
    });
  }, [load]);
  // Changes made on this page apply at once, wherever they are shown.
  useEffect(() => {
    const objects = ["member", "tenant", ...Object.keys(picklists)];
    const forget = objects.map((object) => store.listen(object, reload));
    return () => {
      for (const each of forget) each();
    };
  }, [store, reload]);

  const version = book.version();
  const entries = useCallback(
    (picklist: string) => {
      want(picklist);
      return lists[picklist] ?? none;
    },
    [lists, want],
  );
  const names = useMemo(
    () => namesFrom(members !== null, entries, book, money),
    // A name that became known means new names.
    [members, entries, book, money, version],
  );
  return useMemo(
    () => ({ members: members ?? none, entries, names, reload }),
    [members, entries, names, reload],
  );
}

type Lists = Readonly<Record<string, readonly Entry[]>>;

/** The lists that a tenant defines, each requested once something on screen needs it. */
function useLists(client: ApiClient) {
  const [lists, setLists] = useState<Lists>({});
  const wanted = useRef(new Set<string>());
  const turns = useRef(new Map<string, number>());
  const load = useCallback(
    (api: string) => {
      const turn = (turns.current.get(api) ?? 0) + 1;
      turns.current.set(api, turn);
      client.get(api, allAtOnce).then(
        (raw) => {
          if (turns.current.get(api) === turn) setLists((before) => ({ ...before, ...listsIn(api, raw) }));
        },
        () => undefined,
      );
    },
    [client],
  );
  const want = useCallback(
    (picklist: string) => {
      const api = picklists[picklist]?.api;
      if (api === undefined || wanted.current.has(api)) return;
      wanted.current.add(api);
      // Rendering needs it now.
      queueMicrotask(() => load(api));
    },
    [load],
  );
  const reload = useCallback(() => wanted.current.forEach(load), [load]);
  return { lists, want, reload };
}

/** All lists whose entries a response of the API has. */
function listsIn(api: string, raw: unknown): Lists {
  const those = Object.entries(picklists).filter(([, each]) => each.api === api);
  return Object.fromEntries(
    those.map(([name, { rows, entries }]) => {
      const all: readonly unknown[] = json.list(json.object(raw)[rows], (row) => row);
      return [name, entries === undefined ? all.map(readEntry) : all.flatMap(entries)];
    }),
  );
}

/** If the browser cannot read the language tag, amounts are shown in the reader's own style. */
function moneyStyle({ locale, currency }: TenantSettings): MoneyStyle {
  const isKnown = (() => {
    try {
      return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
    } catch {
      return false;
    }
  })();
  return {
    locale: isKnown ? locale : readersMoney.locale,
    currency: currency || readersMoney.currency,
  };
}

function namesFrom(
  knowsMembers: boolean,
  entries: (picklist: string) => readonly Entry[],
  book: NameBook,
  money: MoneyStyle | undefined,
): Names {
  return {
    money,
    entry: (picklist, key, within) =>
      findEntry(entries(picklist), key, within)?.display_name ?? wordsOf(key),
    record: (id) => {
      if (id.startsWith("member_") && !knowsMembers) return "";
      return id.startsWith("system:") ? wordsOf(id.slice("system:".length)) : book.name(id);
    },
    choice: (_: Field, key: string) => words.choices[key] ?? wordsOf(key),
  };
}
