import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { listAddress, readList } from "../core/listState";
import { navigate } from "../core/navigation";
import type { RecordKind } from "../core/recordKind";
import { Icon } from "../parts/Icon";
import { areaAt, kinds } from "./areas";
import { useAddress } from "./useAddress";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

const typingPause = 150;

/**
 * Searches a kind of record: in its list while typing, from other screens on Enter. Screens without a kind of
 * record search all kinds.
 */
export function SearchBox({ openPalette }: { openPalette: () => void }) {
  const { session, permissions } = useWorkspace();
  const [path = "", ...query] = useAddress().split("?");
  const searched = kinds.filter(
    (kind) => permissions.may(`${kind.object}.read`) && !kind.lacks.has("query"),
  );
  const here = searched.find((kind) => path === kind.address);
  const kind = here ?? searched.find((each) => areaAt(path)?.kinds.includes(each)) ?? searched[0];
  if (kind === undefined) return <span className="search-none" />;
  if (areaAt(path)?.group === "manage") {
    return (
      <button type="button" className="search" onClick={openPalette}>
        <Icon name="search" />
        {words.top.searchAll}
      </button>
    );
  }
  return (
    <KindSearch
      key={kind.object}
      kind={kind}
      first={kind.firstList(session.member)}
      search={here === undefined ? null : `?${query.join("?")}`}
    />
  );
}

interface Props {
  kind: RecordKind;
  first: ReturnType<RecordKind["firstList"]>;
  /** The query in the list's address; null on another screen. */
  search: string | null;
}

function KindSearch({ kind, first, search }: Props) {
  const shown = search === null ? "" : readList(kind, search, first).query;
  const [text, setText] = useState(shown);
  const sent = useRef(shown);
  const latest = useRef(first);
  latest.current = first;

  // The address may change in other ways than by typing here.
  useEffect(() => {
    if (shown !== sent.current) setText(shown);
    sent.current = shown;
  }, [shown]);
  useEffect(() => {
    if (search === null || text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      const state = readList(kind, location.search, latest.current);
      const next = { ...state, query: sent.current };
      navigate(listAddress(kind, next, latest.current), { replace: true });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [kind, text, search]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (search !== null) return;
    sent.current = text.trim();
    const next = { ...first, conditions: new Map(), query: sent.current };
    navigate(listAddress(kind, next, first));
  };
  /** Down moves from the words to the results. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || search === null) return;
    event.preventDefault();
    document.querySelector<HTMLElement>(".grid [data-active]")?.focus();
  };
  return (
    <form className="search" role="search" onSubmit={send}>
      <Icon name="search" />
      <input
        type="search"
        aria-label={words.top.search(kind.many)}
        aria-keyshortcuts="/"
        placeholder={words.top.search(kind.many)}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
