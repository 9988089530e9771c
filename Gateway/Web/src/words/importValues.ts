// What is said of values of a file that are replaced by others.

import { isolated } from "./sentences";

export const words = {
  wasReadAs: (name: string) => `was read as “${isolated(name)}”`,
};
