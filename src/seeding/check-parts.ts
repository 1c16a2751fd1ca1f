import { partListsOf } from "../store/snapshot/outline.ts";
import type { ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { findingIn, type ReadRow, type ReadRows, type RowOf } from "./read-rows.ts";
import { referencesOf } from "./row-references.ts";

type Existing = Pick<ExistingGraph, "snapshot" | "isKept">;
type SkillRow = ReadRow<RowOf<"skills">>;

/**
 * Checks that no skill is, over others, part of itself. Each loop is one finding, at a row of the files, since what is
 * stored has none. O(skills + parts).
 */
export function checkParts(rows: ReadRows, existing: Existing | undefined): Finding[] {
  const rowOf = new Map<string, SkillRow>();
  for (const row of rows.skills) if (row.slug !== undefined && !rowOf.has(row.slug)) rowOf.set(row.slug, row);
  const wholesOf = (slug: string): readonly string[] => {
    const row = rowOf.get(slug);
    const isGiven = row !== undefined && (row.given.has("partOf") || existing?.isKept !== true);
    return isGiven ? wholesIn(row).map((whole) => whole.slug) : storedWholes(existing, slug);
  };
  const findings: Finding[] = [];
  const done = new Set<string>();
  for (const from of rowOf.keys()) {
    // Depth first, with the way from the root on a stack of its own.
    const way: string[] = [];
    const onWay = new Set<string>();
    const stack: { readonly slug: string; readonly isLeft: boolean }[] = [{ slug: from, isLeft: false }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { slug, isLeft } = top;
      if (isLeft) {
        onWay.delete(slug);
        way.pop();
        done.add(slug);
      } else if (onWay.has(slug)) findings.push(...loopFinding(way.slice(way.indexOf(slug)), rowOf));
      else if (!done.has(slug)) {
        way.push(slug);
        onWay.add(slug);
        stack.push({ slug, isLeft: true });
        for (const whole of wholesOf(slug)) stack.push({ slug: whole, isLeft: false });
      }
    }
  }
  return findings;
}

function wholesIn({ row }: SkillRow) {
  if (row === undefined) return [];
  return [...referencesOf(row)].filter(({ path }) => path[0] === "partOf");
}

function storedWholes(existing: Existing | undefined, slug: string): readonly string[] {
  if (existing === undefined) return [];
  const { snapshot } = existing;
  const { slugs, indexOf } = snapshot.skills;
  const index = indexOf.get(slug);
  return index === undefined
    ? []
    : (partListsOf(snapshot).wholes.get(index) ?? []).map((whole) => slugs.at(whole)!);
}

function loopFinding(loop: readonly string[], rowOf: ReadonlyMap<string, SkillRow>): Finding[] {
  const start = loop.findIndex((slug) => rowOf.has(slug));
  const turned = [...loop.slice(start), ...loop.slice(0, start)];
  const row = rowOf.get(turned[0]!);
  if (row === undefined) return [];
  const whole = turned[1] ?? turned[0]!;
  const path = wholesIn(row).find(({ slug }) => slug === whole)?.path ?? [];
  const told =
    turned.length === 1
      ? "is part of itself"
      : `is part of itself: ${[...turned, turned[0]].join(" is part of ")}`;
  return [findingIn("skills", row, path, "part-loop", `${told}. Take one of these partOf out`)];
}
