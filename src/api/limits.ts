/** What one request may ask for. A request beyond a limit is refused with an error that names it, never cut short. */

/** Items on one page of a connection: a page of this size with its relations answers well below a second. */
export const MAX_PAGE_SIZE = 100;
/** Items on a page when the request does not say. */
export const DEFAULT_PAGE_SIZE = 20;
/** Entries of a list in a filter: more values than any enum has, and more documents than any catalogue tried. */
export const MAX_FILTER_VALUES = 100;
/** Disagreements in one answer: more than people read. */
export const MAX_DISAGREEMENTS = 1_000;
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
/** People who divide a path among them: a large company. */
export const MAX_PEOPLE = 1_000_000;
/** Levels of one operation, counting fragments: GraphQL's introspection query has 18. */
export const MAX_OPERATION_DEPTH = 25;
/** Selected fields of one operation, those of fragments where they are spread: each takes a kilobyte once compiled. */
export const MAX_OPERATION_FIELDS = 10_000;
/** Fields of one operation, each counted for every item of the lists around it: introspection has about 30,000. */
export const MAX_OPERATION_COST = 200_000;
/** How long a list that nobody asks a number of items of is assumed to be when an operation is measured. */
export const LIST_LENGTH_ASSUMED = 10;
/** The longest page that counts: the field itself refuses longer ones, and says better why. */
export const MAX_LIST_LENGTH_COUNTED = 1_000;
/**
 * What fields cost that search or plan, in fields that only read: an operation may ask for a few dozen of the dearest,
 * which is as many as the workers take at once.
 */
export const PRICES: Readonly<Record<string, number>> = {
  "LearningPath.choices": 5_000,
  "LearningPath.explanation": 1_000,
  "LearningPath.projects": 1_000,
  "LearningPath.resources": 1_000,
  "Mutation.importGraph": 20_000,
  "Query.compareRoles": 2_000,
  "Query.learningPath": 1_000,
  "Query.readyToLearn": 1_000,
  "Query.search": 1_000,
  "Query.skillGap": 2_000,
  "Query.subgraph": 1_000,
  "Query.transitions": 5_000,
  "Query.whatIf": 5_000,
};
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
