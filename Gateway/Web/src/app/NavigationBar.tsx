import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { Logo } from "../parts/Logo";
import { Menu } from "../parts/Menu";
import { Tooltip } from "../parts/Tooltip";
import { type Area, areaOf, areas } from "./areas";
import { useAddress } from "./useAddress";
import { useWorkspace } from "./workspace";
import { words } from "../words/app";

interface Props {
  isNarrow: boolean;
  isPhone: boolean;
  /** Whether its width can be chosen here. */
  hasToggle: boolean;
  toggle: () => void;
}

/** How many entries of daily work a phone's bottom bar shows; the others are behind More. */
const mostOnPhone = 4;

/** The places to go to: on the left in groups, or on a phone at the bottom. */
export function NavigationBar({ isNarrow, isPhone, hasToggle, toggle }: Props) {
  const { permissions, session } = useWorkspace();
  const open = areas.filter((area) => permissions.mayAny(area.needs));
  if (isPhone) return <BottomBar open={open} />;
  const groups = (Object.keys(words.navigation.groups) as (keyof typeof words.navigation.groups)[]).map((group) => ({
    title: words.navigation.groups[group],
    areas: open.filter((area) => area.group === group),
  }));
  return (
    <nav className="navigation" aria-label={words.navigation.name}>
      <div className="navigation-tenant" title={session.tenant_name}>
        <Logo />
        <bdi className="navigation-label">{session.tenant_name || words.product}</bdi>
      </div>
      <div className="navigation-groups">
        {groups
          .filter((group) => group.areas.length > 0)
          .map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h2 className="navigation-group navigation-label">{group.title}</h2>
              <ul>
                {group.areas.map((area) => (
                  <li key={area.id}>
                    <AreaLink area={area} isNarrow={isNarrow} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
      {hasToggle && (
        <IconButton
          className="navigation-toggle"
          icon={isNarrow ? "expand" : "collapse"}
          label={isNarrow ? words.navigation.widen : words.navigation.narrow}
          onClick={toggle}
        />
      )}
    </nav>
  );
}

function AreaLink({ area, isNarrow }: { area: Area; isNarrow: boolean }) {
  const isHere = useAreaHere() === area;
  const link = (
    <Link to={area.address} className="navigation-link" aria-current={isHere ? "page" : undefined}>
      <Icon name={area.icon} size={20} />
      <span className="navigation-label">{area.title}</span>
    </Link>
  );
  return isNarrow ? (
    <Tooltip text={area.title} placement="right" isName>
      {link}
    </Tooltip>
  ) : (
    link
  );
}

/** The area on screen; undefined if there is none. */
function useAreaHere(): Area | undefined {
  const { permissions } = useWorkspace();
  const path = useAddress().split("?")[0] ?? "/";
  if (path === "/" || path === "/login") return areas.find((each) => permissions.mayAny(each.needs));
  return areaOf(path);
}

/** The first entries of daily work; More has the others, and is marked when one of them is on screen. */
function BottomBar({ open }: { open: readonly Area[] }) {
  const here = useAreaHere();
  const shown = open.filter(({ group }) => group === "work").slice(0, mostOnPhone);
  const others = open.filter((area) => area.group !== null && !shown.includes(area));
  const isInOthers = here !== undefined && others.includes(here);
  return (
    <nav className="navigation" aria-label={words.navigation.name}>
      <ul>
        {shown.map((area) => (
          <li key={area.id}>
            <AreaLink area={area} isNarrow={false} />
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <Menu
              label={words.navigation.more}
              placement="top-end"
              entries={others.map((area) => ({ label: area.title, icon: area.icon, to: area.address }))}
              button={(button) => (
                <button
                  type="button"
                  className="navigation-link"
                  aria-current={isInOthers ? "true" : undefined}
                  {...button}
                >
                  <Icon name="more" size={20} />
                  <span className="navigation-label">{words.navigation.more}</span>
                </button>
              )}
            />
          </li>
        )}
      </ul>
    </nav>
  );
}
