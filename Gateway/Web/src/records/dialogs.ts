// What a list opens, loaded together.

export { default as ColumnsDialog } from "./ColumnsDialog";
export { default as RecordBoard } from "./RecordBoard";
export { default as ViewDialog } from "./ViewDialog";
