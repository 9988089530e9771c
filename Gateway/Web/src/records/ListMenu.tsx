import { Suspense, useState } from "react";
import { lazyPart } from "../app/lazyScreen";
import { useWorkspace } from "../app/workspace";
import { chosenColumns } from "../core/columnFit";
import type { ListState } from "../core/listState";
import type { RecordKind } from "../core/recordKind";
import { IconButton } from "../parts/IconButton";
import { Menu } from "../parts/Menu";
import { words as all } from "../words/lists";
import { exportAddress } from "./BulkBar";
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
  const mayExport = permissions.may(`${kind.object}.export`) && query === "";
  const exported = exportAddress(kind, { filter: filter === "" ? "true" : filter });
  return (
    <>
      <Menu
        label={words.name}
        placement="bottom-end"
        entries={[
          { label: words.columns, icon: "columns", run: () => setChoosing(true) },
          { label: words.end, icon: "down", run: () => void shown.list.jump("end") },
          mayExport && {
            label: words.export(kind),
            icon: "imports",
            run: () => download(exported),
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

/** Lets the browser keep what is at an address. */
function download(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
