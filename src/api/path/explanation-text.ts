import type { Explanation } from "../../planning/explain/explain.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { nameOf as entityName, ownerHandle } from "../core/entity.ts";
import type { AnsweredPath } from "./learning-path.ts";

/** More names than that are counted. */
const MAX_NAMES = 5;

/** An explanation in a sentence or two. */
export function explanationText(
  snapshot: GraphSnapshot,
  { question, solved }: AnsweredPath,
  skill: number,
  explanation: Explanation,
): string {
  const names = (owners: readonly number[]) => list(owners.map((owner) => nameOf(snapshot, owner)));
  const name = nameOf(snapshot, skill);
  const goals = names(question.goals);
  switch (explanation.kind) {
    case "IN_PATH": {
      const { requiredBy } = explanation.because;
      const reasons = [
        ...(question.goals.includes(skill) ? ["it is a goal"] : []),
        ...(question.choose.includes(skill) ? ["it was chosen"] : []),
        ...(requiredBy.length > 0
          ? [`${names(requiredBy)} ${requiredBy.length > 1 ? "ask" : "asks"} for it`]
          : []),
      ];
      return `${name} is step ${explanation.position + 1} of ${solved.skills.length}: ${list(reasons)}.`;
    }
    case "KNOWN":
      return `${name} is known already.`;
    case "AVOIDED":
      return `${name} is avoided.`;
    case "NOT_RELEVANT":
      return `Nothing that is left on the way to ${goals} asks for ${name}.`;
    case "UNLEARNABLE": {
      const why = explanation.missing.map(
        ({ skill: missing, cause }) =>
          `${nameOf(snapshot, missing)} ${cause === "AVOIDED" ? "is avoided" : "cannot be learned"}`,
      );
      return `${name} cannot be learned${why.length > 0 ? `: ${list(why)}` : ""}.`;
    }
    case "REJECTED": {
      const { added, dropped, extraCost } = explanation.difference;
      const price =
        extraCost === 0
          ? "takes as long"
          : `takes ${Math.abs(extraCost) / 100} hours ${extraCost > 0 ? "more" : "less"}`;
      const changes = [
        ...(added.length > 0 ? [`adds ${names(added)}`] : []),
        ...(dropped.length > 0 ? [`does without ${names(dropped)}`] : []),
      ];
      return `The ${explanation.isExact ? "cheapest" : "best known"} path with ${name} ${price}: it ${changes.join(" and ")}.`;
    }
  }
}

function nameOf(snapshot: GraphSnapshot, owner: number): string {
  return entityName(snapshot, ownerHandle(snapshot, owner));
}

function list(words: readonly string[]): string {
  const shown = words.length > MAX_NAMES ? words.slice(0, MAX_NAMES - 1) : words;
  const all = shown.length < words.length ? [...shown, `${words.length - shown.length} more`] : shown;
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
