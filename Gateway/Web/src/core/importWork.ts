import { isAbort } from "./client";
import type { FileImport, FileImports, ImportSettings } from "./fileImports";
import { sentColumns } from "./importMapping";
import { type ReadSettings, settingsOf } from "./importReading";
import { ApiError } from "./problem";
import type { ImportState } from "./types";
import { upload } from "./upload";

// Follows one import from its upload to its end, and does in turn what a person wants of it.

/** The calls that it takes. */
export type ImportCalls = Pick<
  FileImports,
  "get" | "update" | "survey" | "start" | "pause" | "cancel" | "undo" | "appendImportContent"
>;

/** A file that the page has, and whether its import starts as soon as the service has it. */
export interface HeldFile {
  file: File;
  starts: boolean;
}

/** What is known of an import, and what goes on. */
export interface WorkState {
  value: FileImport | null;
  /** Why it could not be followed, sent or changed. */
  error: unknown;
  /** Bytes sent and the file's size while it is sent from here; else null. */
  sending: { sent: number; size: number } | null;
  /** Its settings, with changes that the service does not have yet; null until it has been read. */
  settings: ReadSettings | null;
  /** Whether changes are on their way, or the file is read again for them. */
  isChanging: boolean;
  /** What the service was asked to do, until it does it. */
  asked: Order | "";
}

/** What a person may want of an import. */
export type Order = "start" | "pause" | "cancel" | "undo";

export interface WorkOptions {
  id: string;
  calls: ImportCalls;
  /** The file of the import, as long as the page has it. */
  held: () => HeldFile | null;
  /** Called once the service has all of the file. */
  sent: () => void;
  /** Called when it has ended. */
  ended: () => void;
  /** Waits between calls. */
  pause: (milliseconds: number) => Promise<void>;
  /** Called with each change. */
  show: (state: WorkState) => void;
}

const atWork: ReadonlySet<ImportState> = new Set([
  "IMPORT_STATE_SURVEYING",
  "IMPORT_STATE_RUNNING",
  "IMPORT_STATE_UNDOING",
]);

/** Milliseconds between two looks at an import that is at work: a short one is soon over. */
const [shortest, longest] = [100, 500];

export class ImportWork {
  private state: WorkState = {
    value: null,
    error: null,
    sending: null,
    settings: null,
    isChanging: false,
    asked: "",
  };
  /** The settings that changed and were not sent. */
  private unsent = new Set<keyof ReadSettings>();
  /** Another system, or other settings as they are sent. */
  private anew: Partial<ImportSettings> = {};
  private run: AbortController | null = null;

  constructor(private readonly options: WorkOptions) {}

  /** Follows the import until it needs somebody, or has ended. */
  follow(): void {
    if (this.run !== null) return;
    const run = new AbortController();
    this.run = run;
    this.change({ error: null });
    this.work(run.signal)
      .catch((error: unknown) => {
        if (isAbort(error) || run.signal.aborted) return;
        this.change({ error, sending: null, isChanging: false, asked: "" });
      })
      .finally(() => {
        if (this.run === run) this.run = null;
      });
  }

  /** Follows it no longer. */
  leave(): void {
    this.run?.abort();
    this.run = null;
  }

  /** Changes settings of an import that waits to be started; they are shown at once and sent in turn. */
  set(change: Partial<ReadSettings>): void {
    const { settings } = this.state;
    if (settings === null) return;
    for (const name of Object.keys(change)) this.unsent.add(name as keyof ReadSettings);
    this.change({ settings: { ...settings, ...change }, isChanging: true });
    this.follow();
  }

  /** Has the file read again in another way, with what the headings show by that. */
  readAs(change: Partial<ImportSettings>): void {
    this.anew = { ...this.anew, ...change };
    this.unsent.delete("fields");
    this.change({ isChanging: true });
    this.follow();
  }

  /** Does what a person wants, after what is on its way. */
  order(asked: Order): void {
    this.change({ asked });
    if (asked === "cancel" || asked === "pause") {
      // What is waited for comes later: an upload must not go on, and a look need not end.
      this.leave();
      this.change({ sending: null });
    }
    this.follow();
  }

  private async work(signal: AbortSignal): Promise<void> {
    const { calls, id } = this.options;
    let present = this.state.value ?? this.take(await calls.get(id, signal));
    let wait = shortest;
    for (;;) {
      signal.throwIfAborted();
      const before = present.state;
      const next = await this.step(present, signal);
      if (next !== null) {
        present = this.take(next);
        wait = shortest;
        continue;
      }
      if (!atWork.has(before)) return;
      await this.options.pause(wait);
      signal.throwIfAborted();
      wait = Math.min(2 * wait, longest);
      present = this.take(await patiently(() => calls.get(id, signal), present));
      if (!atWork.has(present.state) && before !== "IMPORT_STATE_SURVEYING") this.options.ended();
    }
  }

  /** Does the next thing that is due. */
  private async step(present: FileImport, signal: AbortSignal): Promise<FileImport | null> {
    const { calls, id } = this.options;
    const { asked } = this.state;
    if (asked === "cancel" && !hasEnded(present.state)) return this.done(await calls.cancel(id));
    if (asked === "pause" && present.state === "IMPORT_STATE_RUNNING") return this.done(await calls.pause(id));
    if (asked === "undo") return this.done(await calls.undo(id));
    switch (present.state) {
      case "IMPORT_STATE_RECEIVING":
        return this.send(present, signal);
      case "IMPORT_STATE_READY": {
        const change = this.due(present);
        if (change !== null) return this.sendChange(change);
        return this.startIfAsked(present);
      }
      case "IMPORT_STATE_PAUSED":
        return this.startIfAsked(present);
      default:
        return null;
    }
  }

  private async startIfAsked({ received_bytes }: FileImport): Promise<FileImport | null> {
    const { calls, id } = this.options;
    return this.state.asked === "start" ? this.done(await calls.start(id, Number(received_bytes))) : null;
  }

  private done(value: FileImport): FileImport {
    this.change({ asked: "" });
    return value;
  }

  /** Uploads the file, if the page has it, and has it read or started. */
  private async send(present: FileImport, signal: AbortSignal): Promise<FileImport | null> {
    const held = this.options.held();
    if (held === null) return null;
    const { calls, id, pause } = this.options;
    const { file } = held;
    const from = Number(present.received_bytes);
    this.change({ sending: { sent: from, size: file.size } });
    const onProgress = (sent: number) => this.change({ sending: { sent, size: file.size } });
    await upload({ id, file, from, sink: calls, signal, pause, onProgress });
    const next = held.starts ? await calls.start(id, file.size) : await calls.survey(id, file.size);
    this.options.sent();
    this.change({ sending: null });
    return next;
  }

  /** What was changed and not sent; null for nothing. */
  private due({ reading }: FileImport): Partial<ImportSettings> | null {
    const { settings } = this.state;
    const change = { ...this.anew };
    if (settings !== null) {
      for (const name of this.unsent) {
        if (name === "fields") change.mapping = sentColumns(reading?.columns ?? [], settings);
        else Object.assign(change, { [name]: settings[name] });
      }
      // Which columns are named depends on the one that identifies rows.
      if (this.unsent.has("external_id_column") && change.mapping === undefined) {
        change.mapping = sentColumns(reading?.columns ?? [], settings);
      }
    }
    return Object.keys(change).length === 0 ? null : change;
  }

  private async sendChange(change: Partial<ImportSettings>): Promise<FileImport> {
    this.unsent.clear();
    this.anew = {};
    const { calls, id } = this.options;
    try {
      // The answer has the first rows as they would be stored now.
      return await calls.update(id, change);
    } catch (error) {
      // What was refused is not shown as if it held.
      this.change({ settings: this.state.value === null ? null : settingsOf(this.state.value) });
      throw error;
    }
  }

  /** Shows an answer; what a person changed meanwhile stays. */
  private take(value: FileImport): FileImport {
    const before = this.state.settings;
    // While a file is read again, what was read before stays on screen.
    const reading = value.reading ?? this.state.value?.reading ?? null;
    const isSettled = this.unsent.size === 0 && Object.keys(this.anew).length === 0;
    const isRead = value.state !== "IMPORT_STATE_SURVEYING" && value.reading !== null;
    const settings = isRead && isSettled ? settingsOf(value) : before;
    const isChanging = !isSettled || (value.state === "IMPORT_STATE_SURVEYING" && before !== null);
    this.change({ value: { ...value, reading }, settings, isChanging });
    return value;
  }

  private change(part: Partial<WorkState>): void {
    this.state = { ...this.state, ...part };
    this.options.show(this.state);
  }
}

export function hasEnded(state: ImportState): boolean {
  return ["IMPORT_STATE_SUCCEEDED", "IMPORT_STATE_FAILED", "IMPORT_STATE_CANCELLED", "IMPORT_STATE_UNDONE"].includes(state);
}

/** A service that restarts does not end the following of an import. */
async function patiently(load: () => Promise<FileImport>, otherwise: FileImport): Promise<FileImport> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ApiError && error.isPassing) return otherwise;
    throw error;
  }
}
