import type { Area } from "../../app/areas";
import { words } from "../../words/contacts";
import { contact } from "./contact";

export const contactsArea: Area = {
  id: "contacts",
  title: words.screen,
  icon: "card",
  group: "work",
  address: "/contacts",
  needs: ["contact.read"],
  kinds: [contact],
  screens: [
    { path: "/contacts", title: words.screen, needs: ["contact.read"], load: () => import("./screens").then(({ ContactList }) => ({ default: ContactList })) },
    { path: "/contacts/:id", title: words.record, needs: ["contact.read"], load: () => import("./screens").then(({ ContactPage }) => ({ default: ContactPage })) },
  ],
  create: { label: words.create, needs: "contact.create", load: () => import("./screens").then(({ NewContact }) => ({ default: NewContact })) },
};
