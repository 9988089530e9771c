import { Suspense, useCallback, useEffect, useState } from "react";
import { useLoaded } from "../app/hooks";
import { lazyPart } from "../app/lazyScreen";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import { listParameters, type ListState, readList, sameList } from "../core/listState";
import { explainInLine } from "../core/problem";
import type { RecordKind } from "../core/recordKind";
import type { SavedView } from "../core/api.generated";
import { Icon } from "../parts/Icon";
import { Menu } from "../parts/Menu";
import { words as all } from "../words/lists";

const words = all.views;
const ViewDialog = lazyPart(async () => ({ default: (await import("./dialogs")).ViewDialog }));

interface Props {
  kind: RecordKind;
  state: ListState;
  change: (next: Partial<ListState>) => void;
}

type Asked = { what: "save" } | { what: "rename"; view: SavedView };

/** Named lists: the member's own, and those that others share with everybody. */
export function ViewsMenu({ kind, state, change }: Props) {
  const { api, session, notices, store } = useWorkspace();
  const undoable = useUndoable();
  const load = useCallback(
    (signal: AbortSignal) => api.views.list(kind.object, signal),
    [api, kind],
  );
  const { value, reload } = useLoaded(load);
  useEffect(() => store.listen("saved_view", reload), [store, reload]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const views = value ?? [];
  const first = kind.firstList(session.member);
  const present = views.find((view) => view.id === state.view);
  // A search, or a look at the board, does not count as a change of a list that every member has.
  const alike = (list: ListState): ListState => {
    const { query, as } = state;
    const conditions = list.as === as ? list.conditions : kind.turned({ ...list, query }, as);
    return { ...list, query, as, conditions };
  };
  const isOpen = (list: ListState) => present === undefined && sameList(state, alike(list));
  const built = kind.views(session.member);
  const hasFirst = built.some(({ list }) => sameList(list, first));
  const opened = built.find(({ list }) => isOpen(list));
  const isChanged =
    present === undefined
      ? opened === undefined && !isOpen(first)
      : !sameList(state, readList(kind, present.address, first));
  const address = listParameters(state).join("&");
  const { member } = session;
  const mayChange =
    present !== undefined &&
    (present.owner_id === member.id || (present.shared && member.role === "admin"));

  const show = (list: ListState, view = "") => change({ ...list, on: state.on, open: state.open, view });
  const open = (view: SavedView | null) =>
    view === null ? show(first) : show(readList(kind, view.address, first), view.id);
  const failed = (failure: unknown) => notices.failed(explainInLine(failure));
  const update = async (view: SavedView) => {
    await api.views.update(view, { address }).then(reload, failed);
  };
  const remove = async (view: SavedView) => {
    const takeBack = () => api.views.undelete(view).then(reload);
    try {
      await api.views.delete(view);
      open(null);
      reload();
      undoable({ label: words.deleted(view.name), takeBack });
    } catch (failure) {
      failed(failure);
    }
  };
  const item = (view: SavedView) => ({
    label: view.name,
    checked: view.id === state.view,
    run: () => open(view),
  });
  const own = views.filter((view) => !view.shared);
  const shared = views.filter((view) => view.shared);
  return (
    <>
      <Menu
        label={words.name}
        button={(button) => (
          <button type="button" className="button-quiet views-button" {...button}>
            <bdi>{present?.name ?? opened?.name ?? words.all(kind)}</bdi>
            {isChanged && <span className="muted">{words.changed}</span>}
            <Icon name="down" />
          </button>
        )}
        entries={[
          {
            title: words.name,
            items: [
              ...(hasFirst ? [] : [{ label: words.first, checked: isOpen(first), run: () => open(null) }]),
              ...built.map(({ name, list }) => ({
                label: name,
                checked: isOpen(list),
                run: () => show({ ...alike(list), query: "" }),
              })),
            ],
          },
          own.length > 0 && { title: words.mine, items: own.map(item) },
          shared.length > 0 && { title: words.shared, items: shared.map(item) },
          {
            title: "",
            items: [
              ...(mayChange && isChanged
                ? [{ label: words.update(present.name), run: () => void update(present) }]
                : []),
              { label: words.saveNew, run: () => setAsked({ what: "save" }) },
              ...(mayChange
                ? [
                    {
                      label: words.rename(present.name),
                      run: () => setAsked({ what: "rename", view: present }),
                    },
                    {
                      label: words.delete(present.name),
                      danger: true,
                      run: () => void remove(present),
                    },
                  ]
                : []),
            ],
          },
        ]}
      />
      <Suspense fallback={null}>
        {asked !== null && (
          <ViewDialog
            kind={kind}
            view={asked.what === "rename" ? asked.view : null}
            address={address}
            onClose={() => setAsked(null)}
            onDone={(view) => {
              setAsked(null);
              reload();
              change({ view: view.id });
            }}
          />
        )}
      </Suspense>
    </>
  );
}
