// Settings of qualification and conversion: when a lead is ready, and who converts it.

export const words = {
  about:
    "When a lead is ready to be converted to an account and a contact, and how its risk is called. All points " +
    "are of 100.",
  ready: "A lead is ready from",
  bant: "BANT",
  bantHint: "A lead that can no longer come to so many points of BANT cannot become qualified.",
  score: "Score",
  scoreHint: "Points of the scoring rules.",
  risk: "A lead’s risk is",
  medium: "Medium from",
  high: "High from",
  conversion: "Conversion",
  unqualified: "Leads that are not qualified can be converted, without a reason",
  automatic: "A lead that is ready is converted by itself",
  automaticHint:
    "Without a deal, once it is qualified and has all that its checklist requires. It holds for what changes " +
    "from now on. Whoever may convert the lead can take it back within 24 hours.",
  save: "Save qualification",
  saved: "Qualification saved",
  noPoints: "Enter a whole number from 0 to 100.",
  notHigher: "Enter more points than for a medium risk.",
};
