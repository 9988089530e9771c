import { type RefObject, useCallback, useLayoutEffect, useMemo, useState } from "react";
import { chosenColumns, fitColumns, type FittedColumn, type Widths } from "../core/columnFit";
import { keep, kept } from "../core/kept";
import type { RecordKind } from "../core/recordKind";

/** The columns of a list that its room has place for, and how to change one's width. */
export interface Columns {
  fitted: readonly FittedColumn[];
  /** For CSS: their widths, with the column of check boxes before. */
  template: string;
  resize: (id: string, width: number | null) => void;
}

const checkWidth = 40;
/** A row of a phone has two lines, in which so many columns stand beside and below each other. */
const onPhone = 3;

export function useColumns(
  kind: RecordKind,
  chosen: readonly string[] | null,
  scroller: RefObject<HTMLElement>,
  hasChecks: boolean,
  isPhone: boolean,
): Columns {
  const room = useWidth(scroller) - (hasChecks ? checkWidth : 0);
  const [widths, setWidths] = useState<Widths>(() => readWidths(kind));
  const names = chosen?.join(",") ?? null;
  const fitted = useMemo(() => {
    const columns = chosenColumns(kind.columns, names?.split(",") ?? null);
    return isPhone
      ? columns.slice(0, onPhone).map((column) => ({ column, width: column.width }))
      : fitColumns(columns, room, widths);
  }, [kind, names, room, widths, isPhone]);
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
  // The same object for as long as nothing changes: rows are not made again while one scrolls.
  return useMemo(() => {
    const template = fitted.map(({ width }) => `${width}px`).join(" ");
    return { fitted, template: hasChecks ? `${checkWidth}px ${template}` : template, resize };
  }, [fitted, hasChecks, resize]);
}

function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(() => Math.max(320, innerWidth - 260));
  // Before anything is painted: columns that move afterwards would be seen to.
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
