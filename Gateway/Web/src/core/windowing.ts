/** Which rows of a long list are rendered. */
export interface Viewport {
  scrollTop: number;
  height: number;
  rowHeight: number;
}

/** Rows `first` up to, not including, `end`. */
export interface RowRange {
  first: number;
  end: number;
}

/** The rows in sight, and `overscan` more on either side for the next movement. */
export function rowsInSight(viewport: Viewport, count: number, overscan: number): RowRange {
  const { scrollTop, height, rowHeight } = viewport;
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const bottom = Math.ceil(Math.max(0, scrollTop + height) / rowHeight);
  return {
    first: Math.min(count, Math.max(0, top - overscan)),
    end: Math.min(count, bottom + overscan),
  };
}

/** Where to scroll to show all of a row: no further than needed. */
export function scrollToShow(row: number, viewport: Viewport): number {
  const { scrollTop, height, rowHeight } = viewport;
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}

/** The row that a key moves to, as in a grid of the ARIA Authoring Practices; null for other keys. */
export function rowAfterKey(
  key: string,
  row: number,
  count: number,
  rowsPerPage: number,
): number | null {
  const within = (target: number) => Math.max(0, Math.min(count - 1, target));
  switch (key) {
    case "ArrowDown":
      return within(row + 1);
    case "ArrowUp":
      return within(row - 1);
    case "PageDown":
      return within(row + rowsPerPage);
    case "PageUp":
      return within(row - rowsPerPage);
    case "Home":
      return within(0);
    case "End":
      return within(count - 1);
    default:
      return null;
  }
}
