import "./face";

export { RecordPanel as default } from "../../records/RecordPanel";
