import { useState } from "react";
import { initials } from "../core/format";
import { readLeadList } from "../core/leadList";
import { roleNames } from "../core/permissions";
import { Icon } from "../parts/Icon";
import { Popover } from "../parts/Popover";
import { NewLeadDialog } from "../screens/leads/NewLeadDialog";
import { useRoute } from "./navigation";
import { SearchBox } from "./SearchBox";
import { useWorkspace } from "./workspace";

/** Search, quick create and the person. */
export function TopBar() {
  const { permissions, firstList } = useWorkspace();
  const [creating, setCreating] = useState(false);
  const route = useRoute();
  // A screen has one accent; beside an open record the next thing to do is the record's.
  const isNext = route.screen === "leads" && readLeadList(route.search, firstList).open === "";
  return (
    <header className="top">
      <SearchBox />
      {permissions.may("lead.create") && (
        <button
          type="button"
          className={`button top-create ${isNext ? "button-main" : ""}`}
          onClick={() => setCreating(true)}
        >
          <Icon name="plus" />
          <span>New lead</span>
        </button>
      )}
      <PersonMenu />
      {creating && <NewLeadDialog onClose={() => setCreating(false)} />}
    </header>
  );
}

function PersonMenu() {
  const { session, signOut } = useWorkspace();
  const { member } = session;
  return (
    <Popover
      label="You"
      align="end"
      button={(toggle) => (
        <button type="button" className="top-person" aria-label={`You: ${member.display_name}`} {...toggle}>
          {initials(member.display_name)}
        </button>
      )}
    >
      {() => (
        <div className="person-menu">
          <strong>{member.display_name}</strong>
          <span className="muted">{member.email}</span>
          <span className="muted">{roleNames[member.role] ?? member.role}</span>
          <button type="button" className="button" onClick={signOut}>
            Sign out
          </button>
        </div>
      )}
    </Popover>
  );
}
