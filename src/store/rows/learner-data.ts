import { hash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { PrismaClient } from "../generated/client/client.ts";
import type { PlanShareModel, ProgressModel, SavedPlanModel } from "../generated/client/models.ts";
import { MAX_PLAN_SHARES, MAX_PROGRESS_ENTRIES, MAX_SAVED_PLANS } from "../limits.ts";
import { literally } from "../literally.ts";
import { askable } from "../storable-text.ts";
import type { Store } from "../store.ts";
import { counted } from "./counted.ts";
import { type EstimatedSkill, tellSpentHours } from "./spent-hours.ts";

export type ProgressEntry = Omit<ProgressModel, "learner">;
export type SavedPlan = Omit<SavedPlanModel, "learner">;
export type PlanShare = Pick<PlanShareModel, "id" | "createdAt">;

/** How much was deleted of a learner. */
export interface Erased {
  readonly progress: number;
  readonly plans: number;
  readonly proposals: number;
}

/** What a learner has too much of. */
export class LearnerLimitError extends Error {
  readonly what: string;
  readonly most: number;

  constructor(what: string, most: number) {
    super(`expected at most ${most} ${what}`);
    this.what = what;
    this.most = most;
  }
}

/**
 * What is stored of one learner. Every statement names the learner, so that what is another's is not found, as if it were
 * not there. Nothing here is of a revision: it may change at any time, and the graph under it.
 */
export class LearnerData {
  readonly #prisma: PrismaClient;
  readonly #checkRoom: (rows: number) => void;
  readonly #learner: string;

  constructor({ prisma, checkRoom }: Pick<Store, "prisma" | "checkRoom">, learner: string) {
    this.#prisma = prisma;
    this.#checkRoom = checkRoom;
    this.#learner = learner;
  }

  /** What is recorded of skills, the latest first. */
  progress(): Promise<ProgressEntry[]> {
    return this.#prisma.progress.findMany({
      where: { learner: this.#learner },
      omit: { learner: true },
      orderBy: [{ recordedAt: "desc" }, { skill: "asc" }],
    });
  }

  /**
   * Records one skill, in place of what was recorded under the slugs that it had before, and may make the aggregate of what
   * all have spent on it anew. Throws `LearnerLimitError`.
   */
  async record(
    entry: Omit<ProgressEntry, "skill" | "recordedAt" | "isCounted">,
    estimated: EstimatedSkill,
  ): Promise<ProgressEntry> {
    this.#checkRoom(1);
    const learner = this.#learner;
    const { slug: skill, formerSlugs } = estimated;
    const recordedAt = new Date();
    const { state, on, hours, evidence } = entry;
    const isCounted = await counted(this.#prisma, learner, async (transaction) => {
      const others = await transaction.progress.count({
        where: { learner, skill: { notIn: [skill, ...formerSlugs] } },
      });
      if (others >= MAX_PROGRESS_ENTRIES) throw new LearnerLimitError("skills", MAX_PROGRESS_ENTRIES);
      // Whose hours were counted once are not counted again, whatever the skill is called.
      const [stored] = await transaction.$queryRaw<{ isCounted: boolean }[]>`
        WITH "former" AS (
          DELETE FROM "Progress" WHERE "learner" = ${learner} AND "skill" = ANY(${[...formerSlugs]}::text[])
          RETURNING "isCounted"
        )
        INSERT INTO "Progress" AS "own"
          ("learner", "skill", "state", "on", "hours", "evidence", "recordedAt", "isCounted")
        VALUES (${learner}, ${skill}, ${state}::"ProgressState", ${on}::date, ${hours}::float8, ${evidence},
          ${recordedAt}, COALESCE((SELECT bool_or("isCounted") FROM "former"), false))
        ON CONFLICT ("learner", "skill") DO UPDATE SET
          "state" = EXCLUDED."state", "on" = EXCLUDED."on", "hours" = EXCLUDED."hours", "evidence" = EXCLUDED."evidence",
          "recordedAt" = EXCLUDED."recordedAt", "isCounted" = "own"."isCounted" OR EXCLUDED."isCounted"
        RETURNING "isCounted"`;
      return stored?.isCounted === true;
    });
    if (state === "KNOWN" && hours !== null && !isCounted) await tellSpentHours(this.#prisma, estimated);
    return { ...entry, skill, recordedAt, isCounted };
  }

  /** The plans, the latest first. */
  plans(): Promise<SavedPlan[]> {
    return this.#prisma.savedPlan.findMany({
      where: { learner: this.#learner },
      omit: { learner: true },
      orderBy: [{ savedAt: "desc" }, { id: "asc" }],
    });
  }

  plan(id: string): Promise<SavedPlan | null> {
    return this.#prisma.savedPlan.findFirst({
      where: { id: askable(id), learner: this.#learner },
      omit: { learner: true },
    });
  }

  /** Saves a plan, a new one unless an id is given; null where the learner has none of the id. Throws `LearnerLimitError`. */
  async savePlan(
    id: string | undefined,
    plan: Pick<SavedPlan, "name" | "question">,
  ): Promise<SavedPlan | null> {
    this.#checkRoom(1);
    const learner = this.#learner;
    const saved = { ...plan, savedAt: new Date() };
    if (id !== undefined) {
      const { count } = await this.#prisma.savedPlan.updateMany({
        where: { id: askable(id), learner },
        data: saved,
      });
      return count === 0 ? null : { id, ...saved };
    }
    return counted(this.#prisma, learner, async ({ savedPlan }) => {
      if ((await savedPlan.count({ where: { learner } })) >= MAX_SAVED_PLANS)
        throw new LearnerLimitError("plans", MAX_SAVED_PLANS);
      const made = { id: randomUUID(), ...saved };
      await savedPlan.create({ data: { ...made, learner } });
      return made;
    });
  }

  /** Deletes a plan and its links; whether there was one. */
  async deletePlan(id: string): Promise<boolean> {
    const learner = this.#learner;
    // Not while a link to it is made.
    const { count } = await counted(this.#prisma, learner, ({ savedPlan }) =>
      savedPlan.deleteMany({ where: { id: askable(id), learner } }),
    );
    return count > 0;
  }

  /** The links to a plan, the oldest first. */
  shares(planId: string): Promise<PlanShare[]> {
    return this.#prisma.planShare.findMany({
      where: { planId, plan: { learner: this.#learner } },
      select: { id: true, createdAt: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
  }

  /** Makes a link to a plan, and the token of it, which nobody can read later; null where there is no such plan. */
  async share(planId: string): Promise<{ readonly token: string; readonly share: PlanShare } | null> {
    this.#checkRoom(1);
    const learner = this.#learner;
    return counted(this.#prisma, learner, async ({ savedPlan, planShare }) => {
      if ((await savedPlan.count({ where: { id: askable(planId), learner } })) === 0) return null;
      if ((await planShare.count({ where: { planId } })) >= MAX_PLAN_SHARES)
        throw new LearnerLimitError("links to a plan", MAX_PLAN_SHARES);
      const share = { id: randomBytes(9).toString("base64url"), createdAt: new Date() };
      const secret = randomBytes(24).toString("base64url");
      await planShare.create({ data: { ...share, planId, hash: digest(secret).toString("base64url") } });
      return { token: `${share.id}.${secret}`, share };
    });
  }

  /** Withdraws a link; whether there was one. */
  async withdraw(shareId: string): Promise<boolean> {
    const { count } = await this.#prisma.planShare.deleteMany({
      where: { id: askable(shareId), plan: { learner: this.#learner } },
    });
    return count > 0;
  }

  /** Deletes all of it, or nothing, and takes the learner's name out of the change log and of what it has reviewed. */
  async erase(author: string): Promise<Erased> {
    const learner = this.#learner;
    return counted(this.#prisma, learner, async (transaction) => {
      const progress = await transaction.progress.deleteMany({ where: { learner } });
      const plans = await transaction.savedPlan.deleteMany({ where: { learner } });
      const proposals = await transaction.proposal.deleteMany({ where: { author } });
      await transaction.proposal.updateMany({ where: { reviewer: author }, data: { reviewer: null } });
      await transaction.revision.updateMany({ where: { author }, data: { author: null } });
      await transaction.revision.updateMany({ where: { proposer: author }, data: { proposer: null } });
      await transaction.idempotencyKey.deleteMany({ where: { key: { startsWith: ownKeys(author) } } });
      return { progress: progress.count, plans: plans.count, proposals: proposals.count };
    });
  }
}

/** The plan that the token of a link leads to, whoever has it; undefined where there is none any more. One statement. */
export async function findSharedPlan(prisma: PrismaClient, token: string): Promise<SavedPlan | undefined> {
  const [, id, secret] = /^([\w-]{12})\.([\w-]{32})$/.exec(token) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const share = await prisma.planShare.findUnique({
    where: { id },
    include: { plan: { omit: { learner: true } } },
  });
  if (share === null || !timingSafeEqual(digest(secret), Buffer.from(share.hash, "base64url")))
    return undefined;
  return share.plan;
}

/** What the keys of somebody's writes begin with (`api/write/once.ts`). */
function ownKeys(author: string): string {
  return literally(JSON.stringify([author, ""]).slice(0, -2));
}

function digest(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}
