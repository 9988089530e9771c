import type { RecordPage } from "./recordApi";
import { RecordList } from "./recordList";

/** A column of a board as the API returns it: some of its cards, and the sums of all. */
export interface AnsweredColumn<Sums> {
  key: string;
  page: RecordPage;
  sums: Sums;
}

/** Requests the beginnings of all columns, or the next cards of one. */
type AskBoard<Sums> = (
  after: { key: string; token: string } | null,
) => Promise<readonly AnsweredColumn<Sums>[]>;

const nothing: RecordPage = { ids: [], next: "", previous: "", total: 0, more: false };

/**
 * A board that one call answers for all columns: they begin, and are requested again, together; further cards
 * are requested column by column.
 */
export class BoardPages<Sums> {
  private readonly lists = new Map<string, RecordList>();
  private readonly sums = new Map<string, Sums>();
  private readonly listeners = new Set<() => void>();
  private beginning: Promise<ReadonlyMap<string, AnsweredColumn<Sums>>> | null = null;
  private turn = 0;

  constructor(private readonly ask: AskBoard<Sums>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever sums do. */
  readonly version = (): number => this.turn;

  /** The cards of a column. */
  list(key: string): RecordList {
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const made = new RecordList((from) => this.load(key, "token" in from ? from.token : ""));
    this.lists.set(key, made);
    return made;
  }

  /** The sums of a column; undefined until they are known. */
  sumsOf(key: string): Sums | undefined {
    return this.sums.get(key);
  }

  /** Tells that something has changed: what is shown is requested again, all columns in one call. */
  changed(): void {
    for (const list of this.lists.values()) list.changed();
  }

  /** Removes a card that the member can no longer see. */
  drop(id: string): void {
    for (const list of this.lists.values()) list.drop(id);
  }

  private async load(key: string, token: string): Promise<RecordPage> {
    const columns = token === "" ? await this.begin() : named(await this.ask({ key, token }));
    return columns.get(key)?.page ?? nothing;
  }

  /** Requests that all columns make at the same time are one call. */
  private begin() {
    if (this.beginning !== null) return this.beginning;
    const over = () => {
      if (this.beginning === asked) this.beginning = null;
    };
    const asked = this.ask(null).then((columns) => {
      over();
      for (const { key, sums } of columns) this.sums.set(key, sums);
      this.turn += 1;
      for (const listener of [...this.listeners]) listener();
      return named(columns);
    });
    this.beginning = asked;
    // Who tries again at once is not answered by the failure.
    asked.catch(over);
    // A later question is about what has changed since.
    setTimeout(() => {
      this.beginning = null;
    }, 0);
    return asked;
  }
}

function named<Sums>(columns: readonly AnsweredColumn<Sums>[]): ReadonlyMap<string, AnsweredColumn<Sums>> {
  return new Map(columns.map((column) => [column.key, column]));
}
