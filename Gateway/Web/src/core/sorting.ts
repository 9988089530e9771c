// Sorting a list by hand, by pointer or by keyboard: what is lifted, and where it would be dropped.
// Independent of the page.

/** A lifted entry of a list: it is at `to` until it is dropped or put back. */
export interface Lifted {
  id: string;
  from: number;
  to: number;
}

/** Where an entry of a list can be moved. */
export type Place = "up" | "down" | "top" | "bottom";

/** A list with one entry moved; places beyond the ends mean the ends. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = [...list];
  const [entry] = rest.splice(from, 1);
  if (entry === undefined) return [...list];
  rest.splice(clamp(to, 0, list.length - 1), 0, entry);
  return rest;
}

/** The new place of an entry that was at `place`. */
export function placeTo(where: Place, place: number, count: number): number {
  switch (where) {
    case "up":
      return Math.max(0, place - 1);
    case "down":
      return Math.min(count - 1, place + 1);
    case "top":
      return 0;
    case "bottom":
      return count - 1;
  }
}

/** Lifts an entry; null if it does not exist. */
export function lift(ids: readonly string[], id: string): Lifted | null {
  const from = ids.indexOf(id);
  return from === -1 ? null : { id, from, to: from };
}

/** The same entry at another place within the list. */
export function carried(lifted: Lifted, to: number, count: number): Lifted {
  return { ...lifted, to: clamp(to, 0, count - 1) };
}

/** The place of each entry while one is lifted. */
export function placesWhile(ids: readonly string[], lifted: Lifted | null): Map<string, number> {
  const order = lifted === null ? ids : moved(ids, lifted.from, lifted.to);
  return new Map(order.map((id, place) => [id, place]));
}

/**
 * Where an entry would be dropped at a height: before the first other one whose middle is lower.
 *
 * @param middles - the heights of the middles of all other entries, from the top
 */
export function dropPlace(middles: readonly number[], height: number): number {
  const below = middles.findIndex((middle) => height < middle);
  return below === -1 ? middles.length : below;
}

/** How far to scroll while something is held near an edge, in pixels a frame; 0 in the middle. */
export function scrollStep(position: number, start: number, end: number): number {
  const zone = Math.min(48, (end - start) / 4);
  if (position < start + zone) return -Math.ceil(((start + zone - position) / zone) * 12);
  if (position > end - zone) return Math.ceil(((position - end + zone) / zone) * 12);
  return 0;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
