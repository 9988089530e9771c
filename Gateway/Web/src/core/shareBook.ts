/** What a member may do with records of others, by shares: requested for records that are opened. */
export class ShareBook {
  private readonly known = new Map<string, readonly string[]>();
  private readonly listeners = new Set<() => void>();
  private turn = 0;

  /** @param actions - requests what the member may do with a record */
  constructor(private readonly actions: (id: string) => Promise<readonly string[]>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever something new is known. */
  readonly version = (): number => this.turn;

  may(action: string, id: string): boolean {
    return this.known.get(id)?.includes(action) ?? false;
  }

  /** Asks again about a record. Without a response, what was known stays. */
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
