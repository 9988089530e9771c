import { folded } from "./options";

const pause = 700;

/** Finds an entry of a list by the first letters of its name, typed in quick succession. */
export class Typeahead {
  private typed = "";
  private last = -Infinity;

  /**
   * @param now - in milliseconds; letters more than 700 ms apart start over
   * @returns the place of the next entry from `current` on that begins with what was typed; -1 if
   *   none does. Repeating one letter cycles through the entries that begin with it.
   */
  find(labels: readonly string[], current: number, letter: string, now: number): number {
    if (now - this.last > pause) this.typed = "";
    this.last = now;
    this.typed += folded(letter);
    const isRepeat = [...this.typed].every((each) => each === this.typed[0]);
    const wanted = isRepeat ? this.typed.charAt(0) : this.typed;
    const start = isRepeat ? current + 1 : Math.max(current, 0);
    for (let tried = 0; tried < labels.length; tried += 1) {
      const place = (start + tried) % labels.length;
      if (folded(labels[place] ?? "").startsWith(wanted)) return place;
    }
    return -1;
  }
}

/** Whether a key types a letter, and not a space or a shortcut. */
export function isLetter(event: {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): boolean {
  const isShortcut = event.ctrlKey || event.metaKey || event.altKey;
  return !isShortcut && [...event.key].length === 1 && event.key !== " ";
}
