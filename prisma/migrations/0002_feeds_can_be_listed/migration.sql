-- What a list of ten thousand feeds sorts, filters and shows, beside the documents it comes from, so that a list opens
-- none of them. The database keeps it, so no writer can forget it.
ALTER TABLE "feeds"
  ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "tier" TEXT,
  ADD COLUMN "pattern" TEXT,
  ADD COLUMN "teams" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "search" TEXT NOT NULL DEFAULT '';

ALTER TABLE "feed_states"
  ADD COLUMN "state_name" TEXT NOT NULL DEFAULT 'unmeasured',
  ADD COLUMN "age_ms" BIGINT,
  ADD COLUMN "age_lower_ms" BIGINT,
  ADD COLUMN "objective_ms" BIGINT;

-- CreateIndex
CREATE INDEX "feeds_name_idx" ON "feeds"("name");

CREATE FUNCTION feed_listing_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "feeds" f SET
    "name" = coalesce(NEW."document" #>> '{metadata,name}', f."slug"),
    "tier" = NEW."document" #>> '{metadata,tier}',
    "pattern" = NEW."document" ->> 'pattern',
    "teams" = ARRAY(SELECT DISTINCT v #>> '{}' FROM (
      SELECT jsonb_path_query(NEW."document", 'lax $.owners.*')
      UNION ALL SELECT jsonb_path_query(NEW."document", 'lax $.path[*].owner')) AS o(v) ORDER BY 1),
    "search" = lower(concat_ws(' ', f."slug", NEW."document" #>> '{metadata,name}',
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(NEW."document", 'lax $.sources.topics[*].name') AS s(v)),
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(NEW."document", 'lax $.path[*].output.topic') AS s(v)),
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(NEW."document", 'lax $.path[*].connector') AS s(v)),
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(NEW."document", 'lax $.path[*].group') AS s(v)),
      NEW."document" #>> '{target,table}', NEW."document" #>> '{target,topic}',
      (SELECT string_agg(v #>> '{}', ' ') FROM jsonb_path_query(NEW."document", 'lax $.owners.*') AS s(v))))
  WHERE f."id" = NEW."feed_id"
    AND (NEW."state" = 'active'
      OR NOT EXISTS (SELECT 1 FROM "contract_versions" v WHERE v."feed_id" = NEW."feed_id" AND v."state" = 'active'));
  RETURN NULL;
END $$;
CREATE TRIGGER contract_versions_listed AFTER INSERT OR UPDATE OF "state", "document" ON "contract_versions"
  FOR EACH ROW EXECUTE FUNCTION feed_listing_of_version();

CREATE FUNCTION feed_listing_of_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."state_name" := coalesce(NEW."reading" ->> 'state', 'unmeasured');
  NEW."age_ms" := (NEW."reading" ->> 'ageMs')::numeric::bigint;
  NEW."age_lower_ms" := (NEW."reading" ->> 'ageLowerMs')::numeric::bigint;
  NEW."objective_ms" := (NEW."reading" ->> 'objectiveMs')::numeric::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER feed_states_listed BEFORE INSERT OR UPDATE OF "reading" ON "feed_states"
  FOR EACH ROW EXECUTE FUNCTION feed_listing_of_reading();
