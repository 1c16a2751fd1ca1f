import { readHistory } from "../store/rows/read-history.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { RowReader } from "../store/store.ts";
import { changeLog } from "./change-log.ts";
import { citationCountLoader, citationPageLoader } from "./citation-pages.ts";
import { citationLoader, claimLoader, disputedFields } from "./citations.ts";
import { documentAgreement } from "./document-agreement.ts";
import { pages } from "./pages/filters.ts";
import { rowLoaders } from "./rows.ts";
import { searchIndex } from "./search/search.ts";
import { skillCounts } from "./skill-counts.ts";
import { spellingsLoader } from "./spellings.ts";
import { versionLoader } from "./versions.ts";

/** Everything through which requests read rows. */
export type Loaders = ReturnType<typeof createLoaders>;

/**
 * One loader for each relation: whatever a request selects at one depth costs one SQL statement for each kind
 * of row, however many entities ask for it.
 */
export function createLoaders(prisma: RowReader) {
  return {
    ...rowLoaders(prisma),
    citations: citationLoader(prisma),
    citationCounts: citationCountLoader(prisma),
    citationPages: citationPageLoader(prisma),
    changeLog: changeLog(prisma),
    history: (since: number, upTo: number) => readHistory(prisma, since, upTo),
    claims: claimLoader(prisma),
    documentAgreement: (atMost: number) => documentAgreement(prisma, atMost),
    disputedFields: () => disputedFields(prisma),
    pages: pages(prisma),
    skillCounts: skillCounts(prisma),
    spellings: spellingsLoader(prisma),
    versions: versionLoader(prisma),
    /** The search index of a revision. */
    searchIndex: (snapshot: GraphSnapshot) => searchIndex(prisma, snapshot),
  };
}
