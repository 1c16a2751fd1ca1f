/** The core query of the API, as frontends send it. */
export const CORE_QUERY = `query Path($input: LearningPathInput!) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      revision totalHours isOptimal lowerBoundHours
      steps {
        position stage hours
        skill { slug name }
        because { goals { slug } requiredBy { slug } }
        alternatives { skill { slug } extraHours }
      }
    }
    ... on Error { message }
  }
}`;

/**
 * What a learner who knows some skills sends. They imply their parts and no more: prerequisites would make answers shorter by
 * what is known, and those of peers, which imply nothing, would no longer be of about the same length.
 */
export const learner = (known: readonly string[]) => ({ known, knownImplies: "PARTS" });

export function coreBody(known: readonly string[]): string {
  return JSON.stringify({
    query: CORE_QUERY,
    variables: {
      input: { goals: [{ role: "backend-developer" }], ...learner(known), choose: ["python"] },
    },
  });
}

/** More questions than are asked in one round. */
const QUESTIONS_PER_ROUND = 100_000;

/**
 * Gives another body each time: each learner knows another four skills of the path, so that the answers stay
 * about as long as the hot one. Rounds, from 0, share no bodies.
 */
export function distinctBodies(slugs: readonly string[], round: number): () => string {
  return distinctQuestions(slugs, round, coreBody);
}

/** The same of any question, given what the learner knows. */
export function distinctQuestions(
  slugs: readonly string[],
  round: number,
  body: (known: readonly string[]) => string,
): () => string {
  let number = round * QUESTIONS_PER_ROUND;
  return () => body(combination(slugs, 4, number++));
}

/** The `number`-th choice of `size` of the items, in the combinatorial number system; wraps around. */
function combination(items: readonly string[], size: number, number: number): string[] {
  const chosen: string[] = [];
  let rest = number % choose(items.length, size);
  for (let k = size; k >= 1; k--) {
    let top = k - 1;
    while (choose(top + 1, k) <= rest) top++;
    rest -= choose(top, k);
    chosen.push(items[top]!);
  }
  return chosen;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 0; i < k; i++) product = (product * (n - i)) / (i + 1);
  return Math.round(product);
}
