// The dialogs of a list and of its selected records, and the search in some of them, loaded together.

import "../app/firstLoad";

export { BulkBar } from "./BulkBar";
export { default as ColumnsDialog } from "./ColumnsDialog";
export { default as NeedDialog } from "./NeedDialog";
export { default as FieldBoard } from "./FieldBoard";
export { FilterEditor } from "./FilterEditor";
export { findRecords } from "./findRecords";
export { default as ViewDialog } from "./ViewDialog";
