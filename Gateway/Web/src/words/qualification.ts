// Qualification of a lead: what is known, what is missing, and the next steps.

import { isolated } from "./sentences";

export const words = {
  title: "Qualification",
  conversion: "Before it is converted",
  done: "Done:",
  open: "Missing:",
  advice: "Not advised:",
  groups: { bant: "BANT", meddicc: "MEDDICC" },
  total: {
    bant: (score: number | null, minimum: number) =>
      score === null ? "nothing known" : `${score} of 100, good from ${minimum}`,
    meddicc: (percent: number | null) => (percent === null ? "nothing known" : `${percent}%`),
  },
  risk: {
    title: "Risk",
    levels: { low: "Low", medium: "Medium", high: "High" } as Readonly<Record<string, string>>,
    score: (score: number) => `${score} of 100`,
    factors: "What makes the risk",
    notMeasured: (names: string) => `Not measured yet: ${names}`,
  },
  points: (most: number) => `Points, 0 to ${most}`,
  evidence: "What it rests on",
  noPoints: (most: number) => `Enter a whole number from 0 to ${most}, or leave it empty.`,
  reason: "Reason",
  returnDate: "Return on",
  returnHint: "The day on which to work on it again. It stands on the lead, and lists can be filtered by it.",
  assess: { open: "Edit", title: (method: string) => `What is known by ${method}`, send: "Save" },
  qualify: {
    open: "Qualify",
    title: (name: string) => `Qualify ${isolated(name)}`,
    send: "Qualify lead",
    noReason: "Say why it is qualified.",
  },
  disqualify: {
    open: "Disqualify",
    title: (name: string) => `Disqualify ${isolated(name)}`,
    send: "Disqualify lead",
    choose: "Choose a reason.",
  },
  recycle: {
    open: "Put back",
    title: (name: string) => `Put ${isolated(name)} back`,
    send: "Put lead back",
    noReason: "Say why it is put back.",
  },
  saved: (name: string) => `${isolated(name)} saved`,
  qualified: (name: string) => `${isolated(name)} is qualified`,
  disqualified: (name: string) => `${isolated(name)} is disqualified`,
  recycled: (name: string) => `${isolated(name)} is put back`,
  /** What each criterion of a method asks. */
  criteria: {
    bant: {
      budget: "Budget",
      authority: "Authority",
      need: "Need",
      timeline: "Timeline",
    },
    meddicc: {
      metrics: "Metrics",
      economic_buyer: "Economic buyer",
      decision_criteria: "Decision criteria",
      decision_process: "Decision process",
      identified_pain: "Identified pain",
      champion: "Champion",
      competition: "Competition",
    },
  },
};
