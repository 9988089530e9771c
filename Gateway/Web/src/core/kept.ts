// What this device remembers. A browser without storage is no reason to stop.

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`leadmesh.${key}`);
  } catch {
    return null;
  }
}

/** Null forgets it. The other tabs of the browser are told. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`leadmesh.${key}`);
    else localStorage.setItem(`leadmesh.${key}`, value);
  } catch {
    return;
  }
}
