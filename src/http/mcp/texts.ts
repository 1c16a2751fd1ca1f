import { z } from "zod";
import { shortened } from "../graphql/errors.ts";
import { MAX_MCP_LISTED, MAX_MCP_TEXT_LENGTH } from "../limits.ts";

/** Lines as far as a model should read them, and how many more there are. */
export function listed(lines: readonly string[], total: number): string {
  const shown: string[] = [];
  let length = 0;
  for (const line of lines.slice(0, MAX_MCP_LISTED)) {
    length += line.length + 1;
    if (length > MAX_MCP_TEXT_LENGTH) break;
    shown.push(line);
  }
  const left = total - shown.length;
  return left > 0 ? `${shown.join("\n")}\n… and ${left} more.` : shown.join("\n");
}

/** What is wrong with what was given, as far as a model needs it. */
export function faultsIn(error: z.ZodError): string {
  return shortened(z.prettifyError(error));
}

/** The pages of kinds of things. */
const PAGES: Readonly<Record<string, string>> = { SKILL: "skills", ROLE: "roles", ROADMAP: "roadmaps" };

/** Where people read about a thing; empty where it has no page. */
export function thingLink(origin: string, kind: string, slug: string): string {
  const page = PAGES[kind];
  return page === undefined ? "" : `${origin}/${page}/${slug}`;
}

interface Taken {
  readonly skill: { readonly name: string; readonly slug: string };
  readonly because: { readonly name: string };
}

/** What counts as known although the learner has not named it, a line for each skill that covers it; empty where nothing does. */
export function takenAsKnown(taken: readonly Taken[]): string {
  const covered = new Map<string, string[]>();
  for (const { skill, because } of taken)
    covered.set(because.name, [...(covered.get(because.name) ?? []), skill.slug]);
  return [...covered]
    .map(([name, slugs]) => `Taken as known because of ${name}: ${slugs.join(", ")}.\n`)
    .join("");
}

interface Plan {
  readonly goals: readonly Readonly<Record<string, string>>[];
  readonly known: readonly string[];
  readonly notKnown: readonly string[];
  readonly knownImplies?: string | undefined;
  readonly choose: readonly string[];
  readonly avoid: readonly string[];
}

/** Where people read a path. */
export function planLink(
  origin: string,
  { goals, known, notKnown, knownImplies, choose, avoid }: Plan,
): string {
  const lists = new Map<string, string[]>();
  for (const [kind, slug] of goals.flatMap((goal) => Object.entries(goal)))
    lists.set(kind, [...(lists.get(kind) ?? []), slug]);
  const implies = knownImplies === undefined ? [] : [knownImplies];
  const named = { known, notKnown, knownImplies: implies, choose, avoid };
  for (const [name, values] of Object.entries(named)) lists.set(name, [...values]);
  const parameters = Array.from(lists)
    .filter(([, slugs]) => slugs.length > 0)
    .map(([name, slugs]) => `${name}=${slugs.map(encodeURIComponent).join(",")}`);
  return `${origin}/path?${parameters.join("&")}`;
}
