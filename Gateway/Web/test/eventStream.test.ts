import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EventParser, readEvents, type StreamedEvent } from "../src/core/eventStream";

const change = {
  is: "change",
  object: "lead",
  id: "lead_1",
  etag: "3",
  action: "update",
  fields: ["status", "name"],
};
const stream = [
  ": a comment",
  "retry: 3000",
  "event: hello",
  `data: {"resumed":true}`,
  "",
  "event: change",
  `data: {"object":"lead","id":"lead_1","etag":"3",`,
  `data:"action":"update","fields":["status","name"]}`,
  "id: place 1",
  "",
  ":",
  "event: many",
  `data: {"object":"lead"}`,
  "",
  "id: place 2",
  "",
  "event: brand-new",
  `data: {"x":"😀"}`,
  "",
  "event: session",
  "data: {}",
  "unknown: x",
  "",
  "",
].join("\n");

/** What a parser makes of a text in parts. */
function parsed(parts: readonly string[]): StreamedEvent[] {
  const parser = new EventParser();
  return parts.flatMap((part) => parser.take(part));
}
const whole: StreamedEvent[] = [
  { event: { is: "hello", resumed: true }, place: "" },
  { event: change as StreamedEvent["event"], place: "place 1" },
  { event: { is: "many", object: "lead" }, place: "" },
  { event: null, place: "place 2" },
  { event: { is: "session" }, place: "" },
];

describe("A stream of events", () => {
  test("is taken apart, comments and what nobody knows left out", () => {
    assert.deepEqual(parsed([stream]), whole);
  });

  test("is the same wherever it is cut, with every kind of line ending", () => {
    for (const ending of ["\n", "\r\n", "\r"]) {
      const text = stream.replace(/\n/g, ending);
      // A lone carriage return at the end may be half of an ending.
      const closed = ending === "\r" ? `${text}: end` : text;
      for (let at = 0; at <= closed.length; at += 1) {
        assert.deepEqual(parsed([closed.slice(0, at), closed.slice(at)]), whole, `${ending.length} at ${at}`);
      }
      assert.deepEqual(parsed([...closed]), whole);
    }
  });

  test("has an event only once its empty line is there", () => {
    assert.deepEqual(parsed(["event: reset\ndata: {}\n"]), []);
    assert.deepEqual(parsed(["event: reset\ndata: {}\n", "\n"]), [{ event: { is: "reset" }, place: "" }]);
  });

  test("reads what is not of its type as nothing, and takes a broken one for one without data", () => {
    assert.deepEqual(parsed([`event: change\ndata: {"object":7,"fields":"x"}\n\n`])[0]?.event, {
      is: "change",
      object: "",
      id: "",
      etag: "",
      action: "",
      fields: [],
    });
    assert.deepEqual(parsed(["event: hello\ndata: {\n\n"])[0]?.event, { is: "hello", resumed: false });
    assert.deepEqual(parsed(["event: many\n\n"])[0]?.event, { is: "many", object: "" });
  });

  test("moves to no place that could not be sent back", () => {
    const huge = "x".repeat(1_000_000);
    for (const place of [huge, "a\u0000b", "plätze", "tab\there"]) {
      assert.deepEqual(parsed([`id: ${place}\nevent: reset\ndata: {}\n\n`]), [{ event: { is: "reset" }, place: "" }]);
    }
    assert.deepEqual(parsed([`event: reset\nid: ${"y".repeat(8192)}\n\n`])[0]?.place.length, 8192);
  });

  test("takes off one blank after the colon, and needs none", () => {
    assert.equal(parsed(["id:  two\n\n"])[0]?.place, " two");
    assert.equal(parsed(["id:none\n\n"])[0]?.place, "none");
  });
});

describe("A connection", () => {
  const answering = (answer: () => Response | Promise<Response>) => {
    const sent: Headers[] = [];
    const transport = async (_: unknown, request?: RequestInit) => {
      sent.push(new Headers(request?.headers));
      return answer();
    };
    return { sent, transport };
  };
  const read = async (place: string, answer: () => Response | Promise<Response>, stop = new AbortController()) => {
    const { sent, transport } = answering(answer);
    const events: StreamedEvent[] = [];
    const end = await readEvents(place, (event) => events.push(event), stop.signal, transport);
    return { sent, events, end };
  };

  test("goes on after a place, and from now on without one", async () => {
    const first = await read("", () => new Response(stream));
    assert.equal(first.sent[0]?.get("Last-Event-ID"), null);
    assert.deepEqual(first.events, whole);
    assert.equal(first.end, "closed");
    const second = await read("place 2", () => new Response(""));
    assert.equal(second.sent[0]?.get("Last-Event-ID"), "place 2");
  });

  test("reads characters that are cut between their bytes", async () => {
    const bytes = new TextEncoder().encode(`event: many\ndata: {"object":"😀é"}\n\n`);
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
        controller.close();
      },
    });
    const { events } = await read("", () => new Response(body));
    assert.deepEqual(events[0]?.event, { is: "many", object: "😀é" });
  });

  test("says how it ended", async () => {
    assert.equal((await read("", () => new Response("", { status: 401 }))).end, "signedOut");
    assert.equal((await read("x", () => new Response("", { status: 400 }))).end, "misplaced");
    assert.equal((await read("", () => new Response("", { status: 503 }))).end, "unreachable");
    assert.equal((await read("", () => Promise.reject(new TypeError("fetch failed")))).end, "unreachable");
  });
});
