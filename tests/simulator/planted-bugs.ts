import type { Edit } from "./bundle.ts";

/** Bugs that the simulator must find, as edits of the source that it drives. */
export const PLANTED_BUGS: Readonly<Record<string, readonly Edit[]>> = {
  "a check before the lock": [
    { file: "src/store/rows/write-graph.ts", find: "    await writer.takeTurn();\n", replace: "" },
    {
      file: "src/store/rows/write-graph.ts",
      find: "    await writer.deleteRows(changes);\n",
      replace: "    await writer.takeTurn();\n    await writer.deleteRows(changes);\n",
    },
  ],
  "a lost notification that nothing makes up for": [
    { file: "src/store/follow.ts", find: "    begin();\n    poll();\n", replace: "    begin();\n" },
  ],
  "half a patch: of the first entity that was changed": [
    {
      file: "src/store/snapshot/newer-snapshot.ts",
      find: "  return patchedSnapshot(last, changed.revision, changed.slugs, changed.owners);",
      replace:
        "  return patchedSnapshot(last, changed.revision, { ...changed.slugs, SKILL: changed.slugs.SKILL.slice(0, 1) }, { ...changed.owners, SKILL: new Map([...changed.owners.SKILL].slice(0, 1)) });",
    },
  ],
  "a minimal revision that is taken as reached after one look": [
    {
      file: "src/store/reach-revision.ts",
      find: "    isAsked = true;\n",
      replace: "    return true;\n",
    },
    {
      file: "src/store/open-tables.ts",
      find: "    if (refreshing !== undefined) {\n",
      replace: "    if (refreshing !== undefined) return refreshing;\n    if (refreshing !== undefined) {\n",
    },
  ],
  "an idempotency key that is looked up before the lock alone": [
    {
      file: "src/store/rows/write-graph.ts",
      find: "once && (await writer.firstOutcome(once))",
      replace: "undefined as WriteOutcome | undefined",
    },
  ],
  "an idempotency key that is kept beside the transaction": [
    {
      file: "src/store/rows/write-graph.ts",
      find: "await writer.keepOutcome(once, outcome)",
      replace: "await tables.transaction((beside) => beside.keepOutcome(once, outcome))",
    },
  ],
  "a replay that is answered from a graph before it": [
    {
      file: "src/api/write/once.ts",
      find: "      if (outcome !== undefined) await store.refresh();\n",
      replace: "",
    },
  ],
  "a patch that is taken for an older revision": [
    {
      file: "src/store/open-tables.ts",
      find: "      advance(snapshot);\n",
      replace: "      advance({ ...snapshot, revision });\n",
    },
  ],
  "a subscriber that is not told of what is committed while the log is read": [
    {
      file: "src/api/follow.ts",
      find: "at = page.at(-1)?.number ?? upTo;",
      replace: "at = store.snapshot().revision;",
    },
  ],
  "an older snapshot that overtakes a newer one": [
    {
      file: "src/store/open-tables.ts",
      find: "    if (snapshot.revision <= current.revision) return;\n",
      replace: "",
    },
  ],
  "a page of the log that is skipped when the database dies while it is read": [
    {
      file: "src/api/follow.ts",
      find: "if (page !== undefined) at = page.at(-1)?.number ?? upTo;",
      replace: "at = page?.at(-1)?.number ?? upTo;",
    },
  ],
};
