import type { MouseEvent } from "react";
import { useWorkspace } from "../app/workspace";
import { recordAddress } from "../core/recordKind";
import { words } from "../words/moving";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { Menu } from "../parts/Menu";
import type { BoardDrag } from "../parts/useBoardDrag";
import type { BoardSource } from "./boardSource";
import { useKnown } from "./useRecord";

interface Props {
  source: BoardSource;
  id: string;
  drag: BoardDrag;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

/** One record on a board: its name and its most important facts. */
export function BoardCard({ source, id, drag, isOpen, onOpen }: Props) {
  const { permissions } = useWorkspace();
  const record = useKnown(id);
  if (record === undefined) return <div className="board-card" aria-busy="true" />;
  const { kind } = source;
  const title = kind.title(record);
  const { name, facts } = source.card(record);
  const refusal = drag.refusal(id);
  const own = source.menu?.(record) ?? null;
  const menu = own?.label ?? words.board.menu(title);
  const openBeside = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(id);
  };
  const mayMove = !source.isFixed && permissions.mayEdit(kind, record);
  return (
    <article
      className={`board-card ${isOpen ? "board-card-open" : ""}`}
      aria-label={title}
      {...(mayMove ? drag.card(id) : {})}
    >
      <div className="board-card-head">
        {mayMove && (
          <button type="button" className="icon-button" {...drag.handle(id)}>
            <Icon name="grip" />
          </button>
        )}
        <Link className="board-card-name" to={recordAddress(kind, id)} onClick={openBeside}>
          {name}
        </Link>
        {mayMove && (
          <Menu
            label={menu}
            placement="bottom-end"
            entries={own?.entries ?? drag.menu(id)}
            button={(button) => <IconButton icon="more" label={menu} {...button} />}
          />
        )}
      </div>
      {facts}
      {refusal !== undefined && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </article>
  );
}
