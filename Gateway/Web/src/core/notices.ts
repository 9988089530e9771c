export interface NoticeAction {
  label: string;
  run: () => void;
}

/** A message that does not stop the work. */
export interface Notice {
  id: number;
  text: string;
  tone: "done" | "failed";
  action: NoticeAction | null;
  /** The id of the record that it is about; "" for none in particular. */
  about: string;
}

/** The recent notices, oldest first. */
export class NoticeBoard {
  private notices: readonly Notice[] = [];
  private nextId = 1;
  private readonly listeners = new Set<() => void>();

  /** @param limit - how many are shown at once; the oldest is removed for a new one */
  constructor(private readonly limit = 3) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly shown = (): readonly Notice[] => this.notices;

  /** @returns the id of the notice, to dismiss it */
  done(text: string, action: NoticeAction | null = null, about = ""): number {
    return this.add(text, "done", action, about);
  }

  failed(text: string): void {
    this.add(text, "failed", null, "");
  }

  /** Removes notices about a record that is gone. */
  forget(about: string): void {
    this.set(this.notices.filter((each) => each.about !== about));
  }

  dismiss(id: number): void {
    this.set(this.notices.filter((each) => each.id !== id));
  }

  private add(
    text: string,
    tone: Notice["tone"],
    action: NoticeAction | null,
    about: string,
  ): number {
    const notice = { id: this.nextId, text, tone, action, about };
    this.nextId += 1;
    this.set([...this.notices, notice].slice(-this.limit));
    return notice.id;
  }

  private set(notices: readonly Notice[]): void {
    this.notices = notices;
    for (const listener of this.listeners) listener();
  }
}
