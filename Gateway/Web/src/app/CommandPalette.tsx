import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { navigate } from "../core/navigation";
import { folded } from "../core/options";
import { Icon, type IconName } from "../parts/Icon";
import { Modal } from "../parts/Modal";
import { words as all } from "../words/palette";
import { areas } from "./areas";
import { useCreating } from "./creating";
import { useTheme } from "./theme";
import { useFound } from "./useFound";
import { useWorkspace } from "./workspace";

const words = all.palette;

export interface Command {
  id: string;
  label: string;
  /** A second line. */
  detail?: string;
  icon: IconName;
  /** Shown at its end. */
  group?: keyof typeof words.groups;
  run: () => void;
}

/** The most characters that a search accepts in any language. */
const mostCharacters = 200;

/** Goes anywhere, does anything, finds any record: by a few letters. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const own = useCommands();
  const found = useFound(text);
  const wanted = folded(text.trim());
  const matching = own.filter((each) => wanted === "" || folded(each.label).includes(wanted));
  const shown = [...matching, ...found.kinds.flatMap((each) => each.commands)];
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => setActive(0), [text]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1;
    if (event.key === "ArrowDown") setActive((before) => (before >= last ? 0 : before + 1));
    else if (event.key === "ArrowUp") setActive((before) => (before <= 0 ? last : before - 1));
    else if (event.key === "Enter") run(shown[active]);
    else return;
    event.preventDefault();
  };
  const optionId = (place: number) => `${listId}-${place}`;
  const options = (commands: readonly Command[]) =>
    commands.map((command) => {
      const place = shown.indexOf(command);
      return (
        <div
          key={command.id}
          id={optionId(place)}
          role="option"
          aria-selected={place === active}
          className="palette-option"
          onPointerMove={() => setActive(place)}
          onClick={() => run(command)}
        >
          <Icon name={command.icon} />
          <span className="option-words">
            <bdi className="option-label">{command.label}</bdi>
            {command.detail !== undefined && <bdi className="option-detail">{command.detail}</bdi>}
          </span>
          {command.group !== undefined && <span className="muted">{words.groups[command.group]}</span>}
        </div>
      );
    });
  return (
    <Modal className="palette" labelledBy={`${listId}-title`} leaves onClose={onClose}>
      <h2 id={`${listId}-title`} className="unseen">
        {words.title}
      </h2>
      <input
        className="palette-input"
        role="combobox"
        aria-label={words.input}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={shown.length > 0 ? optionId(active) : undefined}
        placeholder={words.placeholder}
        autoComplete="off"
        maxLength={mostCharacters}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={listId} role="listbox" aria-label={words.list} className="palette-list">
        {options(matching)}
        {found.kinds.map(({ title, commands }) => (
          <div key={title} role="group" aria-label={title}>
            <div className="menu-title" role="presentation">
              {title}
            </div>
            {options(commands)}
          </div>
        ))}
      </div>
      <div role="status">
        {found.missing !== "" && <p className="palette-none muted">{found.missing}</p>}
        {shown.length === 0 && found.missing === "" && (
          <p className="palette-none muted">{words.nothing}</p>
        )}
      </div>
    </Modal>
  );
}

/** All places and all actions that are available from anywhere. */
function useCommands(): Command[] {
  const { permissions, undo, signOut } = useWorkspace();
  const creating = useCreating();
  const theme = useTheme();
  return useMemo(() => {
    const places = areas
      .filter((area) => permissions.mayAny(area.needs))
      .flatMap((area) => [
        { title: area.title, address: area.address, needs: [], icon: area.icon },
        ...(area.places ?? []).map((place) => ({ ...place, icon: area.icon })),
      ])
      .filter((place) => permissions.mayAny(place.needs))
      .map(({ title, address, icon }): Command => ({
        id: `go ${address}`,
        label: title,
        icon,
        group: "go",
        run: () => navigate(address),
      }));
    const creates = creating.offered.map((create): Command => ({
      id: `do ${create.label}`,
      label: create.label,
      icon: "plus",
      group: "do",
      run: () => creating.begin(create),
    }));
    const latest = undo.latest();
    const others: Command[] = [
      {
        id: "theme",
        label: words.useTheme[theme.following],
        icon: "theme",
        group: "do",
        run: () => theme.set(theme.following),
      },
      { id: "sign out", label: words.signOut, icon: "person", group: "do", run: signOut },
    ];
    if (latest !== null) {
      const run = () => void undo.undo().catch(() => undefined);
      others.unshift({ id: "undo", label: words.undo(latest.label), icon: "undo", group: "do", run });
    }
    return [...creates, ...places, ...others];
  }, [permissions, undo, signOut, creating, theme]);
}
