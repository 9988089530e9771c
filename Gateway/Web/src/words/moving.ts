// What is said while cards and rows are moved by hand: loaded with what moves.

import { formatNumber } from "../core/format";
import { isolated } from "./sentences";

export const words = {
  sorting: {
    handle: (name: string) => `Move ${isolated(name)}`,
    menu: (name: string) => `Move ${isolated(name)} to…`,
    places: { up: "Move up", down: "Move down", top: "Move to top", bottom: "Move to bottom" },
    help: "Space lifts it, the arrow keys move it, Space or Enter drops it, Escape puts it back.",
    lifted: (name: string, place: number, count: number) =>
      `${isolated(name)} lifted, ${placeOf(place, count)}.`,
    moved: (name: string, place: number, count: number) => `${isolated(name)}: ${placeOf(place, count)}.`,
    dropped: (name: string, place: number, count: number) =>
      `${isolated(name)} dropped, ${placeOf(place, count)}.`,
    gaveBack: (name: string) => `${isolated(name)} is back where it was.`,
  },
  board: {
    help:
      "Space lifts a card, the arrow keys move it, Space or Enter drops it, Escape puts it back.",
    menu: (name: string) => `Move ${isolated(name)} to…`,
    handle: (name: string) => `Move ${isolated(name)}`,
    lifted: (name: string, column: string) => `${isolated(name)} lifted from ${isolated(column)}.`,
    moved: (name: string, column: string, place: number, count: number) =>
      `${isolated(name)}: ${isolated(column)}, ${placeOf(place, count)}.`,
    /** Where only the column counts. */
    over: (name: string, column: string) => `${isolated(name)}: ${isolated(column)}.`,
    dropped: (name: string, column: string) => `${isolated(name)} dropped in ${isolated(column)}.`,
    gaveBack: (name: string) => `${isolated(name)} is back where it was.`,
    refused: (name: string, reason: string) => `${isolated(name)} is back where it was. ${reason}`,
  },
};

function placeOf(place: number, count: number): string {
  return `place ${formatNumber(place)} of ${formatNumber(count)}`;
}
