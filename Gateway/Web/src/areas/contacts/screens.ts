// The screens of contacts, loaded together when the first of them is opened.

import "../../app/firstLoad";
import "./face";
import "./rules";

export { default as ContactList } from "./ContactList";
export { default as ContactPage } from "./ContactPage";
export { default as NewContact } from "./NewContact";
