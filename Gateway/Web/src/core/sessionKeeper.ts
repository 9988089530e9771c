import { keep, kept } from "./kept";

// A session is renewed while the member is active, and ends after the tenant's idle time. Activity
// in one tab counts for all tabs of the browser.

const inputKey = "lastInput";
const renewalKey = "lastRenewal";
/** How often activity is written down for the other tabs. */
const noteEvery = 5_000;
/** The time between renewals of a session. */
export const renewEvery = 4 * 60_000;

/** What a session needs. */
export type SessionNeed = "nothing" | "renewal" | "signIn";

export class SessionKeeper {
  private noted = 0;

  /** @param now - in milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Notes activity. A member who returns after the idle time cannot continue the session.
   *
   * @param idleLimit - seconds after which an idle session ends; 0 for never
   * @returns whether the session goes on
   */
  touch(idleLimit = 0): boolean {
    const now = this.now();
    const sinceNoted = now - this.noted;
    if (sinceNoted >= 0 && sinceNoted < noteEvery) return true;
    if (this.need(idleLimit) === "signIn") return false;
    this.noted = now;
    keep(inputKey, String(now));
    return true;
  }

  /** A session began. */
  began(): void {
    this.noted = this.now();
    keep(inputKey, String(this.noted));
    this.renewed();
  }

  /** The session was renewed, or is about to be: the other tabs leave it alone. */
  renewed(): void {
    keep(renewalKey, String(this.now()));
  }

  /** Seconds since the last activity in any tab. */
  get idleSeconds(): number {
    return Math.max(0, Math.floor((this.now() - this.time(inputKey)) / 1000));
  }

  /** @param idleLimit - seconds after which an idle session ends */
  need(idleLimit: number): SessionNeed {
    if (idleLimit > 0 && this.idleSeconds >= idleLimit) return "signIn";
    const renewal = this.time(renewalKey);
    const hasInput = this.time(inputKey) > renewal;
    return hasInput && this.now() - renewal >= renewEvery ? "renewal" : "nothing";
  }

  private time(key: string): number {
    const time = Number(kept(key));
    const now = this.now();
    if (Number.isFinite(time) && time > 0 && time <= now) return time;
    // A clock that was set back is no reason to wait: the time counts from now.
    keep(key, String(now));
    return now;
  }
}
