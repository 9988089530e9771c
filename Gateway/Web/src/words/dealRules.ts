// What to do about a broken rule of a deal, without the full stop.

export const words = {
  account: "Choose an account that is in use",
  probability: "Enter why the probability is not the stage’s",
  won: "Choose why the deal is won",
  lost: "Choose why the deal is lost",
  closed: "The deal is closed. Reopen it first",
};
