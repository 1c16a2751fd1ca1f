/** Limits of pictures, each with its reason. */

/** The most nodes of a picture: Graphviz takes about a second for them, and nobody reads more. */
export const MAX_PICTURE_NODES = 2_000;

/** The most edges, for the same reason. */
export const MAX_PICTURE_EDGES = 8_000;

/** The longest line of a label, in letters: longer ones make columns too wide to compare. */
export const MAX_LINE_LETTERS = 22;

/** Lines of a label; what does not fit is in the title of the node. */
export const MAX_LINES = 3;
