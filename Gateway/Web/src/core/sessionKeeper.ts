import { keep, kept } from "./kept";

// A session is renewed while somebody works, and ends when nobody did for the tenant's time. What is
// done in one tab counts for all tabs of the browser.

const inputKey = "lastInput";
const renewalKey = "lastRenewal";
/** How often what is done is written down for the other tabs. */
const noteEvery = 5_000;
/** A session is renewed so long after it was last. */
export const renewEvery = 4 * 60_000;

/** What a session needs of its person. */
export type SessionNeed = "nothing" | "renewal" | "signIn";

export class SessionKeeper {
  private noted = 0;

  /** @param now - in milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  /** Somebody did something. */
  touch(): void {
    const now = this.now();
    if (now - this.noted < noteEvery) return;
    this.noted = now;
    keep(inputKey, String(now));
  }

  /** The session was renewed or began. */
  renewed(): void {
    keep(renewalKey, String(this.now()));
  }

  /** Seconds since somebody did something in any tab. */
  get idleSeconds(): number {
    return Math.max(0, Math.floor((this.now() - this.time(inputKey)) / 1000));
  }

  /** @param idleLimit - seconds after which the session ends by itself */
  need(idleLimit: number): SessionNeed {
    if (idleLimit > 0 && this.idleSeconds >= idleLimit) return "signIn";
    const renewal = this.time(renewalKey);
    const hasInput = this.time(inputKey) > renewal;
    return hasInput && this.now() - renewal >= renewEvery ? "renewal" : "nothing";
  }

  private time(key: string): number {
    const time = Number(kept(key));
    const now = this.now();
    // A clock that was set back is no reason to wait for it.
    return Number.isFinite(time) && time > 0 && time <= now ? time : now;
  }
}
