// The screens of accounts.

import { isolated } from "./sentences";

export const words = {
  none: "There are none yet. Make one, import a file, or convert a lead.",
  contacts: "Contacts",
  children: "Parts of it",
  archived: "Archived",
  archiving: {
    archive: "Archive",
    unarchive: "Take back from the archive",
    archived: (name: string) => `${isolated(name)} archived`,
    unarchived: (name: string) => `${isolated(name)} is back`,
  },
  health: {
    title: "Health",
    most: "of 100",
    none: "No health rule counts. An administrator sets them under Settings, Account health.",
    rules: "Rules of the health",
    limited: "Kept between 0 and 100",
    notMet: (points: string) => `not met (${points})`,
    notMeasured: "not measured yet",
    history: "History of health",
    change: (from: string, to: string) => (from === "" ? `${to} at first` : `From ${from} to ${to}`),
  },
  addresses: {
    title: "Addresses",
    names: { billing_address: "Billing address", shipping_address: "Shipping address" },
    /** @param address - "Billing address" */
    part: (address: string, part: string) => `${address}: ${part.toLowerCase()}`,
    edit: (name: string) => `Edit ${name}`,
    save: "Save",
    parts: {
      street: "Street",
      postal_code: "Postal code",
      city: "City",
      state: "State",
      country: "Country",
    },
  },
};
