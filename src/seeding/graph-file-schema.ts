import { z } from "zod";
import { graphFile } from "./graph-file.ts";

/** The JSON Schema (draft 2020-12) of the graph file, as text: what editors check and complete with. */
export function graphFileSchema(): string {
  const schema = z.toJSONSchema(graphFile, { target: "draft-2020-12", io: "input" });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
