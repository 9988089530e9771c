import { type RefObject, useCallback, useLayoutEffect, useMemo, useState } from "react";
import { useWorkspace } from "../app/workspace";
import {
  chosenColumns,
  type ColumnRoom,
  fitColumns,
  type FittedColumn,
  neededWidths,
  type Needs,
  noNeeds,
  type Widths,
} from "../core/columnFit";
import { keep, kept } from "../core/kept";
import type { Column, RecordKind } from "../core/recordKind";
import type { ShownList } from "./useRecordList";

/** The columns of a list that fit, and how to change the width of one. */
export interface Columns {
  fitted: readonly FittedColumn[];
  /** For CSS: their widths, preceded by the column of check boxes. */
  template: string;
  resize: (id: string, width: number | null) => void;
}

interface Setup {
  kind: RecordKind;
  shown: ShownList;
  /** Null for the default ones. */
  chosen: readonly string[] | null;
  scroller: RefObject<HTMLElement>;
  hasChecks: boolean;
  isPhone: boolean;
}

const checkWidth = 40;

/** @returns the columns, and the room that they were fitted into */
export function useColumns({ kind, shown, chosen, scroller, hasChecks, isPhone }: Setup): [Columns, ColumnRoom] {
  const width = useWidth(scroller) - (hasChecks ? checkWidth : 0);
  const [widths, setWidths] = useState<Widths>(() => readWidths(kind));
  const names = chosen?.join(",") ?? null;
  const columns = useMemo(() => chosenColumns(kind.columns, names?.split(",") ?? null), [kind, names]);
  const room = useMemo(() => ({ width, widths, isPhone }), [width, widths, isPhone]);
  const needs = useNeeds(kind, columns, shown);
  const fitted = useMemo(() => fitColumns(columns, room, needs), [columns, room, needs]);
  const resize = useCallback(
    (id: string, width: number | null) =>
      setWidths((before) => {
        const { [id]: _, ...others } = before;
        const after = width === null ? others : { ...before, [id]: Math.round(width) };
        keep(`widths.${kind.object}`, JSON.stringify(after));
        return after;
      }),
    [kind],
  );
  // The same object while nothing changes, so that rows are not rendered again while scrolling.
  const all = useMemo(() => {
    const template = fitted.map(({ width }) => `${width}px`).join(" ");
    return { fitted, template: hasChecks ? `${checkWidth}px ${template}` : template, resize };
  }, [fitted, hasChecks, resize]);
  return [all, room];
}

/** How many rows are measured for what a column needs. */
const sample = 50;

/** The widths that the first rows of a list need: measured once for each list, so nothing moves while scrolling. */
function useNeeds(kind: RecordKind, columns: readonly Column[], { list, view }: ShownList): Needs {
  const { store } = useWorkspace();
  const isThere = view.state !== "loading";
  return useMemo(() => {
    if (!isThere) return noNeeds;
    const records = list.known.slice(0, sample).flatMap((id) => store.get(id) ?? []);
    return neededWidths(kind.fields, columns, records);
  }, [kind, columns, list, isThere, store]);
}

function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(() => Math.max(320, innerWidth - 260));
  // Before anything is painted: columns that move afterwards would be noticed.
  useLayoutEffect(() => {
    const scroller = element.current;
    if (scroller === null) return undefined;
    const sizes = new ResizeObserver(() => setWidth(scroller.clientWidth));
    sizes.observe(scroller);
    setWidth(scroller.clientWidth);
    return () => sizes.disconnect();
  }, [element]);
  return width;
}

function readWidths(kind: RecordKind): Widths {
  try {
    const given: unknown = JSON.parse(kept(`widths.${kind.object}`) ?? "{}");
    const entries = Object.entries(given as Record<string, unknown>);
    return Object.fromEntries(entries.filter(([, width]) => typeof width === "number")) as Widths;
  } catch {
    return {};
  }
}
