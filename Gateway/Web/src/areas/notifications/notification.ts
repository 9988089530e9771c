import {
  decodeMute,
  type Mute,
  decodeNotification,
  muteSchema,
  type Notification,
  notificationSchema,
} from "../../core/api.generated";
import type { Names } from "../../core/fieldText";
import { type Rec, type RecordKind, recordKind } from "../../core/recordKind";
import { createTime } from "../../core/standardFields";
import type { IconName } from "../../parts/Icon";
import { words } from "../../words/notifications";
import { withTab } from "./tabs";

/** A record of this kind with the types of its fields. */
export function asNotification(record: Rec): Notification {
  return record as unknown as Notification;
}

/** What a member is told. Only their own screens have them: they are found by no search. */
export const notification: RecordKind = recordKind<Notification>({
  object: "notification",
  one: words.one,
  many: words.many,
  schema: notificationSchema,
  decode: decodeNotification,
  titleFields: ["title"],
  lacks: ["fields", "query", "from_end", "batch", "export", "history"],
  filters: ["kind"],
  firstList: () => ({ conditions: withTab(new Map(), "all"), sort: { field: createTime, falling: true } }),
});

/** What a member wants to be told no more. */
export const mute: RecordKind = recordKind<Mute>({
  object: "mute",
  one: words.mute.one,
  many: words.mute.many,
  address: "/settings/muted",
  schema: muteSchema,
  decode: decodeMute,
  titleFields: ["kind"],
});

/** The words for a kind of notification: those of the field's choices. */
export function kindWords(names: Names, kind: string): string {
  const field = notification.fields.get("kind");
  return field === undefined ? "" : names.choice(field, kind);
}

const icons: Readonly<Record<string, IconName>> = {
  lead_assigned: "people",
  conversion_ready: "top",
  task_assigned: "tasks",
  task_completed: "check",
  task_overdue: "warning",
  task_reminder: "bell",
  meeting_reminder: "calendar",
  deal_stage_changed: "deal",
  system_alert: "imports",
};

/** The picture of a kind of notification. */
export function kindIcon(kind: string): IconName {
  return icons[kind] ?? "bell";
}

/** The kind of record that an id names: "lead" of "lead_01h…". */
export function objectOf(id: string): string {
  return id.slice(0, id.lastIndexOf("_"));
}
