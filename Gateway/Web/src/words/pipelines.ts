// Settings of pipelines: their stages, and what a change of them does to deals.

import { formatInt64 } from "../core/format";
import { counted } from "./counts";
import { isolated } from "./sentences";

const deals = { one: "deal", many: "deals" };

export const words = {
  one: "pipeline",
  many: "pipelines",
  /** The noun for a stage in an error. */
  stage: "stage",
  about:
    "The stages that deals go through, from the first talk to the contract. A deal that names no pipeline " +
    "goes into the default one.",
  add: "Add pipeline",
  table: "Table of pipelines",
  name: "Name",
  stages: "Stages",
  default: "Default",
  edit: "Edit",
  editOf: (name: string) => `Edit ${isolated(name)}`,
  more: (name: string) => `More for ${isolated(name)}`,
  makeDefault: "Make it the default",
  nowDefault: (name: string) => `${isolated(name)} is the default now`,
  delete: (name: string) => `Delete ${isolated(name)}`,
  deleted: (name: string) => `Pipeline ${isolated(name)} deleted`,
  change: "Change",
  counted: (stages: number) => counted(stages, { one: "stage", many: "stages" }),
  none: { title: "Pipelines belong here", reason: "Deals need one to go through." },
  firstStages: { open: "New", won: "Closed Won", lost: "Closed Lost" },
  kinds: { open: "open", won: "won", lost: "lost" },
  editor: {
    back: "All pipelines",
    new: "New pipeline",
    save: "Save pipeline",
    create: "Create pipeline",
    cancel: "Discard changes",
    saved: (name: string) => `Pipeline ${isolated(name)} saved`,
    created: (name: string) => `Pipeline ${isolated(name)} created`,
    unchanged: "Nothing is changed yet.",
    missing: "This pipeline is no longer there",
    missingAdvice: "Somebody deleted it. The others are still there.",
    isDefault: "The default: deals go here unless another pipeline is chosen",
    isDefaultHint: "To change this, make another pipeline the default.",
    addStage: "Add stage",
    editStage: (name: string) => `Edit ${isolated(name)}`,
    removeStage: (name: string) => `Remove ${isolated(name)}`,
    remove: "Remove",
    unnamed: "Stage without a name",
    percent: (probability: string) => `${probability}%`,
    rots: (days: string) => `rots after ${counted(days, { one: "day", many: "days" })}`,
    asks: (fields: number) => `asks for ${counted(fields, { one: "field", many: "fields" })}`,
    hasCondition: "has a condition",
  },
  stageForm: {
    add: "Add stage",
    edit: (name: string) => `Stage ${isolated(name)}`,
    done: "Done",
    name: "Name",
    kind: "Type",
    kinds: { open: "Open: work goes on", won: "Won", lost: "Lost" },
    kindHint: "A stage with deals keeps its type.",
    probability: "Probability",
    category: "Forecast category",
    categories: {
      pipeline: "Pipeline",
      best_case: "Best case",
      commit: "Commit",
      closed: "Closed",
      omitted: "Not in a forecast",
    },
    days: "Days without activity until a deal rots",
    daysHint: "0 for never.",
    required: "Required fields",
    condition: "Entry condition",
    /** Before the examples. */
    conditionHint: "A condition in CEL over the deal’s fields, or empty. Examples:",
  },
  affected: {
    title: (name: string) => `What this changes in ${isolated(name)}`,
    table: "Stages whose deals are affected",
    stage: "Stage",
    count: "Deals",
    what: "What happens to them",
    deals: (count: string) => formatInt64(count),
    goTo: (stage: string) => `Deals of ${isolated(stage)} go to`,
    moved: (stage: string) => `They go to ${isolated(stage)}`,
    follow: "They take the stage’s new probability, forecast category or days until they rot",
    choose: "Choose where its deals go.",
    background: "Deals are moved in the background. Boards and forecasts have them in their new stage at once.",
    apply: (count: number) => `Change pipeline and ${counted(count, deals)}`,
  },
  faults: {
    noName: "Enter a name.",
    sameName: "Choose a name that no other stage has.",
    probability: "Choose a whole number from 0 to 100.",
    days: "Choose a whole number from 0 to 3,650.",
    noneOf: (kind: string) => `Keep at least one stage that is ${kind}.`,
    stages: "Correct the stages that are marked.",
  },
  /** What to do about a broken rule, without the full stop. */
  rules: {
    keepsKind: "Keep its type while deals are in it",
    sameName: "Choose a name that no other stage has",
    notSet: "Choose fields of deals that people set",
  },
};
