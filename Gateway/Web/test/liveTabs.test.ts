import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { LiveEvent, StreamEnd, StreamedEvent } from "../src/core/eventStream";
import { LiveTabs, type TabBrowser } from "../src/core/liveTabs";
import { type FakeTimers, withTimers } from "./fakeTimers";
import { settled } from "./store";

/** A connection that a tab has. */
interface Connection {
  place: string;
  send: (event: StreamedEvent) => void;
  end: (how: StreamEnd) => Promise<void>;
  signal: AbortSignal;
}

type Channel = ReturnType<TabBrowser["channel"]>;

/** A browser with one lock and one channel for each name, and connections that a test holds. */
function fakeBrowser({ hasLocks = true } = {}) {
  const connections: Connection[] = [];
  const channels = new Map<string, Set<Channel>>();
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const release = () => {
    isHeld = false;
    waiting.shift()?.();
  };
  const request = async (_: string, { signal }: { signal: AbortSignal }, body: () => Promise<void>) => {
    if (isHeld) {
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener("abort", () => {
          const place = waiting.indexOf(resolve);
          if (place >= 0) waiting.splice(place, 1);
          reject(new Error("aborted"));
        });
      });
    }
    isHeld = true;
    try {
      await body();
    } finally {
      release();
    }
  };
  const browser = {
    locks: hasLocks ? ({ request } as unknown as NonNullable<TabBrowser["locks"]>) : undefined,
    channel: (name: string): Channel => {
      const all = channels.get(name) ?? new Set();
      channels.set(name, all);
      const channel: Channel = {
        onmessage: null,
        close: () => void all.delete(channel),
        postMessage: (data: unknown) => {
          if (!all.has(channel)) throw new Error("the channel is closed");
          for (const other of all) {
            if (other !== channel) other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent);
          }
        },
      };
      all.add(channel);
      return channel;
    },
    read: (place: string, take: (event: StreamedEvent) => void, signal: AbortSignal) =>
      new Promise<StreamEnd>((resolve) => {
        const end = (how: StreamEnd) => {
          resolve(how);
          return settled();
        };
        signal.addEventListener("abort", () => void end("unreachable"));
        connections.push({ place, send: take, end, signal });
      }),
  };
  const tab = (session = "member_1", renew = () => Promise.resolve(true), firstPlace = "") => {
    const tabs = new LiveTabs(session, renew, () => Promise.resolve(firstPlace), browser);
    const events: LiveEvent[] = [];
    const states: boolean[] = [];
    tabs.events.listen((event) => events.push(event));
    tabs.states.listen((live) => states.push(live));
    return { tabs, events, states };
  };
  const last = (): Connection => {
    const connection = connections[connections.length - 1];
    if (connection === undefined) throw new Error("no tab has connected");
    return connection;
  };
  return { tab, connections, last };
}

const hello: StreamedEvent = { event: { is: "hello", resumed: true }, place: "" };
/** What a tab hears that may have missed something. */
const missed: LiveEvent = { is: "hello", resumed: false };
const many = (place: string): StreamedEvent => ({ event: { is: "many", object: "lead" }, place });

describe("The tabs of a browser", () => {
  test("share one connection, and all hear what it says", async () => {
    const { tab, connections, last } = fakeBrowser();
    const [first, second] = [tab(), tab()];
    await settled();
    assert.equal(connections.length, 1);
    last().send(hello);
    last().send(many("1"));
    assert.deepEqual(first.events, [hello.event, many("1").event]);
    // The connection goes on where the first tab began, which says nothing of what the second one asked.
    assert.deepEqual(second.events, [missed, hello.event, many("1").event]);
    assert.deepEqual([first.states, second.states], [[true], [true]]);
    const third = tab();
    await settled();
    assert.ok(third.tabs.isLive);
    assert.deepEqual(third.events, [missed]);
    last().send(hello);
    assert.deepEqual(third.events, [missed, hello.event]);
    assert.equal(connections.length, 1);
  });

  test("begin at the place before the first question, but for who heard of a later one", async () => {
    const { tab, connections, last } = fakeBrowser();
    const first = tab("member_1", undefined, "5");
    const second = tab("member_1", undefined, "6");
    await settled();
    assert.equal(last().place, "5");
    last().send(many("7"));
    first.tabs.close();
    await settled();
    assert.equal(last().place, "7");
    await last().end("misplaced");
    second.tabs.retry();
    await settled();
    assert.deepEqual(connections.map(({ place }) => place), ["5", "7", ""]);
  });

  test("go on where the one that held it was when it closes, and miss nothing", async () => {
    const { tab, connections, last } = fakeBrowser();
    const [first, second, third] = [tab(), tab(), tab()];
    await settled();
    last().send(many("1"));
    last().send({ event: null, place: "2" });
    last().send(many(""));
    const before = last();
    first.tabs.close();
    await settled();
    assert.ok(before.signal.aborted);
    assert.equal(connections.length, 2);
    assert.equal(last().place, "2");
    last().send(many("3"));
    assert.equal(first.events.length, 2);
    for (const { events } of [second, third]) {
      assert.deepEqual(events, [missed, many("1").event, many("").event, many("3").event]);
    }
    second.tabs.close();
    await settled();
    assert.equal(last().place, "3");
  });

  test("leave no one behind when one that waits for its turn closes", async () => {
    const { tab, connections, last } = fakeBrowser();
    const [first, second, third] = [tab(), tab(), tab()];
    await settled();
    second.tabs.close();
    first.tabs.close();
    await settled();
    assert.equal(connections.length, 2);
    last().send(hello);
    assert.deepEqual(third.events, [hello.event]);
    assert.deepEqual(second.events, []);
  });

  test("hear nothing of another member's", async () => {
    const { tab, last } = fakeBrowser();
    const [, other] = [tab("member_1"), tab("member_2")];
    await settled();
    last().send(hello);
    assert.deepEqual(other.events, []);
  });

  test("hear nothing that comes after they were closed", async () => {
    const { tab, last } = fakeBrowser();
    const only = tab();
    await settled();
    const connection = last();
    only.tabs.close();
    connection.send(hello);
    assert.deepEqual(only.events, []);
  });

  test("have a connection each where the browser has no locks, and hear each event once", async () => {
    const { tab, connections } = fakeBrowser({ hasLocks: false });
    const [first, second] = [tab(), tab()];
    await settled();
    assert.equal(connections.length, 2);
    for (const connection of connections) connection.send(hello);
    assert.deepEqual(first.events, [hello.event]);
    assert.deepEqual(second.events, [hello.event]);
  });
});

describe("A connection that ends", () => {
  const afterEnds = async (timers: FakeTimers, browser: ReturnType<typeof fakeBrowser>, ends: number) => {
    for (let turn = 0; turn < ends; turn += 1) {
      await browser.last().end("unreachable");
      timers.pass(20_000);
      await settled();
    }
  };

  test("is made again where it was, and all tabs know how things stand meanwhile", withTimers(async (timers) => {
    const browser = fakeBrowser();
    const [first, second] = [browser.tab(), browser.tab()];
    await settled();
    browser.last().send(many("7"));
    await browser.last().end("closed");
    assert.deepEqual([first.states, second.states], [[true, false], [true, false]]);
    timers.pass(650);
    await settled();
    assert.equal(browser.connections.length, 2);
    assert.equal(browser.last().place, "7");
    browser.last().send(hello);
    assert.deepEqual(second.states, [true, false, true]);
  }));

  test("is made again after longer and longer, and at once when one may expect it to stand", withTimers(async (timers) => {
    const browser = fakeBrowser();
    const { tabs } = browser.tab();
    await settled();
    await afterEnds(timers, browser, 6);
    assert.equal(browser.connections.length, 7);
    await browser.last().end("unreachable");
    timers.pass(11_000);
    await settled();
    assert.equal(browser.connections.length, 7);
    tabs.retry();
    await settled();
    assert.equal(browser.connections.length, 8);
    // One event, and the waiting begins anew.
    browser.last().send(hello);
    await browser.last().end("closed");
    timers.pass(650);
    await settled();
    assert.equal(browser.connections.length, 9);
  }));

  test("because the session did is made again once that is put right", withTimers(async (timers) => {
    const browser = fakeBrowser();
    let signIn: (isBack: boolean) => void = () => undefined;
    browser.tab("member_1", () => new Promise((resolve) => (signIn = resolve)));
    await settled();
    await browser.last().end("signedOut");
    assert.equal(browser.connections.length, 1);
    signIn(true);
    await settled();
    timers.pass(650);
    await settled();
    assert.equal(browser.connections.length, 2);
  }));

  test("because the session did is tried again, as its person may sign in elsewhere", withTimers(async (timers) => {
    const browser = fakeBrowser();
    browser.tab("member_1", () => new Promise(() => undefined));
    await settled();
    await browser.last().end("signedOut");
    timers.pass(15_000);
    await settled();
    timers.pass(20_000);
    await settled();
    assert.equal(browser.connections.length, 2);
  }));

  test("because its place is refused begins from now on", withTimers(async (timers) => {
    const browser = fakeBrowser();
    browser.tab();
    await settled();
    browser.last().send(many("broken"));
    await browser.last().end("misplaced");
    timers.pass(650);
    await settled();
    assert.equal(browser.last().place, "");
  }));

  test("is not made again by a tab that closed while it waited", withTimers(async (timers) => {
    const browser = fakeBrowser();
    const { tabs } = browser.tab();
    await settled();
    await browser.last().end("closed");
    tabs.close();
    await settled();
    timers.pass(60_000);
    await settled();
    assert.equal(browser.connections.length, 1);
    assert.equal(timers.waiting(), 0);
  }));
});
