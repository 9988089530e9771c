import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { navigate } from "../core/navigation";
import { folded } from "../core/options";
import { listedFields, recordAddress } from "../core/recordKind";
import { Icon, type IconName } from "../parts/Icon";
import { Modal } from "../parts/Modal";
import { words as all } from "../words/palette";
import { areas, kinds } from "./areas";
import { useCreating } from "./creating";
import { useTheme } from "./theme";
import { useWorkspace } from "./workspace";

const words = all.palette;

interface Command {
  id: string;
  label: string;
  detail?: string;
  icon: IconName;
  group: keyof typeof words.groups;
  run: () => void;
}

const typingPause = 120;
const mostFound = 8;

/** Goes anywhere, does anything, finds any record: by a few letters. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const own = useCommands();
  const found = useFound(text);
  const wanted = folded(text.trim());
  const matching = own.filter((each) => wanted === "" || folded(each.label).includes(wanted));
  const shown = [...matching, ...found];
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
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
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={listId} role="listbox" aria-label={words.list} className="palette-list">
        {shown.map((command, place) => (
          <li
            key={command.id}
            id={optionId(place)}
            role="option"
            aria-selected={place === active}
            className="palette-option"
            onPointerMove={() => setActive(place)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <bdi>{command.label}</bdi>
            <span className="muted">{command.detail ?? words.groups[command.group]}</span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="palette-none muted">{words.nothing}</p>}
    </Modal>
  );
}

/** Everywhere one can go, and everything one can do from anywhere. */
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

/** The records of all kinds that have these words. */
function useFound(text: string): Command[] {
  const { records, store, permissions } = useWorkspace();
  const [found, setFound] = useState<Command[]>([]);
  const query = text.trim();
  useEffect(() => {
    if (query === "") {
      setFound([]);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const searched = kinds.filter(
        (kind) => permissions.may(`${kind.object}.read`) && !kind.lacks.has("query"),
      );
      const asked = searched.map(async (kind) => {
        const search = { filter: "", query, orderBy: "" };
        const page = await records.list(kind, search, listedFields(kind), { token: "" }, abort.signal);
        return page.ids.slice(0, mostFound).flatMap((id): Command[] => {
          const record = store.get(id);
          if (record === undefined) return [];
          const run = () => navigate(recordAddress(kind, id));
          return [{ id, label: kind.title(record), detail: kind.one, icon: "search", group: "found", run }];
        });
      });
      // A kind that cannot be asked now takes nothing away from the others.
      void Promise.all(asked.map((each) => each.catch(() => []))).then((lists) => {
        if (!abort.signal.aborted) setFound(lists.flat());
      });
    }, typingPause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [records, store, permissions, query]);
  return found;
}
