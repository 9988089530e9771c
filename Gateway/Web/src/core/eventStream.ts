import * as json from "./json";

// Server-sent events (WHATWG HTML, section 9.2), read from a fetch rather than an EventSource, so that a tab that
// takes over the connection from another one can continue where that one was.

/** What the server reports of others' changes. */
export type LiveEvent =
  /** The connection is open; whether nothing was missed since the last one. */
  | { is: "hello"; resumed: boolean }
  | { is: "change"; object: string; id: string; etag: string; action: string; fields: string[] }
  /** Too many changes of a kind to report one by one. */
  | { is: "many"; object: string }
  /** It is unknown what was missed. */
  | { is: "reset" }
  /** The member, or what they may do, has changed. */
  | { is: "session" };

/** An event, with the place to continue after. */
export interface StreamedEvent {
  event: LiveEvent | null;
  /** "" if the place did not move. */
  place: string;
}

/** What a header can contain, so that the place can be sent back. */
const sendable = /^[\x20-\x7e]{0,8192}$/;

/** Splits a stream of text into events; an incomplete one waits for the rest. */
export class EventParser {
  private rest = "";
  private name = "";
  private data: string[] = [];
  private place = "";

  take(text: string): StreamedEvent[] {
    const events: StreamedEvent[] = [];
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") this.end(events);
      else this.line(line);
    }
    return events;
  }

  private line(line: string): void {
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.name = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id" && sendable.test(value)) this.place = value;
  }

  private end(events: StreamedEvent[]): void {
    const event = this.name === "" ? null : readEvent(this.name, this.data.join("\n"));
    if (event !== null || this.place !== "") events.push({ event, place: this.place });
    this.name = "";
    this.data = [];
    this.place = "";
  }
}

function readEvent(name: string, data: string): LiveEvent | null {
  const from = json.object(parsed(data));
  switch (name) {
    case "hello":
      return { is: "hello", resumed: json.flag(from["resumed"]) };
    case "reset":
    case "session":
      return { is: name };
    case "many":
      return { is: "many", object: json.text(from["object"]) };
    case "change":
      return {
        is: "change",
        object: json.text(from["object"]),
        id: json.text(from["id"]),
        etag: json.text(from["etag"]),
        action: json.text(from["action"]),
        fields: json.list(from["fields"], json.text),
      };
    default:
      return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** How a connection ended. */
export type StreamEnd = "closed" | "signedOut" | "unreachable" | "misplaced";

/**
 * Reads events until the connection ends.
 *
 * @param place - where to continue after; "" for from now on
 */
export async function readEvents(
  place: string,
  take: (event: StreamedEvent) => void,
  signal: AbortSignal,
  transport: typeof fetch = fetch,
): Promise<StreamEnd> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (place !== "") headers["Last-Event-ID"] = place;
  try {
    const answer = await transport("/api/v1/events", { headers, credentials: "same-origin", signal });
    if (answer.status === 401) return "signedOut";
    // The place itself is refused: sending it again is useless.
    if (answer.status === 400 || answer.status === 431) return "misplaced";
    if (!answer.ok || answer.body === null) return "unreachable";
    const parser = new EventParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return "closed";
        for (const event of parser.take(value)) take(event);
      }
    } finally {
      // Also when a listener throws: nothing stays open that nobody reads.
      void reader.cancel().catch(() => undefined);
    }
  } catch {
    return "unreachable";
  }
}
