import { useEffect, useRef, useState } from "react";
import { useWorkspace } from "../../app/workspace";
import { PickedCards } from "../../core/pickedCards";
import { explainInLine } from "../../core/problem";
import type { Rec } from "../../core/recordKind";
import { cardElement } from "../../parts/boardElements";
import { useMovingTask } from "./useMovingTask";

/** Moves of tasks to other days by their menus. */
export interface DayMoves {
  move: (id: string, day: string) => void;
  /** Why a task stayed where it was; undefined if it did not. */
  refusal: (id: string) => string | undefined;
  /** Asks for a day. */
  ask: (id: string) => void;
  /** The task for which one is asked. */
  asked: Rec | null;
  close: () => void;
  /** Notes a task as it is when it is picked up. */
  pick: (id: string) => void;
  /** Moves one that was picked up; if it rejects, the reason is told. */
  drop: (id: string, day: string) => Promise<void>;
}

export function useDayMoves(): DayMoves {
  const { store } = useWorkspace();
  const send = useMovingTask();
  const [picked] = useState(() => new PickedCards((id) => store.get(id)));
  const [asked, setAsked] = useState<Rec | null>(null);
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const focusOn = useFocusOnMoved();
  const tell = (id: string, reason: string | null) =>
    setRefusals((before) => {
      const others = [...before].filter(([each]) => each !== id);
      return new Map(reason === null ? others : [...others, [id, reason]]);
    });
  const drop = async (id: string, day: string) =>
    void (await picked.move(id, async (record) => {
      await send(record, day);
      return true;
    }));
  return {
    move: (id, day) => {
      tell(id, null);
      focusOn(id);
      picked.pick(id);
      drop(id, day).catch((failure: unknown) => tell(id, explainInLine(failure)));
    },
    refusal: (id) => refusals.get(id),
    ask: (id) => setAsked(store.get(id) ?? null),
    asked,
    close: () => setAsked(null),
    pick: (id) => picked.pick(id),
    drop,
  };
}

/** The element of a task that moves is another one on its new day: it gets the focus that the old one had. */
function useFocusOnMoved(): (id: string) => void {
  const moved = useRef("");
  useEffect(() => {
    if (moved.current === "" || document.activeElement !== document.body) return;
    cardElement(moved.current)?.querySelector<HTMLElement>("[data-handle]")?.focus();
    moved.current = "";
  });
  return (id) => {
    moved.current = id;
  };
}
