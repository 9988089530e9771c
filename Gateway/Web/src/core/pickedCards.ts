import type { Rec } from "./recordKind";

/**
 * The cards of a board as they were when they were picked up. A member who holds a card does not see what others do
 * to it meanwhile, so it is not moved on top of that. The moves of one card run one after the other.
 */
export class PickedCards {
  private picked: Rec | undefined;
  private readonly moving = new Map<string, Promise<boolean>>();

  /** @param known - returns a record as it is known now */
  constructor(private readonly known: (id: string) => Rec | undefined) {}

  /** Notes that a card is picked up, as it is known now. */
  pick(id: string): void {
    this.picked = this.known(id);
  }

  /**
   * Moves a card once its earlier moves have ended; if one of them failed, this one fails too.
   *
   * @param send - moves the card, given as it was seen
   * @returns what `send` returned; false if the card is unknown
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
    // A move made here is no news to a member who holds the card again by now.
    if (this.picked?.id === id) this.pick(id);
    return isMoved;
  }
}
