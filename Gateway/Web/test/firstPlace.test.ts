import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ApiClient } from "../src/core/client";
import { withTimers } from "./fakeTimers";
import { settled } from "./store";

/** A client whose calls are answered by a test, each with the place at which it came. */
function asking() {
  const calls: { sent: Headers; answer: (place: string | null, status?: number) => Promise<void> }[] = [];
  const client = new ApiClient(
    (_, request) =>
      new Promise((resolve) => {
        calls.push({
          sent: new Headers(request?.headers),
          answer: (place, status = 200) => {
            const headers = place === null ? {} : { "X-Events-Place": place };
            resolve(new Response("{}", { status, headers }));
            return settled();
          },
        });
      }),
  );
  const get = () => void client.get("/api/v1/leads").catch(() => undefined);
  return { client, calls, get };
}

async function told(...places: (string | null)[]): Promise<string> {
  const { client, calls, get } = asking();
  for (const _ of places) get();
  for (const [at, place] of places.entries()) await calls[at]?.answer(place);
  return client.firstPlace.told();
}

describe("The place before a page's first question", () => {
  test("is the earliest of those at which its questions came, whichever was answered first", async () => {
    assert.equal(await told("x-8 eight", "x-7 seven.seven", "x-10 ten"), "seven.seven");
  });

  test("is not known when one question came at no known place, or to another gateway", async () => {
    assert.equal(await told("x-8 eight", null), "");
    assert.equal(await told("x-8 eight", "y-7 seven"), "");
    assert.equal(await told("x-8 eight", "what?"), "");
    assert.equal(await told(), "");
  });

  test("waits for what is being asked, and no question asks for it afterwards", async () => {
    const { client, calls, get } = asking();
    get();
    get();
    let place: string | null = null;
    void client.firstPlace.told().then((found) => {
      place = found;
    });
    await calls[0]?.answer("x-2 two");
    assert.equal(place, null);
    await calls[1]?.answer("x-1 one");
    assert.equal(place, "one");
    get();
    assert.deepEqual(calls.map(({ sent }) => sent.has("X-Events-Place")), [true, true, false]);
    assert.equal(await client.firstPlace.told(), "");
  });

  test("does not hold up events for an answer that does not come", withTimers(async (timers) => {
    const { client, calls, get } = asking();
    get();
    get();
    await calls[0]?.answer("x-2 two");
    let place: string | null = null;
    void client.firstPlace.told().then((found) => {
      place = found;
    });
    await settled();
    assert.equal(place, null);
    timers.pass(3_000);
    await settled();
    assert.equal(place, "");
  }));

  test("does not come of signing in, nor of what is refused", async () => {
    const { client, calls, get } = asking();
    void client.post("/api/v1/auth:login", {}, { isAboutSession: true });
    get();
    get();
    assert.equal(calls[0]?.sent.has("X-Events-Place"), false);
    await calls[0]?.answer(null);
    await calls[1]?.answer(null, 403);
    await calls[2]?.answer("x-3 three");
    assert.equal(await client.firstPlace.told(), "three");
  });
});
