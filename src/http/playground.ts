import type { Page } from "./page.ts";

/**
 * What the playground shows before its visitor has typed anything: the question this server exists for. Its variable
 * has a default, since GraphiQL does not load the variables of a first tab.
 */
export const FIRST_QUERY = `# The cheapest way to become a backend developer for somebody who knows Git and chooses Python.
query Path(
  $input: LearningPathInput! = { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"] }
) {
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
}
`;

let page: Promise<Page> | undefined;

/**
 * GraphiQL as one page that needs nothing from anywhere else. Its code, some megabytes, is read when somebody first
 * opens it; the page is rendered once.
 */
export function playgroundPage(endpoint: string): Promise<Page> {
  page ??= render(endpoint);
  return page;
}

async function render(endpoint: string): Promise<Page> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const body = renderGraphiQL({ title: "Skills graph", defaultQuery: FIRST_QUERY, endpoint });
  return { status: 200, type: "text/html; charset=utf-8", body };
}
