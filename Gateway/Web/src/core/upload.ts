import { ApiError } from "./problem";
import type { Import } from "./types";

export const chunkBytes = 1024 * 1024;

/** How much of a file the server has, in bytes. */
type Received = Pick<Import, "received_bytes">;

/** What an upload needs of the API. */
export interface ContentSink {
  appendImportContent(
    id: string,
    offset: number,
    content: string,
    sha256: string,
    signal?: AbortSignal,
  ): Promise<Received>;
}

export interface Upload {
  id: string;
  file: Blob;
  /** How many bytes the server already has. */
  from: number;
  sink: ContentSink;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
  /** Waits between attempts. */
  pause: (milliseconds: number) => Promise<void>;
}

const attempts = 6;

/** Uploads a file from where the server is, chunk by chunk; failures that may pass are tried again. */
export async function upload(job: Upload): Promise<void> {
  let offset = job.from;
  while (offset < job.file.size) {
    job.signal.throwIfAborted();
    const bytes = new Uint8Array(await job.file.slice(offset, offset + chunkBytes).arrayBuffer());
    const received = await sendChunk(job, offset, bytes);
    const next = Number(received.received_bytes);
    if (!(next > offset)) throw new Error(`the server did not take the chunk at ${offset}`);
    offset = next;
    job.onProgress(offset);
  }
}

async function sendChunk(job: Upload, offset: number, bytes: Uint8Array): Promise<Received> {
  const content = base64(bytes);
  const digest = await sha256(bytes);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await job.sink.appendImportContent(job.id, offset, content, digest, job.signal);
    } catch (error) {
      const passes = error instanceof ApiError && error.isPassing;
      if (!passes || attempt === attempts) throw error;
      await job.pause(250 * 2 ** attempt);
      job.signal.throwIfAborted();
    }
  }
}

/** 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** RFC 4648, with padding. */
export function base64(bytes: Uint8Array): string {
  const step = 0x8000;
  let text = "";
  for (let start = 0; start < bytes.length; start += step) {
    text += String.fromCharCode(...bytes.subarray(start, start + step));
  }
  return btoa(text);
}
