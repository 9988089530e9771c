// Settings of currencies: the tenant's own, and the rates of others.

export const words = {
  about:
    "Amounts keep the currency in which they were agreed. Boards and forecasts also give their sums in your " +
    "currency, by these rates. A rate stays until you change it.",
  own: "Your currency",
  ownHint: "New amounts begin with it.",
  ownChanged: "The rates below say what a currency is worth in the one that you chose. Check each of them.",
  rates: "Exchange rates",
  none: "There are no rates yet: amounts in other currencies are in no converted sum.",
  currencyOf: (place: string) => `Currency ${place}`,
  /** Before and after the rate: "1 EUR =" "USD". */
  one: (currency: string) => `1 ${currency} =`,
  rateOf: (currency: string, own: string) => `What 1 ${currency} is worth in ${own}`,
  unnamed: "unit",
  remove: (currency: string) => `Remove ${currency}`,
  add: "Add currency",
  save: "Save currencies",
  saved: "Currencies saved",
  faults: {
    noCurrency: "Choose a currency.",
    isOwn: "This is your own currency.",
    isTwice: "Give each currency one rate.",
    noRate: "Enter a number above 0 such as 1.0842, with at most 9 digits on either side.",
    rates: "Correct the rates that are marked.",
  },
};
