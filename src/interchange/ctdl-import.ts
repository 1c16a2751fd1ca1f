import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import type { RequirementFile } from "../seeding/requirement-file.ts";
import type { NodeKind } from "./exported-graph.ts";
import { SlugNames } from "./slug-names.ts";
import { asFormat, SourceError, type SourceFile } from "./source-files.ts";
import { given, placesIn, SourceRows } from "./source-rows.ts";

/** One value or a list of them, as JSON-LD may write either. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), item.transform((one) => [one])]).default([]);
/** A text, or a text for each language. */
const text = z
  .union([z.string(), z.record(z.string(), z.string()).transform((map) => Object.values(map)[0])])
  .optional();
const reference = z.union([z.string(), z.object({ "@id": z.string() }).transform((one) => one["@id"])]);

interface Condition {
  "ceterms:requiredNumber"?: number;
  "ceterms:logicalOperator"?: string;
  "ceterms:targetComponent": string[];
  "ceterms:hasCondition": Condition[];
}
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.object({
    "ceterms:requiredNumber": z.coerce.number().int().min(0).optional(),
    "ceterms:logicalOperator": reference.optional(),
    "ceterms:targetComponent": listOf(reference),
    "ceterms:hasCondition": listOf(condition),
  }),
);
const component = z.object({
  "@id": z.string(),
  "@type": listOf(z.string()),
  "ceterms:name": text,
  "ceterms:description": text,
  "ceterms:creditValue": listOf(z.object({ "schema:value": z.coerce.number().optional() })),
  "ceterms:hasCondition": listOf(condition),
});
const document = z.object({ "@graph": z.array(component) });
const looks = z.object({ "@graph": z.array(z.object({ "@type": z.unknown() })) });

export function isCtdl(files: readonly SourceFile[]): boolean {
  const [file] = files;
  return files.length === 1 && looks.safeParse(file!.json()).success && file!.text().includes("ceterms:");
}

/**
 * Pathways of the Credential Transparency Description Language (JSON-LD, with the terms written as `ceterms:…`). Jobs
 * become roles, other components skills; our own exports keep their projects and roadmaps. A condition is met by its
 * `requiredNumber` of target components and conditions; without one, by all or, where it says `Or`, by any. A component
 * without credits gets `hours`. O(size of the file).
 */
export function importCtdl([file]: readonly SourceFile[], defaults: { readonly hours: number }): ReadGraph {
  if (file === undefined) throw new SourceError("expected a CTDL pathway, got no file");
  const data = asFormat(file, file.json(), document, "a CTDL pathway");
  const rows = new SourceRows();
  const placeOf = placesIn(file);
  const components = data["@graph"].filter((each) =>
    each["@type"].some((type) => type.endsWith("Component")),
  );
  const slugs = new Map(
    (["skill", "project", "role", "roadmap"] as const).map((kind) => [kind, new SlugNames(kind)]),
  );
  const slugOf = (id: string, kind: NodeKind, name: string) =>
    slugs.get(kind === "resource" ? "skill" : kind)!.give(id, ownSlug(id) ?? name);
  const named = (each: z.infer<typeof component>) => each["ceterms:name"]?.trim() || each["@id"];
  for (const each of components) slugOf(each["@id"], kindOf(each), named(each));
  const known = new Set(components.map((each) => each["@id"]));
  const skillOf = (id: string, by: string) => {
    if (!known.has(id)) {
      known.add(id);
      rows.problem(placeOf(id), "dangling-id", `"${by}" names "${id}", which is not there: it is made`);
      rows.add("skills", placeOf(id), { slug: slugOf(id, "skill", id), name: id, hours: defaults.hours });
    }
    return slugOf(id, "skill", id);
  };
  const requirementOf = (written: Condition, by: string): RequirementFile | undefined => {
    const targets = written["ceterms:targetComponent"].map((id) => skillOf(id, by));
    const parts = written["ceterms:hasCondition"].flatMap((part) => requirementOf(part, by) ?? []);
    const of = [...targets, ...parts];
    const isOr = /or$/i.test(written["ceterms:logicalOperator"] ?? "");
    const needed = written["ceterms:requiredNumber"] || (isOr ? 1 : of.length);
    if (of.length < 2) return of[0];
    if (needed >= of.length) return { allOf: of };
    return needed === 1 ? { anyOf: of } : { atLeast: needed, of };
  };
  for (const each of components) {
    const id = each["@id"];
    const kind = kindOf(each);
    const parts = each["ceterms:hasCondition"].flatMap((written) => requirementOf(written, id) ?? []);
    const requires = parts.length > 1 ? { allOf: parts } : parts[0];
    const own = { slug: slugOf(id, kind, named(each)), name: named(each) };
    const summary = each["ceterms:description"];
    const hours = each["ceterms:creditValue"][0]?.["schema:value"] ?? defaults.hours;
    const needs = given("requires", requires);
    const place = placeOf(id);
    if (kind === "project")
      rows.add("projects", place, { ...own, ...given("brief", summary), hours, ...needs });
    else if (kind === "role") rows.add("roles", place, { ...own, ...given("summary", summary), ...needs });
    else if (kind === "roadmap") {
      const steps = requires === undefined ? [] : [{ name: own.name, requires }];
      rows.add("roadmaps", place, { ...own, ...given("summary", summary), steps });
    } else rows.add("skills", place, { ...own, ...given("summary", summary), hours, ...needs });
  }
  return rows.read();
}

/** The kind of a component: that in our own names, or what its type says. */
function kindOf(each: z.infer<typeof component>): Exclude<NodeKind, "resource"> {
  const [, kind] = OWN.exec(each["@id"]) ?? [];
  if (kind === "project" || kind === "roadmap" || kind === "role" || kind === "skill") return kind;
  return each["@type"].includes("ceterms:JobComponent") ? "role" : "skill";
}

const OWN = /^https:\/\/skills-graph\.invalid\/([a-z]+)\/([a-z0-9-]+)$/;
const ownSlug = (id: string) => OWN.exec(id)?.[2];
