import type { Names } from "../../core/fieldText";
import type { Rec } from "../../core/recordKind";
import { asTask } from "./task";

/** How many records of those that a task is about are named beside its title. */
const mostNamed = 2;

/** What a task is about, as its title is often that of many: the first records by name; "" for none, or while unknown. */
export function aboutTask(record: Rec, names: Pick<Names, "record">): string {
  const named = asTask(record).related.slice(0, mostNamed).map((id) => names.record(id));
  return named.filter((name) => name !== "").join(", ");
}
