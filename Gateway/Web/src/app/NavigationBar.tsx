import { Icon, type IconName } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { Logo } from "../parts/Logo";
import { useRoute } from "./navigation";
import { useWorkspace } from "./workspace";

interface Place {
  to: string;
  icon: IconName;
  label: string;
  screens: string[];
  /** Shown to whoever has one of these. */
  needs: string[];
}

const places: Place[] = [
  {
    to: "/leads",
    icon: "leads",
    label: "Leads",
    screens: ["leads", "lead"],
    needs: ["lead.read"],
  },
  {
    to: "/imports",
    icon: "imports",
    label: "Imports",
    screens: ["imports", "newImport", "import"],
    needs: ["import.read"],
  },
  {
    to: "/settings",
    icon: "settings",
    label: "Settings",
    screens: ["settings"],
    needs: ["member.read", "lead_status.read", "scoring_rule.read"],
  },
];

interface Props {
  isNarrow: boolean;
  isPhone: boolean;
  /** Whether its width is a choice here. */
  hasToggle: boolean;
  toggle: () => void;
}

/** Where one can go: at the left, or on a phone at the bottom. */
export function NavigationBar({ isNarrow, isPhone, hasToggle, toggle }: Props) {
  const { permissions, session } = useWorkspace();
  const { screen } = useRoute();
  const open = places.filter((place) => place.needs.some((each) => permissions.may(each)));
  return (
    <nav className="navigation" aria-label="Main">
      {!isPhone && (
        <div className="navigation-tenant" title={session.tenant_name}>
          <Logo />
          <span className="navigation-label">{session.tenant_name || "Leadmesh"}</span>
        </div>
      )}
      <ul>
        {open.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              className="navigation-link"
              aria-current={place.screens.includes(screen) ? "page" : undefined}
              title={isNarrow ? place.label : undefined}
            >
              <Icon name={place.icon} size={20} />
              <span className="navigation-label">{place.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      {hasToggle && (
        <IconButton
          className="navigation-toggle"
          icon={isNarrow ? "expand" : "collapse"}
          label={isNarrow ? "Widen navigation" : "Narrow navigation"}
          onClick={toggle}
        />
      )}
    </nav>
  );
}
