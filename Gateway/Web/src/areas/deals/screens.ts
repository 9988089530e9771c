// The screens of deals, loaded together when the first of them is opened; their board is loaded later.

import "../../app/firstLoad";
import "./face";
import "./rules";

export { default as DealList } from "./DealList";
export { default as DealPage } from "./DealPage";
export { default as NewDeal } from "./NewDeal";
