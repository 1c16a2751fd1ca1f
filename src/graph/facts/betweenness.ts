import { groupByKey } from "../model/integers.ts";

/** Up to here every skill is a source; beyond, `SAMPLED_SOURCES` of them are, evenly spread. */
export const MAX_EXACT_NODES = 3_000;
/** Sources of a sample: with n of them the error of a share is at most about 1/√n, here 3 % of the largest. */
export const SAMPLED_SOURCES = 1_000;

/**
 * The betweenness of each node of a directed graph: the share of the shortest ways between two others that pass it, among
 * all (n − 1)(n − 2) pairs (Brandes 2001), as NetworkX and Gephi count it. Beyond `MAX_EXACT_NODES` nodes it is an
 * estimate from a sample of sources.
 *
 * Time O(sources · edges), memory O(nodes + edges).
 */
export function betweenness(nodeCount: number, from: Int32Array, to: Int32Array): Float64Array {
  const shares = new Float64Array(nodeCount);
  if (nodeCount < 3) return shares;
  const { start, values } = groupByKey(nodeCount, from, to);
  const order = new Int32Array(nodeCount);
  const distance = new Int32Array(nodeCount);
  const ways = new Float64Array(nodeCount);
  const share = new Float64Array(nodeCount);
  const sources = nodeCount <= MAX_EXACT_NODES ? nodeCount : SAMPLED_SOURCES;
  for (let s = 0; s < sources; s++) {
    const source = Math.floor((s * nodeCount) / sources);
    distance.fill(-1);
    ways.fill(0);
    share.fill(0);
    distance[source] = 0;
    ways[source] = 1;
    order[0] = source;
    let count = 1;
    for (let at = 0; at < count; at++) {
      const node = order[at]!;
      for (let i = start[node]!; i < start[node + 1]!; i++) {
        const next = values[i]!;
        if (distance[next] === -1) {
          distance[next] = distance[node]! + 1;
          order[count++] = next;
        }
        if (distance[next] === distance[node]! + 1) ways[next]! += ways[node]!;
      }
    }
    // From the farthest back: each passes its share on to the nodes before it.
    for (let at = count - 1; at > 0; at--) {
      const node = order[at]!;
      for (let i = start[node]!; i < start[node + 1]!; i++) {
        const next = values[i]!;
        if (distance[next] === distance[node]! + 1)
          share[node]! += (ways[node]! / ways[next]!) * (1 + share[next]!);
      }
      shares[node]! += share[node]!;
    }
  }
  const pairs = (nodeCount - 1) * (nodeCount - 2) * (sources / nodeCount);
  return shares.map((sum) => sum / pairs);
}
