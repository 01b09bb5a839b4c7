-- CreateEnum
CREATE TYPE "Role" AS ENUM ('viewer', 'owner', 'platform_lead', 'security_reviewer', 'auditor', 'admin');

-- CreateEnum
CREATE TYPE "ConnectionKind" AS ENUM ('cluster', 'connect', 'registry', 'catalog', 'flink', 'database');

-- CreateEnum
CREATE TYPE "VersionState" AS ENUM ('draft', 'in_review', 'active', 'superseded', 'refused');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_links" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempts" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "success" BOOLEAN NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "feed_slug" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contact" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team_members" (
    "team_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "team_members_pkey" PRIMARY KEY ("team_id","user_id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "origin" TEXT,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "connections" (
    "id" UUID NOT NULL,
    "kind" "ConnectionKind" NOT NULL,
    "name" TEXT NOT NULL,
    "config" JSONB NOT NULL,
    "secret_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secrets" (
    "id" UUID NOT NULL,
    "key_version" INTEGER NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "nonce" BYTEA NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feeds" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feeds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_versions" (
    "id" UUID NOT NULL,
    "feed_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" "VersionState" NOT NULL,
    "document" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "contract_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leases" (
    "resource" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "fence" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("resource")
);

-- CreateTable
CREATE TABLE "sample_attempts" (
    "connection_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "error" TEXT,
    "positions_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "took_ms" INTEGER NOT NULL,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "fence" BIGINT NOT NULL,

    CONSTRAINT "sample_attempts_pkey" PRIMARY KEY ("connection_id","tick")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "log_samples" (
    "cluster_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "topic" TEXT NOT NULL,
    "topic_id" TEXT NOT NULL,
    "high_watermarks" BIGINT[],
    "last_stable_offsets" BIGINT[],
    "log_starts" BIGINT[],
    "errors" SMALLINT[],

    CONSTRAINT "log_samples_pkey" PRIMARY KEY ("cluster_id","tick","topic")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "group_samples" (
    "cluster_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "group_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "offsets" BIGINT[],
    "error_code" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "group_samples_pkey" PRIMARY KEY ("cluster_id","tick","group_id","topic")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "group_states" (
    "cluster_id" UUID NOT NULL,
    "group_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "members" INTEGER,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_states_pkey" PRIMARY KEY ("cluster_id","group_id")
);

-- CreateTable
CREATE TABLE "event_times" (
    "cluster_id" UUID NOT NULL,
    "topic_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "spec" TEXT NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "found_offset" BIGINT,
    "record_timestamp" TIMESTAMPTZ(3),
    "log_append_time" BOOLEAN NOT NULL DEFAULT false,
    "event_time" TIMESTAMPTZ(3),
    "unreadable" TEXT,
    "empty_up_to" BIGINT,

    CONSTRAINT "event_times_pkey" PRIMARY KEY ("cluster_id","topic_id","partition","offset","spec","tick")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "control_events" (
    "cluster_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "topic_id" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "group_id" TEXT NOT NULL,
    "commit_id" TEXT NOT NULL,
    "table_name" TEXT,
    "rows" INTEGER,
    "assignments" JSONB,
    "tick" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "control_events_pkey" PRIMARY KEY ("cluster_id","topic","topic_id","partition","offset")
);

-- CreateTable
CREATE TABLE "connector_samples" (
    "connect_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "connector" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "tasks" JSONB NOT NULL,
    "config" JSONB NOT NULL,

    CONSTRAINT "connector_samples_pkey" PRIMARY KEY ("connect_id","tick","connector")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "table_samples" (
    "catalog_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "table_name" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "table_uuid" TEXT,
    "snapshot_id" TEXT,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "error_code" TEXT,
    "error" TEXT,

    CONSTRAINT "table_samples_pkey" PRIMARY KEY ("catalog_id","tick","table_name","ref")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "table_snapshots" (
    "catalog_id" UUID NOT NULL,
    "table_name" TEXT NOT NULL,
    "snapshot_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "operation" TEXT NOT NULL,
    "committed_at" TIMESTAMPTZ(3) NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "summary" JSONB NOT NULL,

    CONSTRAINT "table_snapshots_pkey" PRIMARY KEY ("catalog_id","table_name","snapshot_id")
);

-- CreateTable
CREATE TABLE "feed_states" (
    "feed_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "state" JSONB NOT NULL,
    "reading" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_states_pkey" PRIMARY KEY ("feed_id")
);

-- CreateTable
CREATE TABLE "feed_readings" (
    "feed_id" UUID NOT NULL,
    "tick" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "age_ms" BIGINT,
    "age_lower_ms" BIGINT,
    "held_by" TEXT,
    "contract_version" INTEGER NOT NULL,
    "reading" JSONB NOT NULL,

    CONSTRAINT "feed_readings_pkey" PRIMARY KEY ("feed_id","tick")
) PARTITION BY RANGE ("tick");

-- CreateTable
CREATE TABLE "feed_minutes" (
    "feed_id" UUID NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "worst_age_ms" BIGINT,
    "dominant_hop" TEXT,
    "holds" JSONB NOT NULL,
    "because" TEXT,
    "contract_version" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,
    "expected" INTEGER NOT NULL,
    "origin" TEXT NOT NULL,

    CONSTRAINT "feed_minutes_pkey" PRIMARY KEY ("feed_id","minute")
) PARTITION BY RANGE ("minute");

-- CreateTable
CREATE TABLE "feed_events" (
    "id" BIGSERIAL NOT NULL,
    "feed_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "hop" TEXT,
    "text" TEXT NOT NULL,
    "data" JSONB,

    CONSTRAINT "feed_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_links_secret_hash_key" ON "one_time_links"("secret_hash");

-- CreateIndex
CREATE INDEX "sign_in_attempts_key_at_idx" ON "sign_in_attempts"("key", "at");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_secret_hash_key" ON "api_tokens"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_hash_key" ON "audit_events"("hash");

-- CreateIndex
CREATE INDEX "audit_events_subject_type_subject_id_idx" ON "audit_events"("subject_type", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "connections_kind_name_key" ON "connections"("kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "feeds_slug_key" ON "feeds"("slug");

-- CreateIndex
CREATE INDEX "contract_versions_feed_id_state_idx" ON "contract_versions"("feed_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "contract_versions_feed_id_version_key" ON "contract_versions"("feed_id", "version");

-- CreateIndex
CREATE INDEX "event_times_cluster_id_topic_tick_idx" ON "event_times"("cluster_id", "topic", "tick");

-- CreateIndex
CREATE INDEX "control_events_cluster_id_topic_group_id_tick_idx" ON "control_events"("cluster_id", "topic", "group_id", "tick");

-- CreateIndex
CREATE INDEX "control_events_cluster_id_tick_idx" ON "control_events"("cluster_id", "tick");

-- CreateIndex
CREATE INDEX "feed_events_feed_id_at_idx" ON "feed_events"("feed_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "feed_events_feed_id_at_kind_key" ON "feed_events"("feed_id", "at", "kind");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connections" ADD CONSTRAINT "connections_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "secrets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_versions" ADD CONSTRAINT "contract_versions_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feeds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- One active version a feed.
CREATE UNIQUE INDEX "contract_versions_one_active" ON "contract_versions" ("feed_id") WHERE "state" = 'active';

-- The audit trail is append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
