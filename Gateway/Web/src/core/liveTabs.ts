import { type LiveEvent, readEvents, type StreamedEvent } from "./eventStream";
import { Signal } from "./signal";

// One connection for all tabs of a browser: the tab that holds the lock has it and forwards its
// events. When that tab closes, the lock goes to another one, which continues where the first was.

type Message =
  | { is: "event"; event: LiveEvent | null; place: string }
  | { is: "state"; live: boolean }
  /** A tab that has just begun asks for the present state. */
  | { is: "asking" };

const firstDelay = 500;
const longestDelay = 15_000;

/** What tabs need of the browser to share a connection. */
export interface TabBrowser {
  channel: (name: string) => Pick<BroadcastChannel, "postMessage" | "close" | "onmessage">;
  /** Undefined where pages have none, as over plain HTTP: then each tab has a connection of its own. */
  locks: Pick<LockManager, "request"> | undefined;
  read: typeof readEvents;
}

const thisBrowser = (): TabBrowser => ({
  channel: (name) => new BroadcastChannel(name),
  locks: (navigator as { locks?: LockManager }).locks,
  read: readEvents,
});

/** Live events for this tab, whichever tab has the connection. */
export class LiveTabs {
  readonly events = new Signal<LiveEvent>();
  /** Whether the connection is open, announced whenever that changes. */
  readonly states = new Signal<boolean>();
  private readonly abort = new AbortController();
  private readonly channel: ReturnType<TabBrowser["channel"]>;
  private place = "";
  private live = false;
  /** Whether this tab has the connection. */
  private isHolder = false;
  /** Whether this tab has heard of a connection. */
  private hasBegun = false;
  private wake: (() => void) | null = null;

  /**
   * @param session - distinguishes the tabs of different members
   * @param renew - recovers the session, which may take until its member has signed in
   * @param firstPlace - where the page's first connection continues; "" for from now on
   */
  constructor(
    private readonly session: string,
    private readonly renew: () => Promise<boolean>,
    private readonly firstPlace: () => Promise<string>,
    private readonly browser: TabBrowser = thisBrowser(),
  ) {
    this.channel = browser.channel(`leadmesh events ${session}`);
    if (browser.locks !== undefined) {
      this.channel.onmessage = (message: MessageEvent<Message>) => this.hear(message.data);
    }
    this.abort.signal.addEventListener("abort", () => this.wake?.());
    // The response is for listeners that are there by then.
    queueMicrotask(() => this.send({ is: "asking" }));
    void this.hold();
  }

  get isLive(): boolean {
    return this.live;
  }

  /** Tries to connect at once, if it is waiting to try again. */
  retry(): void {
    this.wake?.();
  }

  close(): void {
    this.abort.abort();
    this.channel.close();
  }

  /** @param isOwn - whether it comes from this tab's own connection, which began where this page did */
  private hear(message: Message, isOwn = false): void {
    switch (message.is) {
      case "asking":
        if (this.isHolder) this.send({ is: "state", live: this.live });
        break;
      case "state":
        this.setLive(message.live);
        if (message.live) this.join();
        break;
      case "event":
        if (message.place !== "") this.place = message.place;
        if (message.event !== null) this.take(message.event, isOwn);
    }
  }

  private take(event: LiveEvent, isOwn: boolean): void {
    const isFirst = !this.hasBegun;
    this.hasBegun = true;
    // Another tab's connection began where that tab did: this one may have missed what came before it listened.
    if (!isFirst || isOwn) return this.events.send(event);
    this.events.send({ is: "hello", resumed: false });
    if (event.is !== "hello") this.events.send(event);
  }

  /** Another tab's connection is already open. */
  private join(): void {
    if (!this.hasBegun) this.take({ is: "hello", resumed: false }, false);
  }

  private send(message: Message): void {
    if (this.browser.locks !== undefined && !this.abort.signal.aborted) this.channel.postMessage(message);
  }

  /** Waits until this tab has the connection. */
  private async hold(): Promise<void> {
    const { signal } = this.abort;
    const { locks } = this.browser;
    if (locks === undefined) return this.follow();
    try {
      await locks.request(`leadmesh events ${this.session}`, { signal }, () => this.follow());
    } catch (failure) {
      if (!signal.aborted) throw failure;
    }
  }

  /** Keeps the connection until this tab closes. */
  private async follow(): Promise<void> {
    const { signal } = this.abort;
    let delay = firstDelay;
    this.isHolder = true;
    if (this.place === "") this.place = await this.firstPlace();
    while (!signal.aborted) {
      const end = await this.browser.read(
        this.place,
        (event) => {
          delay = firstDelay;
          this.pass(event);
        },
        signal,
      );
      if (signal.aborted) return;
      this.tell(false);
      if (end === "misplaced") this.place = "";
      if (end === "signedOut" && !(await this.renewed())) delay = longestDelay;
      await this.wait(delay * (0.75 + Math.random() / 2));
      delay = Math.min(2 * delay, longestDelay);
    }
  }

  /** Whether the session is valid again. Its member may sign in in another tab, so that is checked too. */
  private renewed(): Promise<boolean> {
    return Promise.race([this.renew(), this.wait(longestDelay).then(() => false)]);
  }

  private pass({ event, place }: StreamedEvent): void {
    if (this.abort.signal.aborted) return;
    this.tell(true);
    const message: Message = { is: "event", event, place };
    this.send(message);
    this.hear(message, true);
  }

  private tell(live: boolean): void {
    if (this.live === live) return;
    this.send({ is: "state", live });
    this.setLive(live);
  }

  private setLive(live: boolean): void {
    if (this.live === live) return;
    this.live = live;
    this.states.send(live);
  }

  private wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.abort.signal.aborted) this.wake();
    });
  }
}
