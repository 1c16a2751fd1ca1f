/** Who asks, and what it may do. */

/** What somebody may do: the words of tokens and keys. */
export const SCOPES = ["graph:write", "graph:admin", "learner"] as const;

export type Scope = (typeof SCOPES)[number];

/** What a root field takes: a scope, or any of them, whichever it is. */
export type Need = Scope | "any";

export interface Viewer {
  /** What the change log calls it, such as `key:catalogue` or `user:ann`; unlike any other's, and empty for nobody. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The subject of its token; absent where it has none, as keys have not. */
  readonly subject?: string;
}

/** Whoever asks without saying who. */
export const NOBODY: Viewer = { name: "", scopes: new Set() };

/** Whether somebody has a scope. Who may do everything to the graph may write it; learners have their data to themselves. */
export function may({ scopes }: Viewer, need: Need): boolean {
  if (need === "any") return scopes.size > 0;
  return scopes.has(need) || (need === "graph:write" && scopes.has("graph:admin"));
}

/** The `extensions` of a root field that takes a scope. A mutation without it takes the widest, `graph:admin`. */
export const needs = (need: Need) => ({ needsScope: need });

/** What a need is called in sentences. */
export function needInWords(need: Need, quote = ""): string {
  return need === "any" ? "any scope" : `the scope ${quote}${need}${quote}`;
}

/** The `extensions` of a field, at any depth, whose answer changes without a revision, or is not for everybody who asks the same. */
export const UNSHARED = { isUnshared: true };

/** The scope in the `extensions` of a field. */
export function neededScope(
  extensions: Readonly<Record<string, unknown>> | null | undefined,
): Need | undefined {
  const needed = extensions?.needsScope;
  return needed === "any" ? "any" : SCOPES.find((scope) => scope === needed);
}
