/** What a picture shows: nodes, and edges from prerequisites to dependents. */
export interface Picture {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureNode {
  /** Unique in the picture. */
  readonly id: string;
  readonly label: string;
  /** Its place in an order; absent: none. */
  readonly number?: number;
  readonly hours?: number;
  /** Whether its learner has it, can begin it, must learn something before, or wants to reach it. */
  readonly state: "known" | "ready" | "locked" | "goal";
  /** A link on the site, such as /skills/git. */
  readonly href: string;
  /** A link to the same picture with what is around the node as well; absent: it shows that, or cannot. */
  readonly grow?: string;
  /** The node beside which it is placed because that was asked for more, whatever is there already. */
  readonly beside?: { readonly id: string; readonly side: "left" | "right" };
}

export interface PictureEdge {
  readonly prerequisite: string;
  readonly dependent: string;
  /** Whether the dependent can do without. */
  readonly isAlternative: boolean;
}

/** Where everything is, in pixels. */
export interface Layout {
  /** The upper left corner: what is placed beside other nodes may be left of nothing and above. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The boxes of the nodes, in their order; x and y are those of the centre. */
  readonly boxes: readonly Box[];
  /** For each edge the control points of a chain of cubic Bézier curves, x and y in turn. */
  readonly curves: readonly (readonly number[])[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
