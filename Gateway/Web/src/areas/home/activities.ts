import { type Activity, decodeListActivitiesResponse } from "../../core/api.generated";
import { all, isOneOf, literal } from "../../core/cel";
import type { ApiClient } from "../../core/client";

/** The latest activities, and the services that could not say whether the member may read further ones. */
export interface LatestActivities {
  rows: readonly Activity[];
  gaps: readonly string[];
}

/** Pages are short where there is much that the member may not read; after so many, what was found is enough. */
const mostPages = 4;

/**
 * The latest activities before a moment: meetings that are yet to come are none.
 *
 * @param member - whose activities alone are asked for; null for all
 */
export async function loadActivities(
  client: ApiClient,
  member: string | null,
  most: number,
  now: Date,
  signal: AbortSignal,
): Promise<LatestActivities> {
  const filter = all([member === null ? "" : isOneOf("member_id", [member]), untilNow(now)]);
  const rows: Activity[] = [];
  const gaps = new Set<string>();
  let token = "";
  for (let page = 0; page < mostPages && rows.length < most; page += 1) {
    const query = { filter, order_by: "time desc", page_size: most, page_token: token };
    const answer = decodeListActivitiesResponse(await client.get("/api/v1/activities", query, signal));
    rows.push(...answer.activities);
    for (const gap of answer.gaps) gaps.add(gap);
    token = answer.next_page_token;
    if (token === "") break;
  }
  return { rows: rows.slice(0, most), gaps: [...gaps].sort() };
}

/** Clocks differ by seconds: what was just logged is not yet to come. */
const slack = 60_000;

function untilNow(now: Date): string {
  const until = new Date(Math.ceil((now.getTime() + slack) / 1000) * 1000).toISOString().replace(".000Z", "Z");
  return `time <= timestamp(${literal(until)})`;
}

/** What an activity is called: its subject, or the first line of its text. */
export function activityTitle({ subject, text }: Pick<Activity, "subject" | "text">): string {
  return subject || (text.trim().split("\n")[0] ?? "");
}

/** The kind of record that an id is of: "lead" for "lead_01h…". */
export function objectOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("_")));
}
