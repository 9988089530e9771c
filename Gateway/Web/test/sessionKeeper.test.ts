import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { renewEvery, SessionKeeper } from "../src/core/sessionKeeper";

const minute = 60_000;
const limit = 3600;
let now = 1_000_000_000_000;
let stored = new Map<string, string>();

/** The memory that the tabs of a browser share. */
Object.defineProperty(globalThis, "localStorage", {
  configurable: true,
  value: {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  },
});
const tab = () => new SessionKeeper(() => now);

beforeEach(() => {
  stored = new Map();
  now = 1_000_000_000_000;
});

describe("A session", () => {
  test("needs nothing while nobody does anything, and nothing more right after it was renewed", () => {
    const one = tab();
    one.began();
    now += renewEvery + 1;
    assert.equal(one.need(limit), "nothing");
    one.touch(limit);
    assert.equal(one.need(limit), "renewal");
    one.renewed();
    assert.equal(one.need(limit), "nothing");
  });

  test("is renewed by one of several tabs", () => {
    const [one, other] = [tab(), tab()];
    one.began();
    now += 10_000;
    other.touch(limit);
    now += renewEvery;
    assert.equal(one.need(limit), "renewal");
    one.renewed();
    assert.equal(other.need(limit), "nothing");
  });

  test("ends when nobody did anything for the tenant's time, in all tabs at once", () => {
    const [one, other] = [tab(), tab()];
    one.began();
    now += 30 * minute;
    other.touch(limit);
    now += 59 * minute;
    assert.notEqual(one.need(limit), "signIn");
    now += minute;
    assert.equal(one.need(limit), "signIn");
    assert.equal(other.need(limit), "signIn");
    assert.equal(one.idleSeconds, 3600);
  });

  test("that ended is not gone on with by whoever touches a key", () => {
    const one = tab();
    one.began();
    now += 61 * minute;
    assert.ok(!one.touch(limit));
    assert.equal(one.need(limit), "signIn");
    one.began();
    assert.ok(one.touch(limit));
    assert.equal(one.need(limit), "nothing");
  });

  test("does not end by itself where the tenant does not want that", () => {
    const one = tab();
    one.began();
    now += 30 * 24 * 60 * minute;
    assert.notEqual(one.need(0), "signIn");
    assert.ok(one.touch(0));
  });

  test("ends after a sleep of the device, though no time seemed to pass", () => {
    const one = tab();
    one.began();
    now += 8 * 60 * minute;
    assert.equal(one.need(limit), "signIn");
  });

  test("counts from now when the clock is set back, and still ends", () => {
    const one = tab();
    one.began();
    now -= 5 * 60 * minute;
    assert.equal(one.need(limit), "nothing");
    assert.equal(one.idleSeconds, 0);
    now += 30 * minute;
    assert.ok(one.touch(limit));
    assert.equal(one.idleSeconds, 0);
    assert.equal(one.need(limit), "renewal");
    now += 60 * minute;
    assert.equal(one.need(limit), "signIn");
  });

  test("writes down what is done at most every few seconds", () => {
    let writes = 0;
    const one = tab();
    one.began();
    const { set } = stored;
    stored.set = (key: string, value: string) => {
      writes += 1;
      return set.call(stored, key, value);
    };
    for (let turn = 0; turn < 100; turn += 1) {
      now += 100;
      one.touch(limit);
    }
    assert.equal(writes, 2);
  });

  test("goes on where the browser remembers nothing, or something strange", () => {
    const one = tab();
    stored.get = () => "soon";
    assert.equal(one.need(limit), "nothing");
    stored.get = () => {
      throw new Error("not allowed");
    };
    assert.equal(one.need(limit), "nothing");
    assert.ok(one.touch(limit));
  });
});
