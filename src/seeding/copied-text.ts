/**
 * How many consecutive words a text of ours may share with a document before it counts as copied. Names and fixed
 * phrases ("an open-source container orchestration platform") are shorter than this, sentences are longer.
 */
export const MAX_SHARED_WORDS = 7;

/** For each run of words of the documents, joined by spaces, where it stands: `document:line`. */
export type RunIndex = ReadonlyMap<string, string>;

/**
 * Indexes every run of `MAX_SHARED_WORDS + 1` words on one line of the documents; no sentence crosses lines.
 * Linear in the length of the texts.
 */
export function indexRuns(documents: readonly { id: string; lines: readonly string[] }[]): RunIndex {
  const index = new Map<string, string>();
  for (const { id, lines } of documents) {
    lines.forEach((line, at) => {
      for (const run of runs(line)) if (!index.has(run)) index.set(run, `${id}:${at + 1}`);
    });
  }
  return index;
}

/** The first run of `text` that also stands in a document, and where; `undefined` when there is none. */
export function sharedRun(text: string, index: RunIndex): { run: string; at: string } | undefined {
  for (const run of runs(text)) {
    const at = index.get(run);
    if (at !== undefined) return { run, at };
  }
  return undefined;
}

/** All runs, without punctuation and letter case: changing only these does not hide a copy. */
function* runs(text: string): Generator<string> {
  const words = text
    .toLowerCase()
    .replace(/['’]/gu, "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== "");
  const length = MAX_SHARED_WORDS + 1;
  for (let at = 0; at + length <= words.length; at++) yield words.slice(at, at + length).join(" ");
}
