/** Makes the `nth` of some questions that cost about what one operation may cost; no two of them are the same. */
export type Dear = (nth: number) => string;

const aliases = (count: number, field: (at: number) => string) =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field(at)}`).join(" ")} }`;
const goals = 'goals: [{ role: "full-stack-developer" }, { role: "software-engineer" }]';
const learner = (nth: number) =>
  `known: [${["git", "http", "json", "linux", "sql"].filter((_, at) => (nth >> at) & 1).map((slug) => `"${slug}"`)}], knownImplies: PARTS, weeklyHours: ${1 + (nth % 40)}`;

/** Near the limits of `src/api/limits.ts`, each by what it can spend most of. */
export const DEAR: Readonly<Record<string, Dear>> = {
  "lists in lists": (nth) =>
    `{ skills(first: 100) { nodes { a${nth}: slug unlocks { goal { __typename ... on Skill { slug name summary unlocks { depth goal { __typename ... on Skill { slug } } } } } } } } }`,
  "all lists of an entity": (nth) =>
    `{ skills(first: 100) { nodes { a${nth}: slug citations { mention line section { id } document { id } } possiblePrerequisites { skill { slug } } necessaryPrerequisites { skill { slug } } unlocks { goal { __typename ... on Skill { slug name summary } } } resources { slug name } taughtBy { __typename } } } }`,
  searches: (nth) =>
    aliases(
      60,
      (at) => `search(query: "expereince with dtabases ${nth} ${at}", first: 50) { nodes { score } }`,
    ),
  subgraphs: (nth) =>
    aliases(
      30,
      (at) =>
        `subgraph(roots: [{ skill: "coding" }], direction: DEPENDENTS, depth: ${(nth % 30) + 1}) { ... on Subgraph { nodes { goal { __typename } } edges { b${nth}_${at}: id } } }`,
    ),
  "a thorough path": (nth) =>
    `{ learningPath(input: { ${goals}, ${learner(nth)}, effort: THOROUGH }) { ... on LearningPath { totalHours steps { because { requiredBy { slug } } alternatives { extraHours } } } } }`,
  "paths with everything": (nth) =>
    aliases(
      5,
      (at) =>
        `learningPath(input: { ${goals}, ${learner(nth * 5 + at)} }) { ... on LearningPath { totalHours choices { ... on PathChoices { choices { path { totalHours } difference { extraHours } } } } resources { ... on PathResources { steps { __typename } } } steps { because { requiredBy { slug } } alternatives { extraHours } } } }`,
    ),
  "comparisons of roles": (nth) =>
    aliases(
      40,
      (at) =>
        `compareRoles(roles: ["backend-developer", "full-stack-developer", "designer"]) { ... on RoleComparison { pairs { hoursOfBoth } b${nth}_${at}: __typename } }`,
    ),
  "what-ifs": (nth) =>
    aliases(
      20,
      (at) =>
        `whatIf(input: { ${goals}, ${learner(nth + at)} }, changes: [{ setHours: { skill: "git", hours: ${1 + ((nth * 20 + at) % 900)} } }]) { __typename }`,
    ),
};
