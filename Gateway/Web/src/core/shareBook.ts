/** What one may do with records that neither they nor their teams hold: asked for those that are opened. */
export class ShareBook {
  private readonly known = new Map<string, readonly string[]>();
  private readonly listeners = new Set<() => void>();
  private turn = 0;

  /** @param actions - asks what one may do with a record */
  constructor(private readonly actions: (id: string) => Promise<readonly string[]>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever something else became known. */
  readonly version = (): number => this.turn;

  may(action: string, id: string): boolean {
    return this.known.get(id)?.includes(action) ?? false;
  }

  /** Asks anew about a record. Where no answer comes, what was known stays. */
  async ask(id: string): Promise<void> {
    let actions: readonly string[];
    try {
      actions = await this.actions(id);
    } catch {
      return;
    }
    const before = this.known.get(id) ?? [];
    this.known.set(id, actions);
    if (actions.join() === before.join()) return;
    this.turn += 1;
    for (const listener of [...this.listeners]) listener();
  }
}
