import { GraphQLError } from "graphql";

/**
 * The row of an entity of the snapshot. A write may delete it between the moment the request took its
 * snapshot and the moment the row was read; that is the client's to repeat, not a fault of the server.
 */
export function present<Row>(row: Row | undefined, what: string): Row {
  if (row !== undefined) return row;
  throw new GraphQLError(`${what} was deleted while this request was answered. Send it again.`, {
    extensions: { code: "STALE_REVISION" },
  });
}
