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

interface Plan {
  readonly goals: readonly Readonly<Record<string, string>>[];
  readonly known: readonly string[];
  readonly choose: readonly string[];
  readonly avoid: readonly string[];
}

/** Where people read a path. */
export function planLink(origin: string, { goals, known, choose, avoid }: Plan): string {
  const lists = new Map<string, string[]>();
  for (const [kind, slug] of goals.flatMap((goal) => Object.entries(goal)))
    lists.set(kind, [...(lists.get(kind) ?? []), slug]);
  for (const [name, slugs] of Object.entries({ known, choose, avoid })) lists.set(name, [...slugs]);
  const parameters = Array.from(lists)
    .filter(([, slugs]) => slugs.length > 0)
    .map(([name, slugs]) => `${name}=${slugs.map(encodeURIComponent).join(",")}`);
  return `${origin}/path?${parameters.join("&")}`;
}
