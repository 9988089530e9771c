import { useEffect, useRef } from "react";
import type { Api } from "../core/api";
import { LiveTabs } from "../core/liveTabs";
import { LiveUpdates } from "../core/liveUpdates";
import type { NameBook } from "../core/nameBook";
import type { RecordApi } from "../core/recordApi";
import type { Session } from "../core/types";
import { kinds, picklists } from "./areas";
import type { Directory } from "./directory";

interface Live {
  api: Api;
  records: RecordApi;
  book: NameBook;
  session: Session;
  directory: Directory;
  sessionChanged: () => void;
}

/**
 * Follows what others do for as long as the page is open; the root element has `data-live` while it can.
 */
export function useLive({ api, records, book, session, directory, sessionChanged }: Live): void {
  const latest = useRef({ sessionChanged, reload: directory.reload });
  latest.current = { sessionChanged, reload: directory.reload };
  const memberId = session.member.id;
  useEffect(() => {
    const { client } = api;
    const tabs = new LiveTabs(memberId, () => client.recovered(), () => client.firstPlace.told());
    const updates = new LiveUpdates(records, {
      kinds: () => kinds,
      sessionChanged: () => latest.current.sessionChanged(),
      otherChanged: (object) => {
        if (object === "" || object === "member" || object === "tenant" || object in picklists) latest.current.reload();
      },
    });
    const forget = [
      tabs.events.listen((event) => {
        if (event.is === "change") book.forget(event.id);
        updates.take(event);
      }),
      tabs.states.listen(showLive),
      api.client.reached.listen((reached) => reached && tabs.retry()),
    ];
    return () => {
      for (const each of forget) each();
      tabs.close();
      updates.close();
      showLive(false);
    };
  }, [api, records, book, memberId]);
}

function showLive(isLive: boolean): void {
  document.documentElement.toggleAttribute("data-live", isLive);
}
