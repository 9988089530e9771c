import { Dialog } from "../parts/Dialog";
import { words as all } from "../words/palette";

const words = all.shortcuts;

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);
const { keys, everywhere, list, record } = words;
const control = isMac ? "⌘" : keys.control;

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: everywhere.title,
    keys: [
      [[control, "K"], everywhere.palette],
      [["/"], everywhere.search],
      [[control, "Z"], everywhere.undo],
      [["?"], everywhere.help],
      [[keys.escape], everywhere.escape],
    ],
  },
  {
    title: list.title,
    keys: [
      [["↑", "↓", "←", "→"], list.move],
      [[keys.enter], list.open],
      [["F2"], list.edit],
      [[keys.space], list.choose],
      [[keys.shift, "↑↓"], list.range],
      [[control, "A"], list.all],
      [[keys.home], list.start],
      [[keys.end], list.end],
    ],
  },
  {
    title: record.title,
    keys: [
      [["J"], record.next],
      [["K"], record.previous],
    ],
  },
];

/** What the keyboard does. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.title} onClose={onClose}>
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
