import { MAX_CONSTANT_TEXTS_LENGTH } from "../limits.ts";

/** What keeps texts for a revision. */
interface Holder {
  /** Lets go of all texts. */
  forget(): void;
}

/**
 * Room for the short texts that all selections together keep of entities: whoever selects a slug by twenty names makes a thousand
 * characters of it. When there is no room left all are forgotten: those that are asked for again are soon written again.
 */
export class TextRoom {
  readonly #holders: Holder[] = [];
  #left = MAX_CONSTANT_TEXTS_LENGTH;

  add(holder: Holder): void {
    this.#holders.push(holder);
  }

  /** Takes room for so many characters; false where there was none, and all texts are forgotten. O(1), then O(holders). */
  take(length: number): boolean {
    this.#left -= length;
    if (this.#left >= 0) return true;
    this.#left = MAX_CONSTANT_TEXTS_LENGTH;
    for (const holder of this.#holders) holder.forget();
    return false;
  }
}
