import type { GraphBuilder } from "../../graph/model/graph-builder.ts";
import type { Requirement } from "../../graph/model/requirement.ts";
import type { Reader } from "./build-snapshot.ts";

/** Turns the id of an entity into its index as an owner. */
export type OwnerPlaces = Readonly<Record<"skill" | "project" | "role" | "roadmap", (id: number) => number>>;

/** Per node. */
interface Nodes {
  /** The ordinal of the parent; null at the root of a tree. */
  readonly parents: readonly (number | null)[];
  /** The id of the skill needed when > 0, otherwise minus how many members are needed. */
  readonly needs: readonly number[];
}

/** Per root whose owner it is: the id of a skill, or null where `others` has the next owner. */
interface Roots {
  readonly skills: readonly (number | null)[];
  readonly others: readonly (readonly [
    project: number | null,
    role: number | null,
    roadmap: number | null,
  ])[];
}

type Piece = Readonly<Record<keyof (Nodes & Roots) | "last", string | null>>;

/**
 * Reads all requirements and adds them to the builder, which has all owners already; `atOnce` nodes a statement.
 *
 * Nodes come in the order of their ids: a write gives them out owner by owner and tree by tree in depth-first
 * order. So nothing has to be sorted, and two numbers for each node are enough: the ordinal is its place after its
 * root. (640,000 nodes: 0.75 s; sorted by owner, with all five numbers: 1.7 s.)
 */
export async function readRequirements(
  reader: Reader,
  builder: GraphBuilder,
  places: OwnerPlaces,
  atOnce: number,
): Promise<void> {
  const trees = new Trees(builder, places);
  for (let after = 0; ; ) {
    const [piece] = await reader.$queryRaw<Piece[]>`
      SELECT max("id")::text AS "last",
        json_agg("parentOrdinal")::text AS "parents",
        json_agg(coalesce("needsId", - "atLeast"))::text AS "needs",
        (json_agg("skillId") FILTER (WHERE "parentOrdinal" IS NULL))::text AS "skills",
        (json_agg(json_build_array("projectId", "roleId",
            (SELECT "roadmapId" FROM "RoadmapStep" WHERE "RoadmapStep"."id" = "roadmapStepId")))
          FILTER (WHERE "parentOrdinal" IS NULL AND "skillId" IS NULL))::text AS "others"
      FROM (
        SELECT * FROM "RequirementNode" WHERE "id" > ${after} ORDER BY "id" LIMIT ${atOnce}
      ) AS node`;
    const list = <Item>(text: string | null | undefined): readonly Item[] => JSON.parse(text ?? "[]");
    const nodes: Nodes = { parents: list(piece?.parents), needs: list(piece?.needs) };
    trees.add(nodes, { skills: list(piece?.skills), others: list(piece?.others) });
    if (nodes.needs.length < atOnce) break;
    after = Number(piece?.last);
  }
  trees.finish();
}

/** Adds nodes to the requirements of their owners. A tree may continue in the next piece. */
class Trees {
  readonly #builder: GraphBuilder;
  readonly #places: OwnerPlaces;
  /** The builder's numbers for the groups of the current tree, by ordinal. */
  readonly #groups: number[] = [];
  /** The owner of the current tree. */
  #owner = 0;
  /** If the current tree is of a roadmap's step: the members of its groups, by ordinal. */
  #ofStep: Requirement<number>[][] | undefined;
  #ordinal = 0;
  readonly #ofRoadmaps = new Map<number, Requirement<number>[]>();

  constructor(builder: GraphBuilder, places: OwnerPlaces) {
    this.#builder = builder;
    this.#places = places;
  }

  add({ parents, needs }: Nodes, { skills, others }: Roots): void {
    let root = 0;
    let other = 0;
    for (let at = 0; at < parents.length; at++) {
      const parent = parents[at] ?? null;
      if (parent === null) {
        const skill = skills[root++] ?? null;
        if (skill === null) this.#beginOther(others[other++]!);
        else this.#begin(this.#places.skill(skill), false);
      }
      this.#addNode(parent, needs[at]!);
    }
  }

  /** An owner with several trees, a roadmap with its steps, requires all of them. */
  finish(): void {
    for (const [owner, trees] of this.#ofRoadmaps)
      this.#builder.addRequirement(
        owner,
        trees.length > 1 ? { atLeast: trees.length, of: trees } : trees[0]!,
      );
  }

  #beginOther([project, role, roadmap]: Roots["others"][number]): void {
    if (project !== null) this.#begin(this.#places.project(project), false);
    else if (role !== null) this.#begin(this.#places.role(role), false);
    else this.#begin(this.#places.roadmap(roadmap!), true);
  }

  #begin(owner: number, isStep: boolean): void {
    this.#owner = owner;
    this.#ordinal = 0;
    this.#ofStep = isStep ? [] : undefined;
  }

  #addNode(parent: number | null, needs: number): void {
    const ordinal = this.#ordinal++;
    if (this.#ofStep !== undefined) this.#addToStep(this.#ofStep, ordinal, parent, needs);
    else {
      const under = parent === null ? this.#owner : this.#groups[parent]!;
      if (needs > 0) this.#builder.addSkill(under, this.#places.skill(needs));
      else this.#groups[ordinal] = this.#builder.addGroup(under, -needs);
    }
  }

  #addToStep(groups: Requirement<number>[][], ordinal: number, parent: number | null, needs: number): void {
    const roots = this.#ofRoadmaps.get(this.#owner) ?? [];
    this.#ofRoadmaps.set(this.#owner, roots);
    const siblings = parent === null ? roots : groups[parent]!;
    if (needs > 0) siblings.push({ skill: this.#places.skill(needs) });
    else {
      const of: Requirement<number>[] = [];
      groups[ordinal] = of;
      siblings.push({ atLeast: -needs, of });
    }
  }
}
