-- Every entity knows which source wrote it last. For what is stored already, the change log knows: the last part of
-- the path of the file, as later imports name it.
DO $$
DECLARE
  entity TEXT;
BEGIN
  FOREACH entity IN ARRAY ARRAY['Document', 'Skill', 'Resource', 'Project', 'Role', 'Roadmap'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN "origin" TEXT NOT NULL DEFAULT ''unknown''', entity);
    EXECUTE format(
      'UPDATE %I AS entity SET "origin" = regexp_replace(last."source", ''^.*[/\\]'', '''')
      FROM (
        SELECT DISTINCT ON ("slug") "slug", "source"
        FROM "Change" JOIN "Revision" ON "number" = "revision"
        WHERE "kind"::text = upper(%L)
        ORDER BY "slug", "revision" DESC
      ) AS last
      WHERE last."slug" = entity."slug"', entity, entity);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN "origin" DROP DEFAULT', entity);
  END LOOP;
END $$;
