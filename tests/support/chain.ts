import type { WrittenFile } from "./api.ts";

/** How many skills the chain has. */
export const CHAIN_LENGTH = 500;

const numbers = Array.from({ length: CHAIN_LENGTH }, (_, at) => at + 1);
const cites = (line: number) => [{ document: "001", line, mention: "a line" }];

/**
 * A graph for counting SQL statements: a chain of 500 skills, `skill-1` to `skill-500`; each has a resource, a
 * project, a citation, an alias and a wider skill of its own, and a role that asks for it.
 */
export const chain: WrittenFile = {
  documents: [{ id: "001", title: "A document", lines: CHAIN_LENGTH }],
  skills: [
    ...numbers.map((n) => ({
      slug: `skill-${n}`,
      name: `Skill ${n}`,
      hours: 1,
      aliases: [`Alias ${n}`],
      partOf: [`topic-${n}`],
      requires: n === 1 ? undefined : { skill: `skill-${n - 1}`, reason: `Reason ${n}`, cites: cites(n) },
      cites: cites(n),
    })),
    ...numbers.map((n) => ({ slug: `topic-${n}`, name: `Topic ${n}`, hours: 0, kind: "TOPIC" as const })),
  ],
  resources: numbers.map((n) => ({
    slug: `book-${n}`,
    name: `Book ${n}`,
    kind: "BOOK" as const,
    teaches: [`skill-${n}`],
    cites: cites(n),
  })),
  projects: numbers.map((n) => ({
    slug: `project-${n}`,
    name: `Project ${n}`,
    hours: 1,
    practises: [`skill-${n}`],
  })),
  roles: numbers.map((n) => ({ slug: `role-${n}`, name: `Role ${n}`, requires: `skill-${n}` })),
};

/** The tables that a statement reads, in the order in which they stand. */
export function tablesOf(sql: string): string {
  return [...new Set([...sql.matchAll(/(?:FROM|JOIN) "public"\."(\w+)"/g)].map(([, name]) => name))].join(
    " ",
  );
}
