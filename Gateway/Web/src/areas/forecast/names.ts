import type { Directory } from "../../app/directory";
import { periodWords } from "../../core/fiscal";
import type { Grouping } from "../../core/forecast";
import { wordsOf } from "../../core/fields";
import { words } from "../../words/forecast";

/** The name of a group's key. */
export function nameOfKey(by: Grouping, key: string, { names }: Directory): string {
  switch (by) {
    case "category":
      return columnName(key);
    case "month":
      return periodWords(key);
    case "owner":
      return key === "" ? words.figures.nobody : names.record(key) || words.figures.unnamed;
    case "team":
      return key === "" ? words.figures.noTeam : names.record(key) || words.figures.unnamed;
    case "pipeline":
      return key === "" ? words.figures.noPipeline : names.record(key) || words.figures.unnamed;
  }
}

export function columnName(id: string): string {
  return words.figures.columns[id] ?? wordsOf(id);
}
