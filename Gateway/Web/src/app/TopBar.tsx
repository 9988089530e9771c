import { initials } from "../core/format";
import { navigate } from "../core/navigation";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Menu } from "../parts/Menu";
import { type Area, areaAt, areas } from "./areas";
import { Bell } from "./Bell";
import { useCreating } from "./creating";
import { SearchBox } from "./SearchBox";
import { type Theme, useTheme } from "./theme";
import { useAddress } from "./useAddress";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";
import { words as fields } from "../words/fields";

interface Props {
  openPalette: () => void;
  openShortcuts: () => void;
}

/** Search, quick create, notifications and the person. */
export function TopBar({ openPalette, openShortcuts }: Props) {
  const creating = useCreating();
  const address = useAddress();
  // A screen has one accent: in a list the button for a new record, beside an open one that record's main action.
  const [path = "/", search = ""] = address.split("?");
  const area = areaAt(path);
  const here = area?.create;
  const isAbout = area?.group !== "manage";
  const first = creating.offered.find((each) => each === here) ?? creating.offered[0];
  const isList = ["/", areas[0]?.address].includes(path) || (here !== undefined && startsOf(area).includes(path));
  const isNext = isList && !new URLSearchParams(search).has("open");
  return (
    <header className="top">
      <SearchBox openPalette={openPalette} />
      <IconButton icon="command" label={words.top.palette} className="top-palette" onClick={openPalette} />
      {first !== undefined && (
        <span className="top-creates">
          {isAbout && (
            <button
              type="button"
              className={`button top-create ${isNext ? "button-main" : ""}`}
              onClick={() => creating.begin(first)}
            >
              <Icon name="plus" />
              <span>{first.label}</span>
            </button>
          )}
          {(!isAbout || creating.offered.length > 1) && (
            <Menu
              label={words.top.create}
              placement="bottom-end"
              entries={creating.offered.map((each) => ({
                label: each.label,
                run: () => creating.begin(each),
              }))}
              button={(button) =>
                isAbout ? (
                  <IconButton icon="down" label={words.top.create} className="top-creates-more" {...button} />
                ) : (
                  <button type="button" className="button top-create" {...button}>
                    <Icon name="plus" />
                    <span>{words.top.new}</span>
                  </button>
                )
              }
            />
          )}
        </span>
      )}
      <Bell />
      <PersonMenu openShortcuts={openShortcuts} />
    </header>
  );
}

/** Where an area begins, and its lists. */
function startsOf(area: Area | undefined): readonly string[] {
  return area === undefined ? [] : [area.address, ...area.kinds.map(({ address }) => address)];
}

function PersonMenu({ openShortcuts }: { openShortcuts: () => void }) {
  const { session, signOut } = useWorkspace();
  const { theme, set } = useTheme();
  const { member } = session;
  return (
    <Menu
      label={words.person.menu}
      placement="bottom-end"
      button={(button) => (
        <button
          type="button"
          className="top-person"
          aria-label={words.person.button(member.display_name)}
          {...button}
        >
          {initials(member.display_name)}
        </button>
      )}
      entries={[
        {
          title: words.person.title(member.display_name, fields.roles[member.role] ?? member.role),
          items: [{ label: words.person.password, run: () => navigate("/settings/password") }],
        },
        {
          title: words.person.theme,
          items: (Object.keys(words.themes) as Theme[]).map((each) => ({
            label: words.themes[each],
            checked: theme === each,
            run: () => set(each),
          })),
        },
        {
          title: "",
          items: [
            { label: words.person.shortcuts, shortcut: "?", run: openShortcuts },
            { label: words.person.signOut, run: signOut },
          ],
        },
      ]}
    />
  );
}
