import { decodeCountUnreadNotificationsResponse } from "./api.generated";
import { isOneOf } from "./cel";
import type { ApiClient } from "./client";
import * as json from "./json";
import type { RecordStore } from "./recordStore";

const path = "/api/v1/notifications";
/** How long events are collected before it is counted again. */
const pause = 20;
/** How long a service that did not answer is left alone. */
const gapPause = 10_000;
/** The most that are shown as a number. */
const mostCounted = 99;
/** The most new ones that are looked at. */
const mostFresh = 50;

export interface UnreadView {
  count: number;
  /** Whether there are more than that. */
  more: boolean;
  /** What came last: how many, and the title of the last one. */
  arrived: { count: number; title: string } | null;
}

/** How many notifications the member has not read, counted again whenever that may have changed. */
export class UnreadCount {
  private current: UnreadView = { count: 0, more: false, arrived: null };
  private readonly fresh = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasBegun = false;
  private isAsking = false;
  private isOvertaken = false;

  constructor(
    private readonly client: Pick<ApiClient, "get">,
    private readonly store: Pick<RecordStore, "listen">,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): UnreadView => this.current;

  /** Follows what happens to notifications. */
  follow(): () => void {
    const forget = this.store.listen("notification", (news) => {
      if (news.is === "created") this.fresh.add(news.id);
      this.soon(pause);
    });
    return () => {
      forget();
      clearTimeout(this.timer);
      this.hasBegun = false;
    };
  }

  /** Counts for the first time: what happened before is not news. */
  begin(): void {
    this.hasBegun = true;
    this.fresh.clear();
    this.soon(0);
  }

  private soon(after: number): void {
    if (!this.hasBegun) return;
    if (this.isAsking) this.isOvertaken = true;
    else {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.ask(), after);
    }
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    this.isOvertaken = false;
    const fresh = [...this.fresh].slice(-mostFresh);
    this.fresh.clear();
    let next = -1;
    try {
      const [raw, arrived] = await Promise.all([this.client.get(`${path}:countUnread`), this.arrived(fresh)]);
      const { count, more, gaps } = decodeCountUnreadNotificationsResponse(raw);
      this.current = { ...capped(count, more), arrived: arrived ?? this.current.arrived };
      for (const listener of [...this.listeners]) listener();
      if (gaps.length > 0) next = gapPause;
    } catch {
      // What was last known stays; the next event asks again.
    }
    this.isAsking = false;
    if (this.isOvertaken) next = pause;
    if (next >= 0) this.soon(next);
  }

  /** Of what became known, what is new: others were read or changed elsewhere. */
  private async arrived(ids: readonly string[]): Promise<UnreadView["arrived"]> {
    if (ids.length === 0) return null;
    const query = { filter: isOneOf("id", ids), order_by: "create_time desc", page_size: ids.length };
    const found = json.list(json.object(await this.client.get(path, query))["notifications"], json.object);
    const made = found.filter((each) => each["state"] === "unread" && each["update_time"] === each["create_time"]);
    return made.length === 0 ? null : { count: made.length, title: json.text(made[0]?.["title"]) };
  }
}

/** A count that has room in a badge: "99+" for all above. */
export function capped(count: number, more: boolean): { count: number; more: boolean } {
  return { count: Math.min(count, mostCounted), more: count > 0 && (more || count > mostCounted) };
}
