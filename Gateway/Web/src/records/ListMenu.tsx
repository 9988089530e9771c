import { Suspense, useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import { chosenColumns, type ColumnRoom, withoutRoom } from "../core/columnFit";
import { calendarPart, type ListState } from "../core/listState";
import { navigate } from "../core/navigation";
import type { RecordKind } from "../core/recordKind";
import { IconButton } from "../parts/IconButton";
import { Menu } from "../parts/Menu";
import { words as all } from "../words/lists";
import { useExport } from "./useExport";
import type { ShownList } from "./useRecordList";

const words = all.menu;

const ColumnsDialog = lazyPart(async () => ({ default: (await import("./dialogs")).ColumnsDialog }));

interface Props {
  kind: RecordKind;
  state: ListState;
  shown: ShownList;
  /** The room that its columns have; null while there are none. */
  room: ColumnRoom | null;
  change: (next: Partial<ListState>) => void;
  importAddress: string | undefined;
}

/** What can be done with a list as a whole. */
export function ListMenu({ kind, state, shown, room, change, importAddress }: Props) {
  const { permissions } = useWorkspace();
  const [isChoosing, setChoosing] = useState(false);
  const { filter, query } = shown.search;
  const mayExport = permissions.may(`${kind.object}.export`) && !kind.lacks.has("export");
  const exporting = useExport(kind, state.columns);
  const columns = chosenColumns(kind.columns, state.columns);
  const isCalendar = calendarPart(state.as) !== null;
  const hasEnds = !isCalendar && !kind.lacks.has("from_end");
  // An open panel takes room for a while, and a phone shows only a few columns, whichever were chosen.
  const isSaid = state.columns !== null && state.open === "" && room !== null && !room.isPhone;
  const left = isSaid ? withoutRoom(columns, room).length : 0;
  return (
    <>
      {left > 0 && (
        <button type="button" className="button-quiet list-note" onClick={() => setChoosing(true)}>
          {words.noRoom(left)}
        </button>
      )}
      <Menu
        label={words.name}
        placement="bottom-end"
        entries={[
          !isCalendar && { label: words.columns, icon: "columns", run: () => setChoosing(true) },
          hasEnds && { label: words.start, icon: "top", run: () => void shown.list.jump("start") },
          hasEnds && { label: words.end, icon: "bottom", run: () => void shown.list.jump("end") },
          mayExport && {
            label: query === "" ? words.export(kind) : words.noExport(kind),
            icon: "imports",
            disabled: query !== "",
            run: () => void exporting({ filter }),
          },
          importAddress !== undefined && {
            label: words.import(kind),
            icon: "imports",
            run: () => navigate(importAddress),
          },
        ]}
        button={(button) => <IconButton icon="more" label={words.button} {...button} />}
      />
      <Suspense fallback={null}>
        {isChoosing && (
          <ColumnsDialog
            columns={kind.columns}
            chosen={columns}
            room={room}
            onDone={(columns) => {
              setChoosing(false);
              if (columns !== undefined) change({ columns });
            }}
          />
        )}
      </Suspense>
    </>
  );
}
