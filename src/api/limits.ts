import {
  ALTERNATIVES_BUDGET,
  DEFAULT_SEARCH_BUDGET,
  type Effort,
  EXACT_WORK,
  EXACT_WORK_PER_WORK,
  ORDER_WORK,
  WORK_PER_SLICE,
} from "../planning/limits.ts";

/** What one request may ask for. A request beyond a limit is refused with an error that names it, never cut short. */

/** Items on one page of a connection: a page of this size with its relations answers well below a second. */
export const MAX_PAGE_SIZE = 100;
/** Items on a page when the request does not say. */
export const DEFAULT_PAGE_SIZE = 20;
/** Entries of a list in a filter: more values than any enum has, and more documents than any catalogue tried. */
export const MAX_FILTER_VALUES = 100;
/** Disagreements in one answer: more than people read. */
export const MAX_DISAGREEMENTS = 1_000;
/** Pairs of documents in one answer: those of forty-five documents. */
export const MAX_DOCUMENT_PAIRS = 1_000;
/** Ids in one `nodes` request: as many as a page has items. */
export const MAX_NODE_IDS = MAX_PAGE_SIZE;
/** Goals of one path: every role of a large company, and the request is still readable. */
export const MAX_GOALS = 100;
/** Slugs in `known`, `choose` or `avoid`: more skills of a catalogue than any person has learned. */
export const MAX_LISTED_SKILLS = 5_000;
/** Nodes of one subgraph: more than a screen can show, and about a megabyte of answer. */
export const MAX_SUBGRAPH_NODES = 2_000;
/** Steps away from the root in closures and subgraphs: deeper than any catalogue tried. */
export const MAX_DEPTH = 1_000;
/** Letters of a search: longer than any name. */
export const MAX_SEARCH_LENGTH = 200;
/** Skills in one `readyToLearn` answer. */
export const MAX_READY_SKILLS = 200;
/** Hours in a week, all of them. */
export const MAX_WEEKLY_HOURS = 168;
/** Spellings that unknown slugs are compared with in one turn of the event loop: an error must stay cheap. */
export const MAX_COMPARED_SPELLINGS = 200_000;
/** Suggestions in an error: few enough to take in at a glance. */
export const MAX_SUGGESTIONS = 3;
/** Resources of one path: more books than anyone reads. */
export const MAX_PATH_RESOURCES = 200;
/** Resources of one role: more than anyone compares. */
export const MAX_ROLE_RESOURCES = 200;
/** Notes of one answer: as many as a long page shows. */
export const MAX_NOTES = 500;
/** Languages in one preference: more than anyone reads. */
export const MAX_LANGUAGES = 20;
/** Projects listed along one path: more than anyone builds. */
export const MAX_MILESTONES = 200;
/** Resources of one step when the request does not say. */
export const DEFAULT_STEP_RESOURCES = 3;
/** Other choices listed with one path. */
export const MAX_CHOICES = 50;
/** Changes of each kind listed with what a path hangs on: more than anyone weighs. */
export const MAX_SENSITIVE_CHANGES = 500;
/** People who divide a path among them: a large company. */
export const MAX_PEOPLE = 1_000_000;
/** Levels of one operation, counting fragments: GraphQL's introspection query has 18. */
export const MAX_OPERATION_DEPTH = 25;
/** Selected fields of one operation, those of fragments where they are spread: each takes a kilobyte once compiled. */
export const MAX_OPERATION_FIELDS = 10_000;
/** Fields of one operation, each counted for every item of the lists around it: introspection has about 30,000. */
export const MAX_OPERATION_ITEMS = 200_000;
/** What the searches of one operation may cost together: a dozen plans with all their choices, or one thorough plan. */
export const MAX_OPERATION_SEARCHES = 200_000;
/** How long a list that nobody asks a number of items of is assumed to be, where nothing else is known of it. */
export const LIST_LENGTH_ASSUMED = 10;
/** Fields and list items of one answer, counted while it is written: tens of megabytes, and about half a second. */
export const MAX_ANSWER_FIELDS = 500_000;
/** The longest page that counts: the field itself refuses longer ones, and says better why. */
export const MAX_LIST_LENGTH_COUNTED = 1_000;
/** What searches do for the cost of one field: half a millisecond of a worker, which takes the time that others leave. */
export const WORK_PER_COST = WORK_PER_SLICE;

/** The most that a budget of work may cost: a tenth is for the step in which it is used up. */
function priceOf(maxWork: number): number {
  return Math.round((1.1 * maxWork) / WORK_PER_COST);
}

const SEARCH = priceOf(DEFAULT_SEARCH_BUDGET.maxWork);
const ALTERNATIVES = priceOf(ALTERNATIVES_BUDGET.maxWork);

/** The most that a proof may cost: the search that leads to it, once more, and the exact solver. */
function proof(effort: Effort): number {
  if (effort === "INSTANT") return 0;
  return SEARCH + priceOf(EXACT_WORK[effort] / EXACT_WORK_PER_WORK);
}

/** Parts of one path whose order is hard to prove: nearly no path has more. */
const HARD_PARTS = 4;

/**
 * What a path may cost by its effort: its search, one more for what it is asked to be good for, the alternatives of its
 * steps, the proof, its order.
 */
function pathPrice(effort: Effort): number {
  return 2 * SEARCH + ALTERNATIVES + proof(effort) + HARD_PARTS * priceOf(ORDER_WORK[effort]);
}

export const PATH_PRICES: Readonly<Record<Effort, number>> = {
  INSTANT: pathPrice("INSTANT"),
  NORMAL: pathPrice("NORMAL"),
  THOROUGH: pathPrice("THOROUGH"),
};

/** Fields that find a path first, by the effort in their `input`. */
export const PRICED_AS_PATHS: ReadonlySet<string> = new Set([
  "Query.explain",
  "Query.learningPath",
  "Query.readyToLearn",
]);

/**
 * What fields cost at most by the budgets of the searches that they begin. What is not used is given back: nearly all
 * questions take a hundredth.
 */
export const PRICES: Readonly<Record<string, number>> = {
  "Graph.path": SEARCH,
  "GraphDiff.roles": 4 * SEARCH,
  "LearningPath.choices": 2 * SEARCH,
  "LearningPath.explanation": SEARCH,
  "LearningPath.ifOnlyPartsKnown": 2 * SEARCH,
  "LearningPath.ifPrerequisitesKnown": 2 * SEARCH,
  "LearningPath.sensitivity": 2 * SEARCH,
  "PathChoice.path": ALTERNATIVES,
  "Proposal.whatIf": SEARCH,
  "Query.compareRoles": 2 * SEARCH,
  "Query.explain": SEARCH,
  "Query.readyToLearn": SEARCH,
  "Query.skillGap": 3 * SEARCH,
  "Query.transitions": 2 * SEARCH,
  "Query.whatIf": 4 * SEARCH,
  "SavedPlan.path": PATH_PRICES.NORMAL,
  "SavedPlan.replanned": PATH_PRICES.NORMAL,
  "SharedPlan.path": PATH_PRICES.NORMAL,
};

/** What a mutation costs: a transaction, and the graph patched. */
export const WRITE_PRICE = 5_000;

/** What fields cost whose work is not counted; mutations without a price of their own cost `WRITE_PRICE`: passes over the graph and the index of the search, a few milliseconds each. */
export const FIXED_PRICES: Readonly<Record<string, number>> = {
  "LearningPath.plannedProjects": 1_000,
  "LearningPath.projectHours": 1_000,
  "LearningPath.projects": 1_000,
  "LearningPath.resources": 1_000,
  "Mutation.importGraph": 20_000,
  "Mutation.revert": 5_000,
  "Proposal.whatIf": 1_000,
  "Query.diff": 5_000,
  "Query.readyToLearn": 1_000,
  "Query.search": 1_000,
  "Query.subgraph": 1_000,
  "Roadmap.againstPrerequisites": 100,
};

/** What fields cost that have an argument, whatever its value: to look back is to read the log and to patch the graph. */
export const ARGUMENT_PRICES: Readonly<Record<string, number>> = {
  "Query.graph.atRevision": 5_000,
};

/**
 * Lists without a page that are longer than `LIST_LENGTH_ASSUMED`: the longest of the shipped graph, and a little more. They say
 * what an operation may cost. For whether it is too large all lists have the length assumed: that each of several inside one
 * another is the longest there is would refuse what people ask for.
 */
export const LIST_LENGTHS: Readonly<Record<string, number>> = {
  "ComparedRole.distinct": 150,
  "ComparedRole.necessary": 150,
  "CriticalPath.steps": 50,
  "Document.sections": 100,
  "FieldProvenance.citations": 80,
  "GraphPath.steps": 300,
  "GraphPath.takenAsKnown": 150,
  "GroupRequirement.members": 80,
  "HypotheticalDifference.added": 30,
  "HypotheticalDifference.dropped": 30,
  "HypotheticalPath.steps": 300,
  "LearningPath.known": 200,
  "LearningPath.milestones": 30,
  "LearningPath.optionalSkills": 150,
  "LearningPath.sections": 80,
  "LearningPath.stages": 30,
  "LearningPath.steps": 300,
  "LearningPath.takenAsKnown": 150,
  "LearningSchedule.items": 200,
  "LearningSchedule.weeks": 200,
  "LearningStage.steps": 50,
  "Milestone.practises": 30,
  "NotReady.missing": 30,
  "NotReady.unmet": 40,
  "OnlyPartsKnown.skills": 150,
  "PathChoices.choices": 20,
  "PathProjects.practised": 40,
  "PathProjects.unpractised": 300,
  "PathResource.teaches": 120,
  "PathResources.leftOut": 150,
  "PathResources.resources": 30,
  "PathResources.steps": 150,
  "PathResources.untaught": 150,
  "PathSection.steps": 60,
  "PathSensitivity.hours": 60,
  "PathSensitivity.prerequisites": 60,
  "PathStep.alternatives": 20,
  "PathStep.preferredBecause": 20,
  "PrerequisitesKnown.skills": 150,
  "Project.practises": 40,
  "Project.requirementNodes": 50,
  "Project.skills": 40,
  "Query.notes": 120,
  "ReadySkill.readyNext": 30,
  "ReadyToLearn.notReady": 100,
  "ReadyToLearn.skills": 200,
  "ReadyToLearn.takenAsKnown": 150,
  "ReplannedPlan.steps": 300,
  "Resource.skills": 150,
  "Resource.teaches": 150,
  "Roadmap.steps": 30,
  "RoadmapStep.requirementNodes": 30,
  "RoadmapStep.resources": 20,
  "Role.citations": 80,
  "Role.optionalSkills": 150,
  "Role.requirementNodes": 120,
  "Role.resources": 60,
  "Role.responsibilities": 20,
  "RoleComparison.shared": 150,
  "Skill.citations": 80,
  "Skill.necessaryPrerequisites": 50,
  "Skill.parts": 40,
  "Skill.possiblePrerequisites": 80,
  "Skill.requiredBy": 100,
  "Skill.resources": 30,
  "Skill.taughtBy": 30,
  "Skill.unlocks": 300,
  "SkillGap.assumed": 200,
  "SkillGap.necessary": 150,
  "SkillGap.takenAsKnown": 150,
  "SkillOverlap.onlyFirst": 150,
  "SkillOverlap.onlySecond": 150,
  "SkillOverlap.shared": 150,
  "StepReason.requiredBy": 30,
  "StepReason.requirements": 40,
  "Subgraph.edges": 1_000,
  "Subgraph.nodes": 400,
  "Transitions.assumed": 200,
  "Transitions.takenAsKnown": 150,
  "WhatIf.unlearnable": 200,
};
/** Letters of the reason of a write: a paragraph, as reasons in a graph file. */
export const MAX_REASON_LENGTH = 4_000;
/** Letters of an idempotency key: several UUIDs. */
export const MAX_KEY_LENGTH = 255;
/** Changed entities in the answer to a write: the change log has all of them, page by page. */
export const MAX_CHANGED = 1_000;
/** Levels of a requirement in an input: as many as in a graph file. */
export const MAX_REQUIREMENT_INPUT_DEPTH = 32;
/** Nodes of a requirement in an input: far more than anyone writes by hand. */
export const MAX_REQUIREMENT_INPUT_NODES = 1_000;
/** Hours of a skill: as in a graph file. */
export const MAX_HOURS = 100_000;
/** Letters of the name of a skill that a what-if adds: as in a graph file. */
export const MAX_NAME_LENGTH = 300;
/** Letters of a link to a plan: what servers and proxies accept as the first line of a request. */
export const MAX_LINK_LENGTH = 8_000;
/** Unknown slugs of one request that get suggestions: those of the first show what went wrong. */
export const MAX_SUGGESTED_SLUGS = 10;
/** Unknown slugs that the message of an error names; the error lists all of them. */
export const MAX_NAMED_SLUGS = 3;

/** The longest link to what shows that somebody knows something: links to single results have tokens of some hundred letters. */
export const MAX_EVIDENCE_LENGTH = 500;

/** Hours that somebody has spent on one skill: five years of work. */
export const MAX_HOURS_SPENT = 10_000;

/** The longest name of a plan: a line. */
export const MAX_PLAN_NAME_LENGTH = 100;

/** Letters of the changes of a proposal, as JSON: a hundred small ones. A new graph is an import. */
export const MAX_PROPOSAL_LENGTH = 20_000;

/** Letters of what a reviewer says of a proposal: some sentences. */
export const MAX_WORD_LENGTH = 1_000;

/** Plans that are tried with a proposal, those that were saved last: with two searches each as many as a second has. */
export const MAX_PLANS_TRIED = 200;
