import { Suspense, useId } from "react";
import { iconsWidth, useMedia, useTitle } from "../../app/hooks";
import { lazyPart } from "../../app/lazyScreen";
import { useAddress } from "../../app/useAddress";
import { useWorkspace } from "../../app/workspace";
import { Icon } from "../../parts/Icon";
import { Link } from "../../parts/Link";
import { Menu } from "../../parts/Menu";
import { words } from "../../words/settingScreens";
import { words as settings } from "../../words/settings";
import { sections, type SettingsSection } from "./sections";

/** What a tenant configures, a section per address: listed on the left, or in a menu if there is no room. */
export default function SettingsScreen() {
  const { permissions } = useWorkspace();
  const path = useAddress().split("?")[0] ?? "";
  const isNarrow = useMedia(iconsWidth);
  const open = sections.filter((each) => permissions.mayAny(each.needs));
  const shown = open.find((each) => each.path === path) ?? open[0];
  useTitle(shown?.title ?? words.settings);
  if (shown === undefined) return null;
  const Section = lazyPart(shown.load);
  const Sections = isNarrow ? SectionMenu : SectionList;
  return (
    <div className="screen">
      <h1>{words.settings}</h1>
      <div className="settings">
        <nav aria-label={words.settings}>
          <Sections groups={grouped(open)} shown={shown} />
        </nav>
        <div className="settings-section">
          <Suspense fallback={<div aria-busy="true" />}>
            <Section parts={{}} search="" />
          </Suspense>
        </div>
      </div>
    </div>
  );
}

interface Group {
  title: string;
  sections: readonly SettingsSection[];
}

interface Props {
  groups: readonly Group[];
  shown: SettingsSection;
}

function grouped(open: readonly SettingsSection[]): readonly Group[] {
  return (Object.keys(settings.groups) as SettingsSection["group"][])
    .map((group) => ({
      title: settings.groups[group],
      sections: open.filter((each) => each.group === group),
    }))
    .filter((group) => group.sections.length > 0);
}

function SectionList({ groups, shown }: Props) {
  return (
    <div className="settings-list">
      {groups.map((group) => (
        <SectionGroup key={group.title} group={group} shown={shown} />
      ))}
    </div>
  );
}

function SectionGroup({ group, shown }: { group: Group; shown: SettingsSection }) {
  const id = useId();
  return (
    <div>
      <p id={id} className="navigation-group">
        {group.title}
      </p>
      <ul aria-labelledby={id}>
        {group.sections.map((each) => (
          <li key={each.path}>
            <Link
              to={each.path}
              className="navigation-link"
              aria-current={each === shown ? "page" : undefined}
            >
              {each.title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SectionMenu({ groups, shown }: Props) {
  return (
    <Menu
      label={words.settings}
      entries={groups.map((group) => ({
        title: group.title,
        items: group.sections.map((each) => ({
          label: each.title,
          to: each.path,
          checked: each === shown,
        })),
      }))}
      button={(button) => (
        <button
          type="button"
          className="button settings-choice"
          aria-label={settings.section(shown.title)}
          {...button}
        >
          {shown.title}
          <Icon name="down" />
        </button>
      )}
    />
  );
}
