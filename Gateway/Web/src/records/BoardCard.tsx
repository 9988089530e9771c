import type { MouseEvent } from "react";
import { useWorkspace } from "../app/workspace";
import { type Column, recordAddress, type RecordKind } from "../core/recordKind";
import { words } from "../words/parts";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { Menu } from "../parts/Menu";
import type { BoardDrag } from "../parts/useBoardDrag";
import { GridCell } from "./GridCell";
import { useKnown } from "./useRecord";

interface Props {
  kind: RecordKind;
  id: string;
  columns: readonly Column[];
  /** Whether people cannot change what the columns stand for. */
  isFixed: boolean;
  drag: BoardDrag;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

/** So many columns of the list stand on a card. */
const onCard = 3;

/** One record on a board: what it is called, and what counts most of it. */
export function BoardCard({ kind, id, columns, isFixed, drag, isOpen, onOpen }: Props) {
  const { permissions } = useWorkspace();
  const record = useKnown(id);
  if (record === undefined) return <div className="board-card" aria-busy="true" />;
  const title = kind.title(record);
  const [first, ...others] = columns;
  const refusal = drag.refusal(id);
  const openBeside = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(id);
  };
  const mayMove = !isFixed && permissions.mayEdit(kind, record);
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
          {first === undefined ? title : <GridCell kind={kind} column={first} record={record} />}
        </Link>
        {mayMove && (
          <Menu
            label={words.board.menu(title)}
            placement="bottom-end"
            entries={drag.menu(id)}
            button={(button) => <IconButton icon="more" label={words.board.menu(title)} {...button} />}
          />
        )}
      </div>
      <div className="board-card-facts">
        {others.slice(0, onCard).map((column) => (
          <span key={column.id}>
            <GridCell kind={kind} column={column} record={record} />
          </span>
        ))}
      </div>
      {refusal !== undefined && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </article>
  );
}
