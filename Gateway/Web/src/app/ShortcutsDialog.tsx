import { Dialog } from "../parts/Dialog";

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
const control = isMac ? "⌘" : "Ctrl";

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [[control, "K"], "Go to, do or find anything"],
      [["/"], "Search"],
      [[control, "Z"], "Undo the last change"],
      [["?"], "Show these shortcuts"],
      [["Esc"], "Close what is open, give up an edit"],
    ],
  },
  {
    title: "In a list",
    keys: [
      [["↑", "↓", "←", "→"], "Move between cells"],
      [["Enter"], "Open a record, or edit a cell"],
      [["F2"], "Edit a cell"],
      [["Space"], "Choose a row"],
      [["Shift", "↑↓"], "Choose a range of rows"],
      [[control, "A"], "Choose all rows that are loaded"],
      [["End"], "Go to the end of the list"],
    ],
  },
  {
    title: "On a record",
    keys: [
      [["J"], "Next record of the list"],
      [["K"], "Record before"],
    ],
  },
];

/** What the keyboard does. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <div className="dialog-content">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <dl className="shortcuts">
              {group.keys.map(([keys, what]) => (
                <div key={what}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
