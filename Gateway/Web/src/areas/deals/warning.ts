import type { Deal } from "../../core/api.generated";
import { dayText, startOfDay } from "../../core/periods";
import { words } from "../../words/dealScreens";

const day = 24 * 60 * 60 * 1000;

/**
 * The most urgent warning about a deal, in words: its close date has passed, or else nobody
 * works on it; "" for none.
 */
export function warningOf(
  deal: Pick<Deal, "status" | "expected_close_date" | "rot_time">,
  now: Date,
): string {
  if (deal.status !== "" && deal.status !== "open") return "";
  const today = startOfDay(dayText(now));
  const due = startOfDay(deal.expected_close_date);
  if (due !== null && today !== null && due < today) {
    // A day on which the clocks change is shorter or longer.
    return words.warning.overdue(Math.round((today.getTime() - due.getTime()) / day));
  }
  const rot = new Date(deal.rot_time);
  if (deal.rot_time === "" || Number.isNaN(rot.getTime()) || rot > now) return "";
  return words.warning.rotting(Math.floor((now.getTime() - rot.getTime()) / day));
}
