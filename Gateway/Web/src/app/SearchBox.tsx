import { type FormEvent, useEffect, useRef, useState } from "react";
import { defaultSort, leadListAddress, noFilters, readLeadList } from "../core/leadList";
import { Icon } from "../parts/Icon";
import { navigate, useRoute } from "./navigation";
import { useWorkspace } from "./workspace";

const typingPause = 150;

/** Searches leads: over the list as one types, from other screens on Enter. */
export function SearchBox() {
  const { firstList } = useWorkspace();
  const route = useRoute();
  const search = route.screen === "leads" ? route.search : null;
  const shown = search === null ? "" : readLeadList(search, firstList).query;
  const [text, setText] = useState(shown);
  const input = useRef<HTMLInputElement>(null);
  const sent = useRef(shown);
  useSearchKey(() => input.current?.select());

  // The address may change by other ways than typing here.
  useEffect(() => {
    if (shown !== sent.current) setText(shown);
    sent.current = shown;
  }, [shown]);

  useEffect(() => {
    if (search === null || text.trim() === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      const state = readLeadList(location.search, firstList);
      navigate(leadListAddress({ ...state, query: sent.current }, firstList), { replace: true });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [text, search, firstList]);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (search !== null) return;
    const query = text.trim();
    sent.current = query;
    const state = { query, filters: noFilters, sort: defaultSort, open: "" };
    navigate(leadListAddress(state, firstList));
  };

  return (
    <form className="search" role="search" onSubmit={send}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search leads"
        aria-keyshortcuts="Control+K"
        placeholder="Search leads"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd aria-hidden="true">Ctrl K</kbd>
    </form>
  );
}

function useSearchKey(focus: () => void): void {
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
