import { useState } from "react";
import type { BoardColumn } from "../core/boardMoves";
import { Refusal } from "../core/problem";
import { words } from "../words/moving";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Menu } from "../parts/Menu";
import { OptionMark } from "../parts/OptionList";
import { SortableList } from "../parts/SortableList";
import { Truncated } from "../parts/Truncated";
import { useBoardDrag } from "../parts/useBoardDrag";
import { statuses } from "./floatingParts";
import { longName, Shown } from "./shown";

const steps = [
  ...statuses.map((status) => ({ ...status, id: status.value, name: status.label })),
  { id: "long", name: longName, value: "long", label: longName },
];

export function Sorting() {
  const [entries, setEntries] = useState(steps);
  const order = (ids: readonly string[]) =>
    setEntries(ids.flatMap((id) => entries.filter((entry) => entry.id === id)));
  return (
    <Shown title="Sortable list">
      <SortableList label="Steps" entries={entries} onMove={order}>
        {(entry) => (
          <span className="shown-entry">
            <OptionMark option={entry} />
            <Truncated text={entry.name} />
          </span>
        )}
      </SortableList>
      <SortableList label="Fixed steps" entries={steps.slice(0, 2)} onMove={order} disabled>
        {(entry) => entry.name}
      </SortableList>
    </Shown>
  );
}

const names: Record<string, string> = {
  open: "Open",
  talks: "In talks",
  frozen: "Frozen",
  won: "Won",
};

export function Board() {
  const [columns, setColumns] = useState<readonly BoardColumn[]>([
    { id: "open", cards: ["Acme", "Globex", "Initech"] },
    { id: "talks", cards: ["Umbrella"] },
    { id: "frozen", cards: ["Hooli"], closed: true },
    { id: "won", cards: [] },
  ]);
  const move = async (card: string, column: string, before: string | null) => {
    await Promise.resolve();
    if (card === "Umbrella" && column === "won") throw new Refusal("It has no amount yet");
    setColumns((present) =>
      present.map((each) => {
        const cards = each.cards.filter((other) => other !== card);
        if (each.id === column) {
          cards.splice(before === null ? cards.length : cards.indexOf(before), 0, card);
        }
        return { ...each, cards };
      }),
    );
  };
  const drag = useBoardDrag({
    columns,
    cardName: (card) => card,
    columnName: (column) => names[column] ?? column,
    onMove: move,
  });
  const gap = (column: string, before: string | null) =>
    drag.gap?.column === column && drag.gap.before === before && <div className="board-gap" />;
  return (
    <section className="shown" aria-label="Board">
      <h2>Board</h2>
      <p id={drag.helpId} hidden>
        {words.board.help}
      </p>
      <div className="shown-board">
        {drag.columns.map((column) => (
          <section key={column.id} aria-label={names[column.id]} {...drag.column(column.id)}>
            <h3>
              {names[column.id]} {column.cards.length}
            </h3>
            {column.cards.map((card) => (
              <div key={card}>
                {gap(column.id, card)}
                <article className="shown-card" aria-label={card} {...drag.card(card)}>
                  <button type="button" className="icon-button" {...drag.handle(card)}>
                    <Icon name="grip" />
                  </button>
                  <span className="shown-card-name">
                    {card}
                    {drag.refusal(card) !== undefined && (
                      <span className="field-error">{drag.refusal(card)}</span>
                    )}
                  </span>
                  <Menu
                    label={words.board.menu(card)}
                    entries={drag.menu(card)}
                    button={(button) => (
                      <IconButton icon="more" label={words.board.menu(card)} {...button} />
                    )}
                  />
                </article>
              </div>
            ))}
            {gap(column.id, null)}
          </section>
        ))}
      </div>
      <span className="unseen" role="status">
        {drag.says}
      </span>
    </section>
  );
}
