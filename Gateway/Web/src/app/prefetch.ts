import type { Api } from "../core/api";
import { firstDayOfWeek } from "../core/periods";
import { listQuery } from "../core/recordApi";
import { listSearch, readList } from "../core/listState";
import { listedFields } from "../core/recordKind";
import { findRoute } from "../core/routes";
import { kinds, screens } from "./areas";
import { prefetchDirectory } from "./directory";

/**
 * Requests the screen of the address and its list together with the session, as the last member here would
 * see them: they most likely are still signed in.
 */
export function prefetchScreen(api: Api): void {
  const member = api.lastMember;
  if (member === null) return;
  const path = location.pathname === "/" ? (screens[0]?.path ?? "/") : location.pathname;
  const found = findRoute(screens, path);
  void found?.route.load();
  prefetchDirectory(api.client, found?.route.area);
  const kind = kinds.find((each) => each.address === path);
  if (kind === undefined) return;
  const state = readList(kind, location.search, kind.firstList(member));
  const asking = { member: member.id, now: new Date(), firstDay: firstDayOfWeek(navigator.language) };
  const search = listSearch(kind, state, asking);
  api.client.prefetch(kind.api, listQuery(kind, search, listedFields(kind), { token: "" }));
}
