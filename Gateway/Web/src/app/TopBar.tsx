import { initials } from "../core/format";
import { roleNames } from "../core/permissions";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Menu } from "../parts/Menu";
import { areas } from "./areas";
import { useCreating } from "./creating";
import { navigate, useAddress } from "./navigation";
import { SearchBox } from "./SearchBox";
import { type Theme, useTheme } from "./theme";
import { useWorkspace } from "./workspace";

interface Props {
  openPalette: () => void;
  openShortcuts: () => void;
}

/** Search, quick create and the person. */
export function TopBar({ openPalette, openShortcuts }: Props) {
  const creating = useCreating();
  const address = useAddress();
  const [first] = creating.offered;
  // A screen has one accent: in a list it is a new record, beside an open one what that asks for.
  const [path = "/", search = ""] = address.split("?");
  const isList = path === "/" || areas.some((area) => area.create !== undefined && area.address === path);
  const isNext = isList && !new URLSearchParams(search).has("open");
  return (
    <header className="top">
      <SearchBox />
      <IconButton icon="command" label="Command palette (Ctrl K)" className="top-palette" onClick={openPalette} />
      {first !== undefined &&
        (creating.offered.length === 1 ? (
          <button
            type="button"
            className={`button top-create ${isNext ? "button-main" : ""}`}
            onClick={() => creating.begin(first)}
          >
            <Icon name="plus" />
            <span>{first.label}</span>
          </button>
        ) : (
          <Menu
            label="New"
            entries={creating.offered.map((each) => ({
              label: each.label,
              run: () => creating.begin(each),
            }))}
            button={(button) => (
              <button type="button" className={`button top-create ${isNext ? "button-main" : ""}`} {...button}>
                <Icon name="plus" />
                <span>New</span>
              </button>
            )}
          />
        ))}
      <PersonMenu openShortcuts={openShortcuts} />
    </header>
  );
}

const themeNames: Record<Theme, string> = { system: "As the device", light: "Light", dark: "Dark" };

function PersonMenu({ openShortcuts }: { openShortcuts: () => void }) {
  const { session, signOut } = useWorkspace();
  const { theme, set } = useTheme();
  const { member } = session;
  return (
    <Menu
      label="You"
      placement="bottom-end"
      button={(button) => (
        <button
          type="button"
          className="top-person"
          aria-label={`You: ${member.display_name}`}
          {...button}
        >
          {initials(member.display_name)}
        </button>
      )}
      entries={[
        {
          title: `${member.display_name} · ${roleNames[member.role] ?? member.role}`,
          items: [{ label: "Change password", run: () => navigate("/settings/password") }],
        },
        {
          title: "Theme",
          items: (Object.keys(themeNames) as Theme[]).map((each) => ({
            label: themeNames[each],
            checked: theme === each,
            run: () => set(each),
          })),
        },
        {
          title: "",
          items: [
            { label: "Keyboard shortcuts", shortcut: "?", run: openShortcuts },
            { label: "Sign out", run: signOut },
          ],
        },
      ]}
    />
  );
}
