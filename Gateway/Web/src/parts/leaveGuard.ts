/** Whoever holds something typed that is not sent. */
const guards = new Set<() => boolean>();

/** Whether leaving would lose what somebody sees on screen. */
export function isGuarded(): boolean {
  return [...guards].some((guard) => guard());
}

/** Adds a guard; what it returns takes it away again. */
export function guardLeaving(isDirty: () => boolean): () => void {
  guards.add(isDirty);
  return () => guards.delete(isDirty);
}
