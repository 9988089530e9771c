import { type ComponentType, lazy } from "react";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const attempts = 3;
const pause = 400;

/** Loaded parts of the page, by how they are loaded. */
const loaded = new Map<unknown, ComponentType<never>>();

/**
 * A part of the page that is loaded when it is first shown. If it does not arrive, it is requested again a few
 * times, and once more on retry.
 */
export function lazyPart<P>(load: Load<P>): ComponentType<P> {
  const known = loaded.get(load);
  if (known !== undefined) return known as unknown as ComponentType<P>;
  const part = lazy(() => persistently(load)) as unknown as ComponentType<P>;
  loaded.set(load, part as ComponentType<never>);
  return part;
}

/** Parts that did not arrive in spite of retries. */
const failed = new Set<unknown>();

/** Allows all parts that could not be loaded to be tried again. */
export function forgetFailedParts(): void {
  for (const load of failed) loaded.delete(load);
  failed.clear();
}

async function persistently<P>(load: Load<P>): Promise<{ default: ComponentType<P> }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load();
    } catch (failure) {
      if (attempt === attempts) {
        failed.add(load);
        throw failure;
      }
      await new Promise((resolve) => setTimeout(resolve, attempt * pause));
    }
  }
}
