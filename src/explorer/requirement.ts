import type { NodeFragment } from "./generated/skill-page.ts";
import { type Html, html } from "./html.ts";
import { hours, linkTo, listed, sourcesInShort } from "./parts.ts";

/** A requirement as nested lists, made of its flat list of nodes. */
interface Tree {
  readonly node: NodeFragment;
  readonly members: readonly Tree[];
}

const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

function treesOf(nodes: readonly NodeFragment[]): readonly Tree[] {
  const below = new Map<string | null, NodeFragment[]>();
  for (const node of nodes) below.set(node.parentId, [...(below.get(node.parentId) ?? []), node]);
  const grow = (node: NodeFragment): Tree => ({ node, members: (below.get(node.id) ?? []).map(grow) });
  return (below.get(null) ?? []).map(grow);
}

/** The words of a requirement: "Python, HTTP and one of MySQL or PostgreSQL". */
function phrase({ node, members }: Tree, isOutermost: boolean): Html {
  if (node.skill !== null) return linkTo("Skill", node.skill);
  const parts = members.map((member) => phrase(member, false));
  switch (node.kind) {
    case "ANY_OF":
      return html`${!isOutermost && parts.length > 1 && "either "}${listed(parts, OR)}`;
    case "AT_LEAST":
      return html`at least ${node.atLeast} of ${listed(parts)}`;
    default:
      return html`${listed(parts)}`;
  }
}

const HEADINGS = { ALL_OF: "All of", ANY_OF: "One of", AT_LEAST: "At least" } as const;

function branch({ node, members }: Tree): Html {
  const reason = node.reason !== null && html`<p class="reason">${node.reason}</p>`;
  if (node.kind === "SKILL") {
    if (node.skill === null) return html``;
    return html`<li>${linkTo("Skill", node.skill)} <small>${hours(node.skill.hours)}</small>${reason}${sourcesInShort(node.citations)}</li>`;
  }
  const heading = node.kind === "AT_LEAST" ? `At least ${node.atLeast} of` : HEADINGS[node.kind];
  return html`<li class="group"><strong>${heading}</strong>${reason}${node.citations.length > 0 && sourcesInShort(node.citations)}
<ul>${members.map(branch)}</ul></li>`;
}

/** A requirement as a sentence. */
export function requirementSentence(nodes: readonly NodeFragment[]): Html {
  const [root] = treesOf(nodes);
  if (root === undefined) return html`<p class="lead">Nothing: you can begin today.</p>`;
  return html`<p class="lead">${phrase(root, true)}.</p>`;
}

/** A requirement as a tree that opens, each part with what supports it. */
export function requirementTree(nodes: readonly NodeFragment[]): Html {
  const trees = treesOf(nodes);
  return html`${trees.length > 0 && html`<ul class="tree">${trees.map(branch)}</ul>`}`;
}
