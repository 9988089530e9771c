import type { Area } from "../../app/areas";
import { words } from "../../words/accounts";
import { account } from "./account";

export const accountsArea: Area = {
  id: "accounts",
  title: words.screen,
  icon: "building",
  group: "work",
  address: "/accounts",
  needs: ["account.read"],
  kinds: [account],
  screens: [
    { path: "/accounts", title: words.screen, needs: ["account.read"], load: () => import("./screens").then(({ AccountList }) => ({ default: AccountList })) },
    { path: "/accounts/:id", title: words.record, needs: ["account.read"], load: () => import("./screens").then(({ AccountPage }) => ({ default: AccountPage })) },
  ],
  create: { label: words.create, needs: "account.create", load: () => import("./screens").then(({ NewAccount }) => ({ default: NewAccount })) },
};
