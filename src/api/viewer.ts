/** Who asks, and what it may do. */

/** What somebody may do: the words of tokens and keys. */
export const SCOPES = ["graph:write", "graph:admin", "learner"] as const;

export type Scope = (typeof SCOPES)[number];

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
export function may({ scopes }: Viewer, scope: Scope): boolean {
  return scopes.has(scope) || (scope === "graph:write" && scopes.has("graph:admin"));
}

/** The `extensions` of a root field that takes a scope. A mutation without it takes the widest, `graph:admin`. */
export const needs = (scope: Scope) => ({ needsScope: scope });

/** The `extensions` of a root field whose answer changes without a revision, or is not for everybody who asks the same. */
export const UNSHARED = { isUnshared: true };

/** The scope in the `extensions` of a field. */
export function neededScope(
  extensions: Readonly<Record<string, unknown>> | null | undefined,
): Scope | undefined {
  return SCOPES.find((scope) => scope === extensions?.needsScope);
}
