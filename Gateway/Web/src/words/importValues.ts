// Values of a file that are replaced by others.

import { plural } from "./counts";
import { isolated } from "./sentences";

export const words = {
  title: "Values",
  hint:
    "These columns name members, stages or other records. Say what is meant where a value is called " +
    "otherwise: a row with a value that means nothing is refused.",
  column: (heading: string, field: string) => `${isolated(heading)}: ${isolated(field)}`,
  table: (heading: string) => `Table of values of ${isolated(heading)}`,
  from: "In the file",
  to: "Is read as",
  readAs: (value: string) => `What ${isolated(value)} is read as`,
  asItIs: "Not known: choose one",
  nothing: "No value",
  allKnown: (count: number) => `${plural(count, "value is", "values are")} known as written.`,
  noValues: "The first rows have no value here.",
  lookedUp: "Names are looked up when the file is read; a dry run says which there are none of.",
  wasReadAs: (name: string) => `was read as “${isolated(name)}”`,
};
