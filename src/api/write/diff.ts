import { MAX_TRANSITIONS } from "../../planning/scenarios/skill-gap.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "../../store/rows/entities.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import { type History, HistoryFault } from "../../store/rows/read-history.ts";
import { earlierSnapshot } from "../../store/snapshot/earlier-snapshot.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { EntityKindEnum, TYPE_OF } from "../core/entity.ts";
import { fault, results, ValidationError } from "../core/errors.ts";
import { hours } from "../core/handle.ts";
import { untold } from "../core/history-fault.ts";
import { findEntity, Node } from "../core/node.ts";
import { runTask } from "../core/run.ts";
import { DEFAULT_PAGE_SIZE, MAX_CHANGED } from "../limits.ts";
import { type Edge, edgesOf } from "./diff-edges.ts";
import { ChangeOperation } from "./graph-write.ts";

interface EntityDifference {
  readonly kind: EntityKind;
  readonly slug: string;
  readonly formerSlug: string | null;
  readonly operation: "CREATED" | "UPDATED" | "DELETED";
}

type Difference = Answer<{
  readonly from: number;
  readonly to: number;
  readonly history: History;
  readonly entities: readonly EntityDifference[];
}>;

const EntityDifferenceType = builder.objectRef<Answer<EntityDifference>>("EntityDifference").implement({
  description: "How one entity differs between two revisions.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", {
      description: "Its slug at the later revision; of one that is gone, the last.",
    }),
    formerSlug: t.exposeString("formerSlug", {
      nullable: true,
      description: "Its slug at the earlier revision, if that was another.",
    }),
    operation: t.expose("operation", {
      type: ChangeOperation,
      description: "What became of it, all in all.",
    }),
    node: t.field({
      type: Node,
      nullable: true,
      description: "The entity as it is now. Null when it is not there any more.",
      resolve: ({ kind, slug }, _args, context) => findEntity(context, TYPE_OF[kind], slug),
    }),
  }),
});
addAnswerId(EntityDifferenceType, ({ kind, slug }) => [kind, slug]);

const EdgeDifferenceType = builder.objectRef<Answer<Edge>>("EdgeDifference").implement({
  description: "An edge that only one of two revisions has: a requirement that names a skill.",
  fields: (t) => ({
    prerequisite: t.exposeString("prerequisite", { description: "The slug of the skill that is named." }),
    dependentKind: t.expose("dependentKind", {
      type: EntityKindEnum,
      description: "The kind of what requires it.",
    }),
    dependent: t.exposeString("dependent", { description: "The slug of what requires it." }),
  }),
});
addAnswerId(EdgeDifferenceType, ({ prerequisite, dependentKind, dependent }) => [
  prerequisite,
  dependentKind,
  dependent,
]);

type RoleDifference = Answer<{
  readonly slug: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}>;

const RoleDifferenceType = builder.objectRef<RoleDifference>("RoleDifference").implement({
  description: "A role whose cheapest path from nothing takes other hours.",
  fields: (t) => ({
    slug: t.exposeString("slug", { description: "The slug of the role." }),
    hoursBefore: t.float({
      nullable: true,
      description: "The hours at the earlier revision. Null where there was no such role.",
      resolve: ({ before }) => (before === undefined ? null : hours(before)),
    }),
    hoursAfter: t.float({
      nullable: true,
      description: "The hours at the later revision. Null where there is no such role.",
      resolve: ({ after }) => (after === undefined ? null : hours(after)),
    }),
  }),
});
addAnswerId(RoleDifferenceType, ({ slug }) => [slug]);

const FIRST = howMany(DEFAULT_PAGE_SIZE, 1, MAX_CHANGED);

const GraphDiff = builder.objectRef<Difference>("GraphDiff").implement({
  description: "What differs between two revisions of the graph.",
  fields: (t) => {
    const count = (operation: EntityDifference["operation"], description: string) =>
      t.int({
        description,
        resolve: ({ entities }) => entities.filter((each) => each.operation === operation).length,
      });
    const edges = (which: "added" | "removed", description: string) =>
      t.field({
        type: [EdgeDifferenceType],
        description,
        args: { first: t.arg.int(FIRST) },
        resolve: ({ args, history }, { first }) => {
          checkRange("first", first, 1, MAX_CHANGED);
          return edgesOf(history)
            [which].slice(0, first)
            .map((edge) => ({ ...edge, args }));
        },
      });
    return {
      from: t.exposeInt("from", { description: "The earlier revision." }),
      to: t.exposeInt("to", { description: "The later one." }),
      created: count("CREATED", "How many entities only the later one has."),
      updated: count("UPDATED", "How many entities are others."),
      deleted: count("DELETED", "How many entities only the earlier one has."),
      entities: t.field({
        type: [EntityDifferenceType],
        description: "The entities that differ: by kind, then slug.",
        args: { first: t.arg.int(FIRST) },
        resolve: ({ args, entities }, { first }) => {
          checkRange("first", first, 1, MAX_CHANGED);
          return entities.slice(0, first).map((entity) => ({ ...entity, args }));
        },
      }),
      edgesAdded: edges("added", "The edges that only the later one has: by dependent, then prerequisite."),
      edgesRemoved: edges("removed", "The edges that only the earlier one has, in the same order."),
      roles: t.field({
        type: [RoleDifferenceType],
        nullable: true,
        description: `The roles whose paths take other hours, by slug. Null unless \`to\` is the current revision, and where there are more than ${MAX_TRANSITIONS} roles.`,
        resolve: (difference, _args, context) => rolesOf(difference, context),
      }),
    };
  },
});
addAnswerId(GraphDiff);

/** The hours to each role from nothing, in the slugs of a snapshot. */
async function hoursToRoles(context: Context, snapshot: GraphSnapshot): Promise<Map<string, number>> {
  const { slugs } = snapshot.roles;
  const owners = slugs.map((_, role) => snapshot.firstRole + role);
  const asking = { snapshot, work: context.work, spent: context.spent };
  const answer = await runTask("transitions", asking, { known: [], roles: [] }, owners);
  const ranked = answer.kind === "transitions" ? answer.roles : [];
  return new Map(ranked.map(({ role, path }) => [slugs.at(role - snapshot.firstRole)!, path.cost]));
}

async function rolesOf(
  { args, from, to, history }: Difference,
  context: Context,
): Promise<RoleDifference[] | null> {
  const { snapshot } = context;
  if (to !== snapshot.revision) return null;
  const earlier = earlierSnapshot(snapshot, from, history);
  if (Math.max(earlier.roles.slugs.length, snapshot.roles.slugs.length) > MAX_TRANSITIONS) return null;
  const before = await hoursToRoles(context, earlier);
  const after = await hoursToRoles(context, snapshot);
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((slug) => ({ args, slug, before: before.get(slug), after: after.get(slug) }))
    .filter((role) => role.before !== role.after);
}

/** What the history of entities comes to, all in all. */
function differences({ entities, before, after }: History): EntityDifference[] {
  const digests = (rows: GraphRows) =>
    perKind((kind) => new Map(rows[ENTITIES[kind].list].map(({ slug, digest }) => [slug, digest])));
  const digestBefore = digests(before);
  const digestAfter = digests(after);
  return entities
    .flatMap(({ kind, before: was, after: is }): EntityDifference[] => {
      if (was === undefined)
        return is === undefined ? [] : [{ kind, slug: is, formerSlug: null, operation: "CREATED" }];
      if (is === undefined) return [{ kind, slug: was, formerSlug: null, operation: "DELETED" }];
      const isSame = was === is && digestBefore[kind].get(was) === digestAfter[kind].get(is);
      return isSame ? [] : [{ kind, slug: is, formerSlug: was === is ? null : was, operation: "UPDATED" }];
    })
    .sort(
      (a, b) => ENTITY_KINDS.indexOf(a.kind) - ENTITY_KINDS.indexOf(b.kind) || (a.slug < b.slug ? -1 : 1),
    );
}

builder.queryField("diff", (t) =>
  t.field({
    type: GraphDiff,
    description:
      "What differs between two revisions, all in all: what was changed and changed back does not. By the change log, which keeps what was overwritten.",
    args: {
      from: t.arg.int({ required: true, description: "The earlier revision, 0 for the empty graph." }),
      to: t.arg.int({ description: "The later revision. Absent: the current one." }),
    },
    errors: results("GraphDiffResult", "What differs, or why that is not known.", [ValidationError]),
    resolve: async (_root, args, { snapshot, loaders }): Promise<Difference> => {
      const { from } = args;
      const { revision } = snapshot;
      const to = args.to ?? revision;
      if (to < 0 || to > revision) throw fault("to", `a revision, at most ${revision}`, to);
      if (from < 0 || from > to) throw fault("from", `a revision, at most ${to}`, from);
      const history = await loaders.history(from, to).catch((error: unknown) => {
        throw error instanceof HistoryFault ? untold(error, "from", from) : error;
      });
      return { args, from, to, history, entities: differences(history) };
    },
  }),
);
