import type { RequirementNodeRow } from "../store/rows/graph-rows.ts";
import { citationRows } from "./citation-rows.ts";
import type { RequirementFile } from "./graph-file.ts";

/** The nodes of a requirement in depth-first order, reasons and citations included. O(nodes). */
export function requirementRows(written: RequirementFile | undefined): RequirementNodeRow[] {
  if (written === undefined) return [];
  const nodes: RequirementNodeRow[] = [];
  const stack: { readonly written: RequirementFile; readonly parentOrdinal: number | null }[] = [
    { written, parentOrdinal: null },
  ];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { parentOrdinal } = top;
    const node = typeof top.written === "string" ? { skill: top.written } : top.written;
    const because = { reason: node.reason ?? null, citations: citationRows(node.cites) };
    if ("skill" in node) {
      nodes.push({ parentOrdinal, atLeast: null, needs: node.skill, ...because });
      continue;
    }
    const { atLeast, members } = groupOf(node);
    const ordinal = nodes.push({ parentOrdinal, atLeast, needs: null, ...because }) - 1;
    for (const member of members.toReversed()) stack.push({ written: member, parentOrdinal: ordinal });
  }
  return nodes;
}

type GroupFile = Exclude<RequirementFile, string | { skill: string }>;

function groupOf(group: GroupFile): { atLeast: number; members: readonly RequirementFile[] } {
  if ("allOf" in group) return { atLeast: group.allOf.length, members: group.allOf };
  if ("anyOf" in group) return { atLeast: 1, members: group.anyOf };
  return { atLeast: group.atLeast, members: group.of };
}
