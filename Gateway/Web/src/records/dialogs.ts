// The dialogs of a list and of its selected records, loaded together.

export { BulkBar } from "./BulkBar";
export { default as ColumnsDialog } from "./ColumnsDialog";
export { default as NeedDialog } from "./NeedDialog";
export { default as FieldBoard } from "./FieldBoard";
export { FilterEditor } from "./FilterEditor";
export { default as ViewDialog } from "./ViewDialog";
