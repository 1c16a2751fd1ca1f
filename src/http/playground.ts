import type { GraphiQLOptions } from "graphql-yoga";

/** What the playground shows before its visitor has typed anything: the question this server exists for. */
export const PLAYGROUND = {
  title: "Skills graph",
  defaultTabs: [
    {
      query: `# The cheapest way to become a backend developer for somebody who knows Git and chooses Python.
query Path($input: LearningPathInput!) {
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
`,
      variables: JSON.stringify(
        { input: { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"] } },
        null,
        2,
      ),
    },
  ],
};

/** GraphiQL with all its code in the page; some megabytes, so read only when somebody opens it. */
export async function renderPlayground(options: GraphiQLOptions): Promise<string> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL(options);
}

let page: Promise<string> | undefined;

/** The playground as one page that needs nothing from anywhere else. Rendered once. */
export function playgroundPage(endpoint: string): Promise<string> {
  page ??= renderPlayground({ ...PLAYGROUND, endpoint });
  return page;
}
