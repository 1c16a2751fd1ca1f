/** A text in lower case, without accents, and with ligatures, full-width letters and the like written out (NFKD). */
export function fold(text: string): string {
  // Nothing else can differ, and most texts end here.
  if (/^[\x20-\x7E]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
