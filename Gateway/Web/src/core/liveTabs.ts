import { type LiveEvent, readEvents, type StreamedEvent } from "./eventStream";
import { Signal } from "./signal";

// One connection for all tabs of a browser: the tab that holds the lock has it and passes on what it
// hears. When that tab goes, the lock goes to another one, which goes on where the first was.

type Message =
  | { is: "event"; event: LiveEvent | null; place: string }
  | { is: "state"; live: boolean }
  /** A tab that has just begun asks how things stand. */
  | { is: "asking" };

const firstDelay = 500;
const longestDelay = 15_000;

/** Live events for this tab, whichever tab has the connection. */
export class LiveTabs {
  readonly events = new Signal<LiveEvent>();
  /** Whether the connection stands, whenever that changes. */
  readonly states = new Signal<boolean>();
  private readonly abort = new AbortController();
  private readonly channel: BroadcastChannel;
  private place = "";
  private live = false;
  private leads = false;
  private wake: (() => void) | null = null;

  /**
   * @param session - tells browsers' tabs of different members apart
   * @param renew - makes the session good again, where that is possible without its person
   */
  constructor(
    private readonly session: string,
    private readonly renew: () => Promise<boolean>,
  ) {
    this.channel = new BroadcastChannel(`leadmesh events ${session}`);
    this.channel.onmessage = (message: MessageEvent<Message>) => this.hear(message.data);
    this.send({ is: "asking" });
    void this.lead();
  }

  get isLive(): boolean {
    return this.live;
  }

  /** Tries to connect at once, where it waits to try again. */
  retry(): void {
    this.wake?.();
  }

  close(): void {
    this.abort.abort();
    this.channel.close();
  }

  private hear(message: Message): void {
    switch (message.is) {
      case "asking":
        if (this.leads) this.send({ is: "state", live: this.live });
        break;
      case "state":
        this.setLive(message.live);
        break;
      case "event":
        if (message.place !== "") this.place = message.place;
        if (message.event !== null) this.events.send(message.event);
    }
  }

  private send(message: Message): void {
    this.channel.postMessage(message);
  }

  private async lead(): Promise<void> {
    const { signal } = this.abort;
    try {
      await navigator.locks.request(`leadmesh events ${this.session}`, { signal }, () => this.follow());
    } catch (failure) {
      if (!signal.aborted) throw failure;
    }
  }

  /** Holds the connection until this tab goes. */
  private async follow(): Promise<void> {
    const { signal } = this.abort;
    let delay = firstDelay;
    this.leads = true;
    while (!signal.aborted) {
      const end = await readEvents(
        this.place,
        (event) => {
          delay = firstDelay;
          this.pass(event);
        },
        signal,
      );
      if (signal.aborted) return;
      this.tell(false);
      if (end === "signedOut" && !(await this.renew())) delay = longestDelay;
      await this.wait(delay * (0.75 + Math.random() / 2));
      delay = Math.min(2 * delay, longestDelay);
    }
  }

  private pass({ event, place }: StreamedEvent): void {
    this.tell(true);
    const message: Message = { is: "event", event, place };
    this.send(message);
    this.hear(message);
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
      this.abort.signal.addEventListener("abort", () => this.wake?.(), { once: true });
    });
  }
}
