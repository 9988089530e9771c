/** The header by which a call asks for its place in the events, and gets it. */
export const placeHeader = "X-Events-Place";

/** Events do not wait for responses that take longer. */
const longestWait = 3_000;

interface NumberedPlace {
  origin: string;
  number: number;
  id: string;
}

/**
 * The place of the events before this page sent its first request. A page that gets all events since then need not
 * request anything again, in whatever order the responses were made.
 */
export class FirstPlace {
  private earliest: NumberedPlace | null = null;
  private readonly open = new Set<Promise<unknown>>();
  private isKnown = true;
  private isWanted = true;

  /** What a call sends to be told its place; nothing once the place is no longer needed. */
  get headers(): Record<string, string> {
    return this.isWanted ? { [placeHeader]: "?" } : {};
  }

  /** Reads the place in a call's response. */
  watch(call: Promise<Response>): void {
    if (!this.isWanted) return;
    const looked = call
      .then((answer) => answer.ok && this.take(answer.headers.get(placeHeader)))
      .catch(() => undefined)
      .finally(() => this.open.delete(looked));
    this.open.add(looked);
  }

  /**
   * The place, once all running requests have been answered; "" if unknown. It is given once: later
   * calls do not ask for one.
   */
  async told(): Promise<string> {
    if (!this.isWanted) return "";
    const late = new Promise((resolve) => setTimeout(resolve, longestWait));
    await Promise.race([late, this.answered()]);
    this.isWanted = false;
    return this.isKnown && this.open.size === 0 ? (this.earliest?.id ?? "") : "";
  }

  private async answered(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  private take(header: string | null): void {
    const [, origin = "", number = "", id = ""] = /^(\w+)-(\d+) (\S+)$/.exec(header ?? "") ?? [];
    const place = { origin, number: Number(number), id };
    const { earliest } = this;
    if (id === "" || (earliest !== null && earliest.origin !== origin)) this.isKnown = false;
    else if (earliest === null || place.number < earliest.number) this.earliest = place;
  }
}
