import type { Operations } from "./generated/operations.ts";
import type { LearningPathInput } from "./generated/path-page.ts";
import type { Html } from "./html.ts";

/** An answer without errors. What is null at the top level of an answer has an error beside it. */
type Answered<Result> = { readonly [Field in keyof Result]: NonNullable<Result[Field]> };

/** Asks one of the shipped operations of the API. Rejects with an `AskFault` where its answer has an error. */
export type Ask = <Name extends keyof Operations>(
  name: Name,
  variables: Operations[Name]["variables"],
) => Promise<Answered<Operations[Name]["result"]>>;

/** An error in an answer, with its code, such as NOT_FOUND. */
export class AskFault extends Error {
  readonly code: string;
  readonly suggestions: readonly string[];
  constructor(message: string, code: string, suggestions: readonly string[] = []) {
    super(message);
    this.code = code;
    this.suggestions = suggestions;
  }
}

/** The question in a link of a plan. */
export interface PlanQuestion {
  readonly input: LearningPathInput;
  /** The parameters of the link by the names that all plan links have. */
  readonly query: URLSearchParams;
}

/** What a picture shows; see `render/picture.ts`. */
export interface Picture {
  readonly title: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly number?: number;
    readonly hours?: number;
    readonly state: "known" | "ready" | "locked" | "goal";
    readonly href: string;
    readonly grow?: string;
    readonly beside?: { readonly id: string; readonly side: "left" | "right" };
  }[];
  readonly edges: readonly {
    readonly prerequisite: string;
    readonly dependent: string;
    readonly isAlternative: boolean;
  }[];
}

/** What pages are made with. */
export interface Site {
  readonly ask: Ask;
  /** Reads the question of a plan from a link. Throws an `AskFault` when it makes no sense. */
  readonly readPlan: (query: URLSearchParams) => PlanQuestion;
  /** Draws a picture for a page. Throws an `AskFault` when that is too much. */
  readonly draw: (picture: Picture) => Promise<Html>;
  /** The script of the custom element: its link, its hash for `integrity`, and its compressed size in bytes. */
  readonly element: { readonly file: string; readonly integrity: string; readonly size: number };
  /** The revision of the graph that pages are made of. */
  readonly revision: number;
  /** Where the site is, such as https://example.org. */
  readonly origin: string;
}

/** A page of the site. */
export interface View {
  readonly status: number;
  readonly title: string;
  readonly description: string;
  /** The link that is this page's own. Absent: search engines should not list it. */
  readonly canonical?: string;
  readonly main: Html;
  /** What the page is about, as schema.org has it. */
  readonly about?: Readonly<Record<string, unknown>>;
  /** The link whose embed services may offer (oEmbed); absent: there is none. */
  readonly embeddable?: string;
  /** What stands in the search field. */
  readonly search?: string;
}
