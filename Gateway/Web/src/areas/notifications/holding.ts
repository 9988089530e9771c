/** What a list shows, and how many more there are above. */
export interface Shown {
  ids: readonly string[];
  fresh: number;
}

/**
 * What a list shows while somebody reads or uses it: what it showed stays where it is. Further pages follow below,
 * and what came above is only counted.
 *
 * @param held - what it showed before
 * @param present - what there is now
 */
export function whileHeld(held: readonly string[], present: readonly string[]): Shown {
  const known = new Set(held);
  const last = present.reduce((found, id, place) => (known.has(id) ? place : found), -1);
  const isNew = (id: string) => !known.has(id);
  const end = last < 0 ? present.length : last + 1;
  return {
    ids: [...held, ...present.slice(end).filter(isNew)],
    fresh: present.slice(0, end).filter(isNew).length,
  };
}
