/** The header by which a call asks at what place in the events it came, and is told. */
export const placeHeader = "X-Events-Place";

/** Events are not kept waiting for answers that take longer. */
const longestWait = 3_000;

interface NumberedPlace {
  origin: string;
  number: number;
  id: string;
}

/**
 * Where the events were before this page asked its first question. Who hears all events since then need ask
 * nothing again, in whatever order the answers were made.
 */
export class FirstPlace {
  private earliest: NumberedPlace | null = null;
  private readonly open = new Set<Promise<unknown>>();
  private isKnown = true;
  private isWanted = true;

  /** What a call sends so that it is told its place; none once nobody wants to know. */
  get headers(): Record<string, string> {
    return this.isWanted ? { [placeHeader]: "?" } : {};
  }

  /** Looks at what a call is told with its answer. */
  watch(call: Promise<Response>): void {
    if (!this.isWanted) return;
    const looked = call
      .then((answer) => answer.ok && this.take(answer.headers.get(placeHeader)))
      .catch(() => undefined)
      .finally(() => this.open.delete(looked));
    this.open.add(looked);
  }

  /**
   * The place, once all that is being asked has been answered; "" where it is not known. It is told once: what
   * comes later asks for none.
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
