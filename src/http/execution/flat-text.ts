/**
 * The same text in one piece. A text that was put together is a tree of its pieces until somebody reads it, and a part of a
 * longer one is never read for itself: what is kept takes several times the memory, and each answer that it is part of
 * walks through the pieces again.
 */
export function flatText(text: string): string {
  return Buffer.from(text).toString();
}
