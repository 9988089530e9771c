import type { Rec } from "./recordKind";

/**
 * The cards of a board as they were when somebody picked them up. What others do to a card while it is held is not
 * what its holder saw, so that it is not moved on top of that. The moves of one card go one after the other.
 */
export class PickedCards {
  private picked: Rec | undefined;
  private readonly moving = new Map<string, Promise<boolean>>();

  /** @param known - a record as it is known now */
  constructor(private readonly known: (id: string) => Rec | undefined) {}

  /** Notes that somebody picks up a card as it is known now. */
  pick(id: string): void {
    this.picked = this.known(id);
  }

  /**
   * Moves a card once its moves before have come to an end; one of them that failed fails this one, too.
   *
   * @param send - moves it, as it was seen
   * @returns what `send` returned; false where the card is not known
   */
  move(id: string, send: (seen: Rec) => Promise<boolean>): Promise<boolean> {
    const before = this.moving.get(id);
    const moved = before === undefined ? this.moveNow(id, send) : before.then(() => this.moveNow(id, send));
    this.moving.set(id, moved);
    const settled = () => {
      if (this.moving.get(id) === moved) this.moving.delete(id);
    };
    moved.then(settled, settled);
    return moved;
  }

  private async moveNow(id: string, send: (seen: Rec) => Promise<boolean>): Promise<boolean> {
    const seen = this.picked?.id === id ? this.picked : this.known(id);
    if (seen === undefined) return false;
    const isMoved = await send(seen);
    // What was done here is no news to whoever holds it again by now.
    if (this.picked?.id === id) this.pick(id);
    return isMoved;
  }
}
