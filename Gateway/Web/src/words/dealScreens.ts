// The screens of deals: board, page, moves.

import { plural } from "./counts";
import { isolated, listed } from "./sentences";

export const words = {
  none: "There are none yet. Make one, import a file, or convert a lead.",
  noneForYou: "No deal is yours, your team’s, or shared with you.",
  formHint: "It begins in the first stage of its pipeline, and is yours.",
  contacts: "Contacts",
  warning: {
    overdue: (days: number) => `${plural(days, "day", "days")} overdue`,
    rotting: (days: number) => (days === 0 ? "Rotting since today" : `Rotting for ${plural(days, "day", "days")}`),
  },
  moving: {
    stage: "Stage",
    moved: (name: string, stage: string) => `${isolated(name)} is in ${isolated(stage)}`,
    movedBack: (name: string, stage: string) => `${isolated(name)} is back in ${isolated(stage)}`,
    closeAsWon: "Close as won",
    closeAsLost: "Close as lost",
    /** @param who - "" if unknown */
    movedAway: (who: string, stage: string) =>
      `Not moved: ${who === "" ? "someone else" : isolated(who)} moved it to ${isolated(stage)} just now.`,
  },
  board: {
    pipeline: "Pipeline",
    none: "There are none in this pipeline yet. Make one, import a file, or convert a lead.",
    noneForYou: "No deal in this pipeline is yours, your team’s, or shared with you.",
    noPipelines: {
      title: "The pipelines have not come yet",
      advice: "The board begins once they are here. Try again, or show the deals as a table.",
    },
    sum: "Sum",
    nothing: "No amounts",
    weighted: (sum: string) => `${sum} weighted`,
    tooLarge: (currencies: readonly string[]) => `${listed(currencies)}: too large to add up`,
    noAmount: "No amount",
    noDate: "No close date",
    more: (name: string) => `More for ${isolated(name)}`,
    closeDate: "Closes",
    closedDate: "Closed",
  },
  stages: {
    name: "Stages",
    moveTo: (stage: string) => `Move to ${isolated(stage)}`,
    history: "Stages so far",
    soFar: (time: string) => `${time} so far`,
    by: (name: string) => `by ${isolated(name)}`,
  },
  reopening: {
    reopen: "Reopen",
    done: (name: string) => `${isolated(name)} is open again`,
  },
};
