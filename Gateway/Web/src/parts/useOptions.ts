import { useEffect, useMemo, useRef, useState } from "react";
import { isAbort } from "../core/client";
import { groupedOptions, matchingOptions, mostOptions, type Option } from "../core/options";

/** The options, or a function that loads those for a text. */
export type OptionSource =
  | readonly Option[]
  | ((text: string, signal: AbortSignal) => Promise<readonly Option[]>);

export interface FoundOptions {
  /** In the order in which they are shown, group by group. */
  shown: readonly Option[];
  /** How many more there are. */
  hidden: number;
  /** Whether they are loading for long enough to be noticed. */
  loading: boolean;
  failed: boolean;
  retry: () => void;
}

const typingPause = 150;
const noticedAfter = 300;
const none: readonly Option[] = [];

/** The options for what was typed, requested while the list is open. */
export function useOptions(source: OptionSource, text: string, open: boolean): FoundOptions {
  const loaded = useLoadedOptions(source, text, open);
  const given = typeof source === "function" ? loaded.options : source;
  const found = useMemo(
    () => (typeof source === "function" ? given : matchingOptions(given, text)),
    [source, given, text],
  );
  const shown = useMemo(
    () => groupedOptions(found.slice(0, mostOptions)).flatMap((group) => group.options),
    [found],
  );
  return { ...loaded, shown, hidden: found.length - shown.length };
}

function useLoadedOptions(source: OptionSource, text: string, open: boolean) {
  const [options, setOptions] = useState<readonly Option[]>(none);
  const [is, setIs] = useState<"ready" | "waiting" | "failed">("ready");
  const [turn, setTurn] = useState(0);
  const latest = useRef(source);
  latest.current = source;
  const isAsked = typeof source === "function" && open;
  useEffect(() => {
    if (!isAsked) return undefined;
    const abort = new AbortController();
    const notice = setTimeout(() => setIs("waiting"), noticedAfter);
    const settle = (end: "ready" | "failed", found: readonly Option[]) => {
      if (abort.signal.aborted) return;
      clearTimeout(notice);
      setIs(end);
      setOptions(found);
    };
    const ask = () => {
      const load = latest.current;
      if (typeof load !== "function") return;
      load(text.trim(), abort.signal).then(
        (found) => settle("ready", found),
        (error: unknown) => isAbort(error) || settle("failed", none),
      );
    };
    const start = setTimeout(ask, text === "" ? 0 : typingPause);
    return () => {
      clearTimeout(notice);
      clearTimeout(start);
      abort.abort();
    };
  }, [isAsked, text, turn]);
  return {
    options,
    loading: is === "waiting",
    failed: is === "failed",
    retry: () => {
      setIs("ready");
      setTurn((before) => before + 1);
    },
  };
}
