import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeImport } from "../src/core/importApi.generated";
import { ApiError, readProblem } from "../src/core/problem";
import { base64, chunkBytes, sha256, upload } from "../src/core/upload";

interface Chunk {
  offset: number;
  content: string;
  digest: string;
}

/** A server that keeps chunks, after failing as often as told. */
function sinkFailing(statuses: number[]) {
  const chunks: Chunk[] = [];
  return {
    chunks,
    async appendImportContent(id: string, offset: number, content: string, digest: string) {
      const status = statuses.shift();
      if (status !== undefined) throw new ApiError(readProblem(status, {}));
      chunks.push({ offset, content, digest });
      return decodeImport({ id, received_bytes: String(offset + atob(content).length) });
    },
  };
}

function run(file: Blob, from: number, sink: ReturnType<typeof sinkFailing>, pauses: number[]) {
  return upload({
    id: "import_1",
    file,
    from,
    sink,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    pause: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  });
}

const file = new Blob([new Uint8Array(2 * chunkBytes + 5).fill(65)]);

describe("Uploading a file", () => {
  test("sends it in chunks with their digests", async () => {
    const sink = sinkFailing([]);
    await run(file, 0, sink, []);
    assert.deepEqual(
      sink.chunks.map((chunk) => chunk.offset),
      [0, chunkBytes, 2 * chunkBytes],
    );
    const last = sink.chunks[2];
    assert.equal(last?.content, "QUFBQUE=");
    assert.equal(last?.digest, await sha256(new Uint8Array(5).fill(65)));
  });

  test("goes on from where the server is", async () => {
    const sink = sinkFailing([]);
    await run(file, chunkBytes + 7, sink, []);
    const sent = sink.chunks.map((chunk) => [chunk.offset, atob(chunk.content).length]);
    assert.deepEqual(sent, [[chunkBytes + 7, chunkBytes - 2]]);
  });

  test("waits longer each time the server is away, then sends the same chunk", async () => {
    const sink = sinkFailing([503, 0, 502]);
    const pauses: number[] = [];
    await run(new Blob(["abc"]), 0, sink, pauses);
    assert.deepEqual(pauses, [500, 1000, 2000]);
    assert.equal(sink.chunks.length, 1);
  });

  test("gives up at once when it is refused", async () => {
    const sink = sinkFailing([403]);
    await assert.rejects(
      run(new Blob(["abc"]), 0, sink, []),
      (error) => error instanceof ApiError && error.isForbidden,
    );
  });
});

describe("The digest and the encoding of a chunk", () => {
  test("are those of the standards' examples", async () => {
    const abc = new TextEncoder().encode("abc");
    assert.equal(
      await sha256(abc),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    assert.equal(base64(new TextEncoder().encode("foobar")), "Zm9vYmFy");
    assert.equal(base64(new Uint8Array(0)), "");
  });

  test("hold for more than one step's worth of bytes", () => {
    const big = new Uint8Array(100_000).map((_, index) => index % 251);
    assert.equal(atob(base64(big)).length, big.length);
  });
});
