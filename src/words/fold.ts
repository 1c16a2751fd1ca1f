/** A text in lower case, without accents, and with ligatures, full-width letters and the like written out (NFKD). */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
