import { useEffect, useState } from "react";
import { useWorkspace } from "./workspace";

/** In milliseconds: changes within this time are handled together. */
const pause = 1_000;

/**
 * A number that changes when records have changed.
 *
 * @param objects - the kinds of these records, separated by blanks
 */
export function useNews(objects: string): number {
  const { store } = useWorkspace();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hear = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTurn((before) => before + 1);
      }, pause);
    };
    const forget = objects.split(" ").map((object) => store.listen(object, hear));
    return () => {
      for (const each of forget) each();
      clearTimeout(timer);
    };
  }, [store, objects]);
  return turn;
}
