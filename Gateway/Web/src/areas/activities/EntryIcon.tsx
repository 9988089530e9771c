import { Icon, type IconName, Picture } from "../../parts/Icon";

const icons: Readonly<Record<string, IconName>> = {
  call: "phone",
  email: "mail",
  meeting: "calendar",
  task: "tasks",
  field_update: "edit",
};

/** Pictures that nothing else has. */
const pictures: Readonly<Record<string, string>> = {
  note: "M3 2.5h10V10l-3.5 3.5H3zM9.5 13.5V10H13M5.5 5.5h5M5.5 8h3",
  status_change: "M3 8h9.5M9 4.5L12.5 8 9 11.5",
};

const other = "M8 5v3.2l2 1.3M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Z";

/** What an activity, or an entry of a timeline, is; beside words that say it. */
export function EntryIcon({ kind }: { kind: string }) {
  const icon = icons[kind];
  return icon === undefined ? <Picture path={pictures[kind] ?? other} /> : <Icon name={icon} />;
}
