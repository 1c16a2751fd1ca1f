import type { InputFieldBuilder } from "@pothos/core";
import type { builder } from "../builder.ts";
import { BasisEnum } from "./citation.ts";

type Types = (typeof builder)["$inferSchemaTypes"];

/** The fields of a filter that ask what documents say of a row. */
export function supportFields(t: InputFieldBuilder<Types, "InputObject">) {
  return {
    citedBy: t.string({ description: "Supported by the document of this slug." }),
    citedByAll: t.stringList({ description: "Supported by each of the documents of these slugs." }),
    minAgreement: t.int({ description: "Supported by at least so many documents." }),
    bases: t.field({
      type: [BasisEnum],
      description: "The strongest support is one of these; `EDITORIAL`: no document supports it.",
    }),
  };
}
