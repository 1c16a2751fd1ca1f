import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import type { RequirementFile } from "../seeding/requirement-file.ts";
import { SlugNames } from "./slug-names.ts";
import { asFormat, SourceError, type SourceFile } from "./source-files.ts";
import { placesIn, SourceRows } from "./source-rows.ts";

type Tree = { skill: string } | { op: "all" | "any"; of: Tree[] };
const tree: z.ZodType<Tree> = z.lazy(() =>
  z.union([
    z.object({ skill: z.string() }),
    z.object({ op: z.enum(["all", "any"]), of: z.array(tree).min(1) }),
  ]),
);
const catalogue = z.object({
  nodes: z.array(z.object({ id: z.string(), title: z.string().nullish(), hours: z.number().optional() })),
  trees: z.record(z.string(), tree),
});
const looks = z.object({
  nodes: z.array(z.object({ id: z.string() })),
  trees: z.record(z.string(), z.unknown()),
});

export function isCatalogue(files: readonly SourceFile[]): boolean {
  return files.length === 1 && looks.safeParse(files[0]!.json()).success;
}

/**
 * A catalogue of courses with trees of requirements: `nodes` with `id` and `title`, and `trees` by id, each
 * `{"skill": id}` or `{"op": "all" | "any", "of": […]}`. Courses become skills; one that is named and not listed is a
 * problem, and is made. Courses without hours get `hours`. O(size of the file).
 */
export function importCatalogue(
  [file]: readonly SourceFile[],
  defaults: { readonly hours: number },
): ReadGraph {
  if (file === undefined) throw new SourceError("expected a catalogue, got no file");
  const data = asFormat(file, file.json(), catalogue, "nodes and trees");
  const rows = new SourceRows();
  const placeOf = placesIn(file);
  const slugs = new SlugNames("course");
  for (const { id } of data.nodes) slugs.give(id, id);
  const made = new Set<string>();
  const slugOf = (id: string, by: string) => {
    if (!slugs.has(id)) {
      made.add(id);
      rows.problem(placeOf(id), "dangling-id", `"${by}" names "${id}", which is not listed: it is made`);
    }
    return slugs.give(id, id);
  };
  const requirementOf = (written: Tree, by: string): RequirementFile => {
    if ("skill" in written) return slugOf(written.skill, by);
    const of = written.of.map((member) => requirementOf(member, by));
    return written.op === "all" ? { allOf: of } : { anyOf: of };
  };
  const requirements = new Map(
    Object.entries(data.trees).map(([id, written]) => [slugOf(id, id), requirementOf(written, id)]),
  );
  const courses = [...data.nodes, ...Array.from(made, (id) => ({ id, title: null, hours: undefined }))];
  for (const { id, title, hours = defaults.hours } of courses) {
    const slug = slugs.give(id, id);
    const requires = requirements.get(slug);
    rows.add("skills", placeOf(id), {
      slug,
      name: title?.trim() || id,
      hours,
      ...(requires === undefined ? {} : { requires }),
    });
  }
  return rows.read();
}
