/** What pages need to know of `<skill-roadmap>`, which /embed/v1.js defines. */

/** Slugs are written with commas. */
export interface SkillRoadmapAttributes {
  /** The server, unless the script came from it. */
  src?: string;
  /** Roles to reach, such as `backend-developer`. */
  role?: string;
  /** Skills to reach. */
  skill?: string;
  /** Roadmaps to go through. */
  roadmap?: string;
  /** Skills that the learner has. What they are made of and stand on counts as known as well. */
  known?: string;
  /** Skills that do not count as known, whatever the learner has. */
  "not-known"?: string;
  /** Skills to take where there is a choice. */
  choose?: string;
  "weekly-hours"?: number | string;
  /** Absent: as the reader's system has it. */
  theme?: "light" | "dark";
}

/** A path as the element has got it. */
export interface SkillRoadmapPath {
  readonly totalHours: number;
  readonly totalSteps: number;
  readonly goals: readonly { readonly slug: string; readonly name: string }[];
  readonly known: readonly { readonly slug: string; readonly name: string }[];
  /** The members of `known` that the learner has not named, each with the skill that covers it. */
  readonly takenAsKnown: readonly {
    readonly skill: { readonly slug: string; readonly name: string };
    readonly because: { readonly slug: string; readonly name: string };
  }[];
  readonly steps: readonly {
    readonly position: number;
    readonly hours: number;
    readonly skill: { readonly slug: string; readonly name: string };
  }[];
}

export interface SkillRoadmapEventMap {
  /** The link of a skill was followed. Cancelled: it is not. */
  "skill-select": CustomEvent<{ readonly slug: string; readonly name: string }>;
  /** A skill was ticked off, or no longer is. */
  "progress-change": CustomEvent<{ readonly known: readonly string[]; readonly notKnown: readonly string[] }>;
  /** There is another path. */
  "path-change": CustomEvent<{ readonly totalHours: number; readonly totalSteps: number }>;
  /** There is none, and why. What stands inside the element is shown. */
  "path-error": CustomEvent<{ readonly message: string }>;
}

export interface SkillRoadmapElement extends HTMLElement {
  /** The path that is shown; undefined before there is one. */
  readonly path: SkillRoadmapPath | undefined;
  known: readonly string[];
  notKnown: readonly string[];
  addEventListener<Type extends keyof SkillRoadmapEventMap>(
    type: Type,
    listener: (event: SkillRoadmapEventMap[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What a tag takes in JSX: the attributes, what every element has, and handlers as React 19 and Preact name them. */
export type SkillRoadmapProps = SkillRoadmapAttributes & {
  id?: string;
  class?: string;
  className?: string;
  hidden?: boolean;
  style?: unknown;
  slot?: string;
  key?: string | number;
  ref?: unknown;
  children?: unknown;
  "onskill-select"?: (event: SkillRoadmapEventMap["skill-select"]) => void;
  "onprogress-change"?: (event: SkillRoadmapEventMap["progress-change"]) => void;
  "onpath-change"?: (event: SkillRoadmapEventMap["path-change"]) => void;
  "onpath-error"?: (event: SkillRoadmapEventMap["path-error"]) => void;
};

declare global {
  interface HTMLElementTagNameMap {
    "skill-roadmap": SkillRoadmapElement;
  }
  namespace JSX {
    interface IntrinsicElements {
      "skill-roadmap": SkillRoadmapProps;
    }
  }
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "skill-roadmap": SkillRoadmapProps;
    }
  }
}
