import {
  type AgainstPrerequisites,
  againstPrerequisites,
} from "../../planning/order/against-prerequisites.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { guideOf } from "../../store/snapshot/outline.ts";
import { inSlices } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { memo } from "../core/run.ts";
import { Roadmap } from "./roadmap.ts";

/** The order of a roadmap, with the place of the roadmap in the snapshot. */
interface Order extends AgainstPrerequisites {
  readonly roadmap: number;
}

interface Inversion {
  readonly roadmap: number;
  readonly prerequisite: number;
  readonly dependent: number;
}

const RoadmapInversion = builder.objectRef<Inversion>("RoadmapInversion").implement({
  description: "Two skills that an author has the other way round than the graph.",
  fields: (t) => ({
    prerequisite: t.skill(
      "The skill that the other one needs, in a later step.",
      (pair) => pair.prerequisite,
    ),
    dependent: t.skill("The skill that needs it, in an earlier step.", (pair) => pair.dependent),
  }),
});
addCacheId(RoadmapInversion, ({ roadmap, prerequisite, dependent }, { snapshot }) => [
  snapshot.revision,
  roadmap,
  prerequisite,
  dependent,
]);

const RoadmapOrder = builder.objectRef<Order>("RoadmapOrderAgreement").implement({
  description: "How far the order of an author agrees with prerequisites.",
  fields: (t) => ({
    pairs: t.exposeInt("pairs", {
      description:
        "How many pairs of skills in different steps there are of which one needs the other, directly or through others, whatever is chosen.",
    }),
    inversions: t.field({
      type: [RoadmapInversion],
      description: "Those of them that the steps have the other way round.",
      resolve: ({ roadmap, inversions }) => inversions.map((pair) => ({ ...pair, roadmap })),
    }),
    tau: t.float({
      nullable: true,
      description: "Kendall's τ: 1 when all pairs agree, −1 when none does. Null where there are no pairs.",
      resolve: ({ pairs, inversions }) => (pairs === 0 ? null : 1 - (2 * inversions.length) / pairs),
    }),
  }),
});
addCacheId(RoadmapOrder, ({ roadmap }, { snapshot }) => [snapshot.revision, roadmap]);

const ordersOf = memo((_snapshot: GraphSnapshot) => new Map<number, Order>());

builder.objectField(Roadmap, "againstPrerequisites", (t) =>
  t.field({
    type: RoadmapOrder,
    nullable: true,
    description:
      "The author's order against the prerequisites of the graph: what the steps name before something that it needs. Null where the steps have no order.",
    resolve: async ({ index: roadmap }, _args, { snapshot }) => {
      const { roadmaps, orderedRoadmaps } = guideOf(snapshot);
      const steps = roadmaps[orderedRoadmaps.indexOf(roadmap)];
      if (steps === undefined) return null;
      const known = ordersOf(snapshot).get(roadmap);
      if (known !== undefined) return known;
      const order = { ...(await inSlices(againstPrerequisites(snapshot.graph, steps))), roadmap };
      ordersOf(snapshot).set(roadmap, order);
      return order;
    },
  }),
);
