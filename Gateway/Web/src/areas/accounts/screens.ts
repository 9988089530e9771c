// The screens of accounts, loaded together when the first of them is opened.

import "../../app/firstLoad";
import "./face";
import "./rules";

export { default as AccountList } from "./AccountList";
export { default as AccountPage } from "./AccountPage";
export { default as NewAccount } from "./NewAccount";
