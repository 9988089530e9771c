import { Suspense, useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import { chosenColumns } from "../core/columnFit";
import type { ListState } from "../core/listState";
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
  change: (next: Partial<ListState>) => void;
}

/** What can be done with a list as a whole. */
export function ListMenu({ kind, state, shown, change }: Props) {
  const { permissions } = useWorkspace();
  const [isChoosing, setChoosing] = useState(false);
  const { filter, query } = shown.search;
  const mayExport = permissions.may(`${kind.object}.export`) && !kind.lacks.has("export");
  const exporting = useExport(kind);
  return (
    <>
      <Menu
        label={words.name}
        placement="bottom-end"
        entries={[
          { label: words.columns, icon: "columns", run: () => setChoosing(true) },
          !kind.lacks.has("from_end") && { label: words.start, icon: "top", run: () => void shown.list.jump("start") },
          !kind.lacks.has("from_end") && { label: words.end, icon: "bottom", run: () => void shown.list.jump("end") },
          mayExport && {
            label: query === "" ? words.export(kind) : words.noExport(kind),
            icon: "imports",
            disabled: query !== "",
            run: () => void exporting({ filter }),
          },
        ]}
        button={(button) => <IconButton icon="more" label={words.button} {...button} />}
      />
      <Suspense fallback={null}>
        {isChoosing && (
          <ColumnsDialog
            columns={kind.columns}
            chosen={chosenColumns(kind.columns, state.columns)}
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
