/** Announces events to listeners. */
export class Signal<T> {
  private readonly listeners = new Set<(news: T) => void>();

  listen(listener: (news: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(news: T): void {
    for (const listener of [...this.listeners]) listener(news);
  }
}
