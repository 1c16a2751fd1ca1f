-- Plans that were saved while known skills implied their parts by default go on to do so. Those that name no known skill as
-- well: what their learners record as known comes to the question when its path is asked for.
UPDATE "SavedPlan" SET "question" = "question" || '&knownImplies=parts' WHERE "question" !~ '(^|&)knownImplies=';
