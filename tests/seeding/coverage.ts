import { parse } from "yaml";
import { graphFile } from "../../src/seeding/graph-file.ts";
import type { TextFile } from "../../src/seeding/source-texts.ts";
import type { CandidateWord } from "./proper-nouns.ts";

/**
 * Every name that the graph holds: of rows, their aliases, authors, providers, publishers, the values of claims,
 * regions and sources of market facts, the figures that they cite, and whom a note names with the document.
 */
export function namesOf(files: readonly TextFile[]): string[] {
  return files.flatMap(({ text }) => {
    const {
      documents = [],
      skills = [],
      resources = [],
      projects = [],
      roles = [],
      roadmaps = [],
    } = graphFile.parse(parse(text));
    const claims = [...skills, ...resources, ...projects, ...roles, ...roadmaps].flatMap(
      (row) => row.claims ?? [],
    );
    const market = roles.flatMap((role) => role.market ?? []);
    const figures = market.flatMap(({ cites = [] }) => cites.flatMap(({ mention }) => mention.split(" ")));
    const inNotes = skills
      .flatMap((skill) => skill.notes ?? [])
      .flatMap(({ text, cites = [] }) =>
        cites.flatMap(({ mention }) => mention.split(" ")).filter((word) => text.includes(word)),
      );
    return [
      ...documents.flatMap(({ title, publisher }) => [title, publisher ?? ""]),
      ...skills.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
      ...resources.flatMap(({ name, authors = [], provider = "" }) => [name, ...authors, provider]),
      ...projects.map(({ name }) => name),
      ...roles.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
      ...roadmaps.map(({ name }) => name),
      ...claims.map(({ value }) => value),
      ...market.flatMap(({ region = "", source = "" }) => [region, source]),
      ...figures,
      ...inNotes.filter((word) => /^\p{Lu}/u.test(word)),
    ].filter((name) => name !== "");
  });
}

/** A set of names that runs of words are looked up in, letter case and a plural ending aside. */
export class KnownNames {
  readonly #names: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set(names.flatMap(spellings).map(normalised));
  }

  /** Whether the run can be cut into known names and ordinary words. Quadratic in its length. */
  cover(run: readonly CandidateWord[]): boolean {
    const covered = [true];
    for (let end = 1; end <= run.length; end++) {
      covered[end] = run.some((_, from) => {
        if (from >= end || !covered[from]) return false;
        const words = run.slice(from, end);
        return (
          (words.length === 1 && words[0]!.ordinary) || this.has(words.map(({ text }) => text).join(" "))
        );
      });
    }
    return covered[run.length]!;
  }

  has(name: string): boolean {
    return this.#names.has(normalised(name));
  }
}

/** A name, what stands before and inside its brackets, before its colon, and its halves: "REST (Representational …)". */
function spellings(name: string): string[] {
  const bracket = /^(.*?)\s*\(([^)]*)\)/u.exec(name);
  const title = /^(.*?):\s+(.*)$/u.exec(name);
  return [name, ...(bracket?.slice(1) ?? []), ...(title?.slice(1) ?? []), ...name.split(" and ")];
}

function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/[’']/gu, "")
    .replace(/(?<=\b\p{L})\.(?=\s)/gu, "")
    .replace(/(?<=\p{L}{2})s$/u, "")
    .trim();
}
