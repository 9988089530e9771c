// The screens of activities, and the timelines of all records, loaded together when the first of them is opened.

import "../../app/firstLoad";
import "./face";
import "./rules";

export { default as ActivityList } from "./ActivityList";
export { default as ActivityPage } from "./ActivityPage";
export { default as Composer } from "./Composer";
export { default as NewActivity } from "./NewActivity";
export { default as Story } from "./Story";
