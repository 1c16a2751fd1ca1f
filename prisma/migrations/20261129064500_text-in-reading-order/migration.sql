-- Names sort as a reader looks things up (edX between Docker and Flask), and filters ignore the case of letters of every
-- script, whatever the locale of the server: by the root collation of Unicode, which PostgreSQL and the embedded
-- database both have. Slugs stay COLLATE "C": numbers of skills follow their order.
ALTER TABLE "Skill"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "summary" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "SkillAlias" ALTER COLUMN "alias" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "Resource"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "provider" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "summary" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "Project"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "brief" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "Role"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "summary" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "Roadmap"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "summary" TYPE TEXT COLLATE "und-x-icu";
ALTER TABLE "Document"
  ALTER COLUMN "name" TYPE TEXT COLLATE "und-x-icu",
  ALTER COLUMN "publisher" TYPE TEXT COLLATE "und-x-icu";
