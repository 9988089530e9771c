import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useWorkspace } from "../../app/workspace";
import { type AnsweredColumn, BoardPages } from "../../core/boardPages";
import { all, any, composed } from "../../core/cel";
import { type DealBoardColumn, decodeGetDealBoardResponse } from "../../core/api.generated";
import { type ListState, listSearch, withCondition } from "../../core/listState";
import type { RecordApi } from "../../core/recordApi";
import { listedFields, type Rec } from "../../core/recordKind";
import { useAsking } from "../../records/useRecordList";
import { deal } from "./deal";

/** The count and sums of a column's deals. */
export type Sums = Omit<DealBoardColumn, "stage" | "cards" | "next_page_token">;

type DealPages = BoardPages<Sums>;

/** How many cards of each column one call returns. */
export const firstCards = 20;

/** How long changes of others are collected, and the shortest time between two requests of the board. */
const pause = 20;
const least = 400;

/** The fields that cards show. */
export const cardFields: readonly string[] = [
  ...new Set([
    ...listedFields(deal),
    ...["pipeline_id", "account_id", "status", "close_date", "rot_time", "rank"],
  ]),
];

/** The board of a pipeline, kept current. `filter` is the further condition that its cards meet. */
export function useDealBoard(state: ListState, pipeline: string): { pages: DealPages; filter: string } {
  const { records, store } = useWorkspace();
  const asking = useAsking();
  const rest = withCondition(withCondition(state.conditions, "pipeline_id", null), "stage", null);
  const search = listSearch(deal, { ...state, conditions: rest }, asking);
  const filter = all([search.filter, wordsFilter(search.query)]);
  const pages = useMemo(
    () => new BoardPages<Sums>((after) => askBoard(records, pipeline, filter, after)),
    [records, pipeline, filter],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const forget = store.listen(deal.object, (news) => {
      if (news.is === "gone") pages.drop(news.id);
      if (timer !== null) return;
      timer = setTimeout(
        () => {
          timer = null;
          last = Date.now();
          pages.changed();
        },
        Math.max(pause, last + least - Date.now()),
      );
    });
    return () => {
      forget();
      if (timer !== null) clearTimeout(timer);
    };
  }, [store, pages]);
  useSyncExternalStore(pages.subscribe, pages.version);
  return { pages, filter };
}

/** The words of a search as a condition, as a board takes no words: each occurs in one of these fields. */
export function wordsFilter(query: string): string {
  const words = query.split(/\s+/).filter((word) => word !== "");
  const searched = [...deal.fields.values()].filter((field) => field.searchable === true);
  return all(
    words.map((word) => any(searched.map(({ name }) => `${name}.containsLoosely(${composed(word)})`))),
  );
}

async function askBoard(
  records: RecordApi,
  pipeline: string,
  filter: string,
  after: { key: string; token: string } | null,
): Promise<readonly AnsweredColumn<Sums>[]> {
  const { client, store } = records;
  const asked = store.ask();
  const raw = await client.get(`${deal.api}:board`, {
    pipeline_id: pipeline,
    filter,
    page_size: firstCards,
    fields: cardFields.join(","),
    stage: after?.key,
    page_token: after?.token,
  });
  return decodeGetDealBoardResponse(raw).columns.map(({ stage, cards, next_page_token, ...sums }) => {
    const found = cards as unknown as readonly Rec[];
    store.take(deal, found, cardFields, asked);
    const page = {
      ids: found.map(({ id }) => id),
      next: next_page_token,
      previous: "",
      total: Number(sums.count),
      more: false,
    };
    return { key: stage, page, sums };
  });
}
