/** A text for Prisma's `contains` and `startsWith` that stands for itself: `%` and `_` would stand for others. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
