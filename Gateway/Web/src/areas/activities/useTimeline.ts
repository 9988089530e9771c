import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { decodeListTimelineResponse } from "../../core/api.generated";
import { locale } from "../../core/format";
import { firstDayOfWeek } from "../../core/periods";
import type { Rec, RecordKind } from "../../core/recordKind";
import type { RecordNews } from "../../core/recordStore";
import { type Choice, timelineQuery } from "./timeline";
import { type FeedView, TimelineFeed } from "./timelineFeed";

/** How long changes are collected before a timeline is requested again. */
const pause = 120;
/** The shortest time between two requests while changes come all the time. */
const least = 1500;

export interface ShownTimeline extends FeedView {
  feed: TimelineFeed;
}

/** The timeline of a record, kept current. What was shown stays until a new choice has come. */
export function useTimeline(kind: RecordKind, record: Rec, choice: Choice): ShownTimeline {
  const { records } = useWorkspace();
  const { id } = record;
  const feed = useMemo(() => {
    const chosen = timelineQuery(choice, new Date(), firstDayOfWeek(locale));
    return new TimelineFeed(id, async (token, size, signal) => {
      const query = { record: id, page_size: size, page_token: token, ...chosen };
      const raw = await records.client.get("/api/v1/timeline", query, signal);
      const { entries, next_page_token, gaps } = decodeListTimelineResponse(raw);
      return { entries, next: next_page_token, gaps };
    });
  }, [records, id, choice]);
  useEffect(() => {
    void feed.refresh();
    return () => feed.close();
  }, [feed]);
  useNews(kind, id, feed);
  const view = useSyncExternalStore(feed.subscribe, feed.view, feed.view);
  const before = useRef<FeedView>(view);
  if (view.told !== null || view.error !== null) before.current = view;
  return { ...(view.told === null && view.error === null ? before.current : view), feed };
}

/** The kinds of records that a timeline tells of besides its own record. */
const told = ["activity", "task"];

/** Requests the timeline again when its record changes, or an activity or task that may be about it. */
function useNews(kind: RecordKind, id: string, feed: TimelineFeed): void {
  const { store } = useWorkspace();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const request = () => {
      timer = null;
      last = Date.now();
      void feed.refresh();
    };
    const take = (news: RecordNews) => {
      if (news.is !== "many" && !matters(news.id)) return;
      // What was made on this page is already known, and shown at once.
      const isOwn = news.is === "created" && store.isWhole(news.id);
      if (timer !== null && !isOwn) return;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(request, isOwn ? 0 : Math.max(pause, last + least - Date.now()));
    };
    const matters = (changed: string): boolean => {
      if (changed === id || feed.hasEntryOf(changed)) return true;
      const object = changed.slice(0, changed.lastIndexOf("_"));
      const related = store.get(changed)?.["related"];
      // Of one that is not known, the service says whether it is about this record.
      return told.includes(object) && (!Array.isArray(related) || related.includes(id));
    };
    const forget = [...new Set([kind.object, ...told])].map((object) => store.listen(object, take));
    return () => {
      for (const each of forget) each();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, kind, id, feed]);
}
