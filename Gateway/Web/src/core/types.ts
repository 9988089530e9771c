// The resources of the REST API as this page uses them. Their types are generated from the protos: an
// int64 is a decimal string; a time is an RFC 3339 string, "" when unset.

export type { Member, Money, Rescoring } from "./api.generated";
export type {
  ColumnMapping,
  Import,
  ImportChoices,
  ImportDecision,
  ImportedValue,
  ImportFault,
  ImportNewValue,
  ImportQuestion,
  ImportReadColumn,
  ImportReading,
  ImportRemark,
  ImportRowOutcome,
  ImportRowRemark,
  ImportSample,
  ImportState,
} from "./importApi.generated";
export type { Session } from "./session";

/** One page of a list; `next` is "" on the last. */
export interface Page<T> {
  rows: T[];
  next: string;
  /** How many match in all, and whether that is only a lower bound. */
  total?: number;
  more?: boolean;
}
