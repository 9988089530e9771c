interface Timer {
  at: number;
  run: () => void;
}

/** Timers of the page that go off when a test says that time has passed. */
export interface FakeTimers {
  pass: (milliseconds: number) => void;
  /** How many wait to go off. */
  waiting: () => number;
}

/** Runs a test with timers of its own in the place of `setTimeout` and `clearTimeout`. */
export function withTimers(body: (timers: FakeTimers) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const { setTimeout, clearTimeout } = globalThis;
    const timers = new Map<number, Timer>();
    let now = 0;
    let last = 0;
    Object.assign(globalThis, {
      setTimeout: (run: () => void, after = 0) => {
        last += 1;
        timers.set(last, { at: now + after, run });
        return last;
      },
      clearTimeout: (timer: number) => timers.delete(timer),
    });
    const pass = (milliseconds: number) => {
      const end = now + milliseconds;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        const [id, { at, run }] = due;
        timers.delete(id);
        now = at;
        run();
      }
      now = end;
    };
    try {
      await body({ pass, waiting: () => timers.size });
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    }
  };
}
