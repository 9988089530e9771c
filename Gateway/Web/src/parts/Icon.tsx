const paths = {
  home: "M2.5 7.5l5.5-5 5.5 5M4 6.5v7h8v-7M6.5 13.5V9.5h3v4",
  people: "M8 8.5a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 13.5c.6-2.3 2.8-3.5 5.5-3.5s4.9 1.2 5.5 3.5",
  imports: "M8 2.5v7.5M5 7l3 3 3-3M2.5 11v1.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11",
  settings:
    "M2.5 4.5h5M11.5 4.5h2M9.5 6.25a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5ZM2.5 11.5h2M8.5 11.5h5M6.5 13.25a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5Z",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3",
  plus: "M8 3v10M3 8h10",
  chart: "M2.5 2.5v11h11M5.5 11V8M8.5 11V4.5M11.5 11V6.5",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.5l3.5 3.5L13 5",
  down: "M4 6l4 4 4-4",
  up: "M4 10l4-4 4 4",
  collapse: "M10 4L6 8l4 4",
  expand: "M6 4l4 4-4 4",
  open: "M9.5 2.5h4v4M13.5 2.5L8 8M6.5 3.5h-3a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3",
  phone:
    "M4.2 2.5h1.6l1.2 3-1.5 1.2a8 8 0 0 0 3.8 3.8L10.5 9l3 1.2v1.6a1.7 1.7 0 0 1-1.9 1.7C6.8 13 3 9.2 2.5 4.4a1.7 1.7 0 0 1 1.7-1.9Z",
  mail: "M2.5 4h11v8.5h-11zM2.5 4.5L8 9l5.5-4.5",
  warning: "M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1",
  person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM3 13.5c.5-2.3 2.5-3.5 5-3.5s4.5 1.2 5 3.5",
  copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
  trash: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9",
  more:
    "M4.2 8a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM8.7 8a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM13.2 8a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0Z",
  grip:
    "M6.7 4a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM10.7 4a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM6.7 8a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM10.7 8a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM6.7 12a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0ZM10.7 12a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0Z",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5V5M10.5 2.5V5",
  top: "M3 3h10M8 13V6M5 9l3-3 3 3",
  bottom: "M3 13h10M8 3v7M5 7l3 3 3-3",
  columns: "M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9",
  command: "M5.5 5.5h5v5h-5zM5.5 5.5V4A1.5 1.5 0 1 0 4 5.5h1.5M10.5 5.5V4A1.5 1.5 0 1 1 12 5.5h-1.5M5.5 10.5V12A1.5 1.5 0 1 1 4 10.5h1.5M10.5 10.5V12A1.5 1.5 0 1 0 12 10.5h-1.5",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11",
  undo: "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8h-2",
  deal: "M2.5 3.5h3v9h-3zM6.5 3.5h3v6h-3zM10.5 3.5h3v3.5h-3z",
  building: "M4 13.5v-11h6v11M10 6.5h3v7M2.5 13.5h11M6 5.5h2M6 8h2M6 10.5h2",
  card: "M2.5 3.5h11v9h-11zM6 8.2a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6ZM4.2 10.8c.3-1 1-1.4 1.8-1.4s1.5.4 1.8 1.4M9.8 6.5h2M9.8 9h2",
  tasks: "M2.5 2.5h11v11h-11zM5 8l2.2 2.2L11 6",
  pulse: "M2.5 8.5H5l2-5.5 2.5 10 1.7-4.5h2.3",
  folder: "M2.5 3.5h4l1.5 2h5.5v7h-11z",
  archive: "M2.5 3h11v3h-11zM3.5 6v7.5h9V6M6.5 9h3",
  edit: "M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2z",
  bell: "M3 11.5h10c-1-1-1.5-2-1.5-4.5a3.5 3.5 0 0 0-7 0C4.5 9.5 4 10.5 3 11.5ZM6.5 13.5h3",
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words or with a tooltip; it carries no information alone. */
export function Icon({ name, size = 16 }: { name: IconName; size?: 16 | 20 }) {
  return <Picture path={paths[name]} size={size} />;
}

/** A picture that only some screens load, with its drawing: `path` is in a square of 16 by 16. */
export function Picture({ path, size = 16 }: { path: string; size?: 16 | 20 }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={path} />
    </svg>
  );
}
