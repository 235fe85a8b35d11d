-- Evidence: journeys, metrics, gates, compliance, feedback, issues, decisions, integrations. Released: never edited again.

ALTER TABLE "service" ADD COLUMN "failure_rate" REAL CHECK ("failure_rate" IS NULL OR ("failure_rate" >= 0 AND "failure_rate" <= 1));

ALTER TABLE "service" ADD COLUMN "channel_mix" TEXT CHECK ("channel_mix" IS NULL OR (length("channel_mix") <= 120));

ALTER TABLE "service" ADD COLUMN "citizen_minutes" INTEGER CHECK ("citizen_minutes" IS NULL OR ("citizen_minutes" >= 0 AND "citizen_minutes" <= 100000));

ALTER TABLE "service" ADD COLUMN "department" TEXT CHECK ("department" IS NULL OR (length("department") <= 80));

ALTER TABLE "service" ADD COLUMN "readiness" INTEGER CHECK ("readiness" IS NULL OR ("readiness" >= 1 AND "readiness" <= 5));

ALTER TABLE "service" ADD COLUMN "data_readiness" INTEGER CHECK ("data_readiness" IS NULL OR ("data_readiness" >= 1 AND "data_readiness" <= 5));

ALTER TABLE "service" ADD COLUMN "legal_deadline" TEXT CHECK ("legal_deadline" IS NULL OR ("legal_deadline" IS date("legal_deadline", '+0 days')));

ALTER TABLE "service" ADD COLUMN "interface_documented" INTEGER NOT NULL DEFAULT 0 CHECK ("interface_documented" IN (0, 1));

CREATE TABLE "journey" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'J-*'),
  "name" TEXT NOT NULL CHECK (length("name") >= 1 AND length("name") <= 80),
  "service" TEXT NOT NULL REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "journey_kind" TEXT NOT NULL DEFAULT 'as_is' CHECK ("journey_kind" IN ('as_is', 'to_be', 'measured_after')),
  "version" INTEGER NOT NULL DEFAULT 1 CHECK ("version" >= 1 AND "version" <= 999),
  "actor_group" TEXT CHECK ("actor_group" IS NULL OR (length("actor_group") <= 80)),
  "valid_on" TEXT NOT NULL CHECK ("valid_on" IS date("valid_on", '+0 days')),
  "evidence" TEXT NOT NULL DEFAULT 'assumed' CHECK ("evidence" IN ('observed', 'interviews', 'analytics', 'workshop', 'assumed')),
  "sample_n" INTEGER CHECK ("sample_n" IS NULL OR ("sample_n" >= 1 AND "sample_n" <= 1000000)),
  "note" TEXT CHECK ("note" IS NULL OR (length("note") <= 400)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "step" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'JS-*'),
  "title" TEXT NOT NULL CHECK (length("title") >= 1 AND length("title") <= 80),
  "journey" TEXT NOT NULL REFERENCES "journey"("uid") DEFERRABLE INITIALLY DEFERRED,
  "step_order" INTEGER CHECK ("step_order" IS NULL OR ("step_order" >= 1 AND "step_order" <= 999)),
  "actor" TEXT NOT NULL DEFAULT 'citizen' CHECK ("actor" IN ('citizen', 'front_line', 'back_office', 'third_party', 'system')),
  "channel" TEXT CHECK ("channel" IS NULL OR ("channel" IN ('web', 'phone', 'face_to_face', 'post', 'email', 'paper_form', 'internal_system', 'assisted'))),
  "touch_minutes" INTEGER NOT NULL DEFAULT 0 CHECK ("touch_minutes" >= 0 AND "touch_minutes" <= 1000000),
  "wait_minutes" INTEGER NOT NULL DEFAULT 0 CHECK ("wait_minutes" >= 0 AND "wait_minutes" <= 10000000),
  "handoff" TEXT NOT NULL DEFAULT 'none' CHECK ("handoff" IN ('none', 'automatic', 'manual')),
  "asks_again" INTEGER NOT NULL DEFAULT 0 CHECK ("asks_again" IN (0, 1)),
  "pain" INTEGER CHECK ("pain" IS NULL OR ("pain" >= 0 AND "pain" <= 5)),
  "pain_text" TEXT CHECK ("pain_text" IS NULL OR (length("pain_text") <= 200)),
  "drop_out_share" REAL CHECK ("drop_out_share" IS NULL OR ("drop_out_share" >= 0 AND "drop_out_share" <= 1)),
  "evidence" TEXT CHECK ("evidence" IS NULL OR ("evidence" IN ('observed', 'interviews', 'analytics', 'workshop', 'assumed'))),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

ALTER TABLE "pilot" ADD COLUMN "users_tested" INTEGER CHECK ("users_tested" IS NULL OR ("users_tested" >= 0 AND "users_tested" <= 100000));

ALTER TABLE "pilot" ADD COLUMN "template" TEXT CHECK ("template" IS NULL OR (length("template") <= 60));

ALTER TABLE "confidence" ADD COLUMN "divergence_reason" TEXT CHECK ("divergence_reason" IS NULL OR (length("divergence_reason") >= 20 AND length("divergence_reason") <= 400));

ALTER TABLE "confidence" ADD COLUMN "evidence_signal" TEXT CHECK ("evidence_signal" IS NULL OR ("evidence_signal" IN ('green', 'amber', 'red', 'not_enough')));

ALTER TABLE "iteration" ADD COLUMN "needs_retraining" INTEGER NOT NULL DEFAULT 0 CHECK ("needs_retraining" IN (0, 1));

CREATE TABLE "metric" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'M-*'),
  "name" TEXT NOT NULL CHECK (length("name") >= 1 AND length("name") <= 80),
  "metric_kind" TEXT NOT NULL CHECK ("metric_kind" IN ('proportion', 'mean', 'ratio', 'rate', 'count', 'index')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "definition" TEXT NOT NULL CHECK (length("definition") >= 1 AND length("definition") <= 600),
  "definition_variant" TEXT CHECK ("definition_variant" IS NULL OR (length("definition_variant") <= 60)),
  "unit" TEXT NOT NULL DEFAULT '%' CHECK (length("unit") >= 1 AND length("unit") <= 30),
  "better" TEXT NOT NULL DEFAULT 'up' CHECK ("better" IN ('up', 'down', 'target_band')),
  "kpi_code" TEXT NOT NULL DEFAULT 'other' CHECK ("kpi_code" IN ('completion_rate', 'user_satisfaction_score', 'user_satisfaction_pct', 'cost_per_transaction', 'digital_takeup', 'time_to_complete', 'contacts_per_transaction', 'error_rate', 'other')),
  "target" REAL,
  "target_on" TEXT CHECK ("target_on" IS NULL OR ("target_on" IS date("target_on", '+0 days'))),
  "band_from" REAL,
  "band_to" REAL,
  "min_worthwhile_change" REAL CHECK ("min_worthwhile_change" IS NULL OR ("min_worthwhile_change" >= 0)),
  "source_system" TEXT CHECK ("source_system" IS NULL OR (length("source_system") <= 80)),
  "frequency" TEXT NOT NULL DEFAULT 'monthly' CHECK ("frequency" IN ('weekly', 'monthly', 'quarterly', 'yearly')),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "limitations" TEXT CHECK ("limitations" IS NULL OR (length("limitations") <= 400)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("band_from" <= "band_to"),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "measurement" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'ME-*'),
  "metric" TEXT NOT NULL REFERENCES "metric"("uid") DEFERRABLE INITIALLY DEFERRED,
  "phase" TEXT NOT NULL CHECK ("phase" IN ('baseline', 'during', 'after')),
  "period_start" TEXT NOT NULL CHECK ("period_start" IS date("period_start", '+0 days')),
  "period_end" TEXT NOT NULL CHECK ("period_end" IS date("period_end", '+0 days')),
  "cohort" TEXT NOT NULL DEFAULT 'pilot' CHECK ("cohort" IN ('pilot', 'comparison', 'whole_service')),
  "status" TEXT NOT NULL DEFAULT 'final' CHECK ("status" IN ('provisional', 'final', 'revised')),
  "numerator" INTEGER CHECK ("numerator" IS NULL OR ("numerator" >= 0 AND "numerator" <= 1000000000000)),
  "denominator" INTEGER CHECK ("denominator" IS NULL OR ("denominator" >= 0 AND "denominator" <= 1000000000000)),
  "mean" REAL,
  "sd" REAL CHECK ("sd" IS NULL OR ("sd" >= 0)),
  "n" INTEGER CHECK ("n" IS NULL OR ("n" >= 0 AND "n" <= 1000000000000)),
  "total" REAL,
  "units" INTEGER CHECK ("units" IS NULL OR ("units" >= 0 AND "units" <= 1000000000000)),
  "events" INTEGER CHECK ("events" IS NULL OR ("events" >= 0 AND "events" <= 1000000000000)),
  "exposure" REAL CHECK ("exposure" IS NULL OR ("exposure" >= 0)),
  "value" REAL,
  "count_1" INTEGER CHECK ("count_1" IS NULL OR ("count_1" >= 0 AND "count_1" <= 1000000000000)),
  "count_2" INTEGER CHECK ("count_2" IS NULL OR ("count_2" >= 0 AND "count_2" <= 1000000000000)),
  "count_3" INTEGER CHECK ("count_3" IS NULL OR ("count_3" >= 0 AND "count_3" <= 1000000000000)),
  "count_4" INTEGER CHECK ("count_4" IS NULL OR ("count_4" >= 0 AND "count_4" <= 1000000000000)),
  "count_5" INTEGER CHECK ("count_5" IS NULL OR ("count_5" >= 0 AND "count_5" <= 1000000000000)),
  "unit" TEXT CHECK ("unit" IS NULL OR (length("unit") <= 30)),
  "definition_variant" TEXT CHECK ("definition_variant" IS NULL OR (length("definition_variant") <= 60)),
  "source_system" TEXT CHECK ("source_system" IS NULL OR (length("source_system") <= 80)),
  "online_share" REAL CHECK ("online_share" IS NULL OR ("online_share" >= 0 AND "online_share" <= 1)),
  "revises" TEXT REFERENCES "measurement"("uid") DEFERRABLE INITIALLY DEFERRED,
  "source_note" TEXT CHECK ("source_note" IS NULL OR (length("source_note") <= 200)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("numerator" <= "denominator"),
  CHECK ("period_start" <= "period_end"),
  CHECK ("status" IS NULL OR "status" NOT IN ('revised') OR coalesce(length("revises"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "gate" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'G-*'),
  "name" TEXT NOT NULL CHECK (length("name") >= 1 AND length("name") <= 80),
  "pilot" TEXT NOT NULL REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "gate_kind" TEXT NOT NULL DEFAULT 'phase_gate' CHECK ("gate_kind" IN ('phase_gate', 'service_assessment', 'assurance_review', 'decision_point')),
  "opens_phase" TEXT CHECK ("opens_phase" IS NULL OR ("opens_phase" IN ('alpha', 'private_beta', 'public_beta', 'live'))),
  "planned_on" TEXT CHECK ("planned_on" IS NULL OR ("planned_on" IS date("planned_on", '+0 days'))),
  "held_on" TEXT CHECK ("held_on" IS NULL OR ("held_on" IS date("held_on", '+0 days'))),
  "outcome" TEXT NOT NULL DEFAULT 'pending' CHECK ("outcome" IN ('pending', 'green', 'amber', 'red', 'stopped')),
  "recommendation" TEXT CHECK ("recommendation" IS NULL OR (length("recommendation") <= 600)),
  "panel" TEXT CHECK ("panel" IS NULL OR (length("panel") <= 200)),
  "chair" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "report_url" TEXT CHECK ("report_url" IS NULL OR (length("report_url") <= 200)),
  "template" TEXT CHECK ("template" IS NULL OR (length("template") <= 60)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("outcome" IS NULL OR "outcome" NOT IN ('green','amber','red','stopped') OR coalesce(length("held_on"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "criterion" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'GC-*'),
  "text" TEXT NOT NULL CHECK (length("text") >= 1 AND length("text") <= 200),
  "gate" TEXT NOT NULL REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED,
  "mandatory" INTEGER NOT NULL DEFAULT 1 CHECK ("mandatory" IN (0, 1)),
  "result" TEXT NOT NULL DEFAULT 'not_assessed' CHECK ("result" IN ('not_assessed', 'met', 'partly', 'not_met', 'not_applicable')),
  "evidence" TEXT CHECK ("evidence" IS NULL OR (length("evidence") <= 400)),
  "evidence_added_on" TEXT CHECK ("evidence_added_on" IS NULL OR ("evidence_added_on" IS date("evidence_added_on", '+0 days'))),
  "not_applicable_reason" TEXT CHECK ("not_applicable_reason" IS NULL OR (length("not_applicable_reason") <= 200)),
  "standard_ref" TEXT CHECK ("standard_ref" IS NULL OR (length("standard_ref") <= 60)),
  "code" TEXT CHECK ("code" IS NULL OR (length("code") <= 40)),
  "assessor" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("result" IS NULL OR "result" NOT IN ('met') OR coalesce(length("evidence"), 0) >= 1),
  CHECK ("result" IS NULL OR "result" NOT IN ('not_applicable') OR coalesce(length("not_applicable_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "condition" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CN-*'),
  "text" TEXT NOT NULL CHECK (length("text") >= 1 AND length("text") <= 200),
  "gate" TEXT NOT NULL REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "closed_on" TEXT CHECK ("closed_on" IS NULL OR ("closed_on" IS date("closed_on", '+0 days'))),
  "evidence" TEXT CHECK ("evidence" IS NULL OR (length("evidence") <= 400)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "compliance" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CI-*'),
  "item_kind" TEXT NOT NULL CHECK ("item_kind" IN ('dpia', 'security', 'accessibility', 'atrs', 'equality', 'records', 'open_source', 'cyber_test')),
  "pilot" TEXT NOT NULL REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT NOT NULL DEFAULT 'not_started' CHECK ("status" IN ('not_needed', 'not_started', 'screened', 'in_progress', 'submitted', 'signed_off', 'expired', 'failed')),
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "signed_off_on" TEXT CHECK ("signed_off_on" IS NULL OR ("signed_off_on" IS date("signed_off_on", '+0 days'))),
  "signed_off_by" TEXT CHECK ("signed_off_by" IS NULL OR (length("signed_off_by") <= 80)),
  "residual_risk" TEXT CHECK ("residual_risk" IS NULL OR ("residual_risk" IN ('low', 'medium', 'high'))),
  "review_on" TEXT CHECK ("review_on" IS NULL OR ("review_on" IS date("review_on", '+0 days'))),
  "not_needed_reason" TEXT CHECK ("not_needed_reason" IS NULL OR (length("not_needed_reason") <= 200)),
  "link" TEXT CHECK ("link" IS NULL OR (length("link") <= 200)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("status" IS NULL OR "status" NOT IN ('not_needed') OR coalesce(length("not_needed_reason"), 0) >= 5),
  CHECK ("status" IS NULL OR "status" NOT IN ('signed_off') OR coalesce(length("signed_off_on"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "evaluation" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'TE-*'),
  "level" TEXT NOT NULL CHECK ("level" IN ('reaction', 'learning', 'behaviour', 'results')),
  "session" TEXT REFERENCES "session"("uid") DEFERRABLE INITIALLY DEFERRED,
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "measured_on" TEXT NOT NULL CHECK ("measured_on" IS date("measured_on", '+0 days')),
  "n" INTEGER NOT NULL CHECK ("n" >= 1 AND "n" <= 100000),
  "mean_score" REAL CHECK ("mean_score" IS NULL OR ("mean_score" >= 0)),
  "scale_max" REAL NOT NULL DEFAULT '5.0' CHECK ("scale_max" >= 1 AND "scale_max" <= 100),
  "pre_mean" REAL CHECK ("pre_mean" IS NULL OR ("pre_mean" >= 0)),
  "post_mean" REAL CHECK ("post_mean" IS NULL OR ("post_mean" >= 0)),
  "passed_n" INTEGER CHECK ("passed_n" IS NULL OR ("passed_n" >= 0 AND "passed_n" <= 100000)),
  "metric" TEXT REFERENCES "metric"("uid") DEFERRABLE INITIALLY DEFERRED,
  "note" TEXT CHECK ("note" IS NULL OR (length("note") <= 400)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("passed_n" <= "n"),
  CHECK ("mean_score" <= "scale_max"),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "issue" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'I-*'),
  "title" TEXT NOT NULL CHECK (length("title") >= 1 AND length("title") <= 80),
  "severity" TEXT NOT NULL DEFAULT 'minor' CHECK ("severity" IN ('minor', 'major', 'critical')),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'in_progress', 'resolved', 'closed')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "raised_on" TEXT NOT NULL CHECK ("raised_on" IS date("raised_on", '+0 days')),
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "description" TEXT CHECK ("description" IS NULL OR (length("description") <= 400)),
  "impact" TEXT CHECK ("impact" IS NULL OR (length("impact") <= 200)),
  "resolution" TEXT CHECK ("resolution" IS NULL OR (length("resolution") <= 400)),
  "resolved_on" TEXT CHECK ("resolved_on" IS NULL OR ("resolved_on" IS date("resolved_on", '+0 days'))),
  "risk" TEXT REFERENCES "risk"("uid") DEFERRABLE INITIALLY DEFERRED,
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("status" IS NULL OR "status" NOT IN ('resolved','closed') OR coalesce(length("resolution"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "feedback" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'F-*'),
  "summary" TEXT NOT NULL CHECK (length("summary") >= 1 AND length("summary") <= 400),
  "received_on" TEXT NOT NULL CHECK ("received_on" IS date("received_on", '+0 days')),
  "source" TEXT NOT NULL DEFAULT 'citizen' CHECK ("source" IN ('citizen', 'front_line', 'business', 'partner', 'survey', 'complaint', 'research', 'helpdesk')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "channel" TEXT CHECK ("channel" IS NULL OR ("channel" IN ('web', 'phone', 'face_to_face', 'post', 'email', 'assisted'))),
  "satisfaction" INTEGER CHECK ("satisfaction" IS NULL OR ("satisfaction" >= 1 AND "satisfaction" <= 5)),
  "theme" TEXT CHECK ("theme" IS NULL OR (length("theme") <= 40)),
  "count" INTEGER NOT NULL DEFAULT 1 CHECK ("count" >= 1 AND "count" <= 1000000),
  "severity" TEXT NOT NULL DEFAULT 'minor' CHECK ("severity" IN ('praise', 'minor', 'major', 'blocker')),
  "response" TEXT NOT NULL DEFAULT 'none' CHECK ("response" IN ('none', 'planned', 'done', 'wont_do')),
  "response_reason" TEXT CHECK ("response_reason" IS NULL OR (length("response_reason") <= 200)),
  "iteration" TEXT REFERENCES "iteration"("uid") DEFERRABLE INITIALLY DEFERRED,
  "win" TEXT REFERENCES "win"("uid") DEFERRABLE INITIALLY DEFERRED,
  "loop_closed_on" TEXT CHECK ("loop_closed_on" IS NULL OR ("loop_closed_on" IS date("loop_closed_on", '+0 days'))),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("response" IS NULL OR "response" NOT IN ('wont_do') OR coalesce(length("response_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "decision" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'D-*'),
  "title" TEXT NOT NULL CHECK (length("title") >= 1 AND length("title") <= 80),
  "status" TEXT NOT NULL DEFAULT 'draft' CHECK ("status" IN ('draft', 'sought', 'taken', 'deferred', 'withdrawn')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "question" TEXT CHECK ("question" IS NULL OR (length("question") <= 300)),
  "options" TEXT CHECK ("options" IS NULL OR (length("options") <= 1000)),
  "recommendation" TEXT CHECK ("recommendation" IS NULL OR (length("recommendation") <= 400)),
  "requested_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "money_impact" INTEGER,
  "needed_by" TEXT CHECK ("needed_by" IS NULL OR ("needed_by" IS date("needed_by", '+0 days'))),
  "outcome" TEXT CHECK ("outcome" IS NULL OR ("outcome" IN ('approved', 'approved_with_conditions', 'rejected', 'noted'))),
  "decided_on" TEXT CHECK ("decided_on" IS NULL OR ("decided_on" IS date("decided_on", '+0 days'))),
  "decided_by" TEXT CHECK ("decided_by" IS NULL OR (length("decided_by") <= 80)),
  "rationale" TEXT CHECK ("rationale" IS NULL OR (length("rationale") <= 600)),
  "review_on" TEXT CHECK ("review_on" IS NULL OR ("review_on" IS date("review_on", '+0 days'))),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("status" IS NULL OR "status" NOT IN ('sought','taken') OR coalesce(length("question"), 0) >= 1),
  CHECK ("status" IS NULL OR "status" NOT IN ('taken') OR coalesce(length("outcome"), 0) >= 1),
  CHECK ("status" IS NULL OR "status" NOT IN ('taken') OR coalesce(length("decided_on"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

ALTER TABLE "action" ADD COLUMN "issue" TEXT REFERENCES "issue"("uid") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "action" ADD COLUMN "decision" TEXT REFERENCES "decision"("uid") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "action" ADD COLUMN "gate" TEXT REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE "standard" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'ST-*'),
  "name" TEXT NOT NULL CHECK (length("name") >= 1 AND length("name") <= 80),
  "standard_kind" TEXT NOT NULL CHECK ("standard_kind" IN ('data_standard', 'api_standard', 'shared_platform', 'design_pattern')),
  "maintainer" TEXT CHECK ("maintainer" IS NULL OR (length("maintainer") <= 80)),
  "version" TEXT CHECK ("version" IS NULL OR (length("version") <= 20)),
  "status" TEXT NOT NULL DEFAULT 'recommended' CHECK ("status" IN ('recommended', 'mandated', 'deprecated')),
  "url" TEXT CHECK ("url" IS NULL OR (length("url") <= 200)),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE TABLE "integration" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'IN-*'),
  "name" TEXT NOT NULL CHECK (length("name") >= 1 AND length("name") <= 80),
  "provider" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "consumer" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "other_party" TEXT CHECK ("other_party" IS NULL OR (length("other_party") <= 80)),
  "standard" TEXT REFERENCES "standard"("uid") DEFERRABLE INITIALLY DEFERRED,
  "direction" TEXT NOT NULL DEFAULT 'one_way' CHECK ("direction" IN ('one_way', 'both_ways')),
  "data_items" TEXT CHECK ("data_items" IS NULL OR (length("data_items") <= 200)),
  "status" TEXT NOT NULL DEFAULT 'planned' CHECK ("status" IN ('planned', 'in_test', 'in_production', 'retired')),
  "live_on" TEXT CHECK ("live_on" IS NULL OR ("live_on" IS date("live_on", '+0 days'))),
  "retired_on" TEXT CHECK ("retired_on" IS NULL OR ("retired_on" IS date("retired_on", '+0 days'))),
  "requests_per_month" INTEGER CHECK ("requests_per_month" IS NULL OR ("requests_per_month" >= 0 AND "requests_per_month" <= 1000000000000)),
  "monitored" INTEGER NOT NULL DEFAULT 0 CHECK ("monitored" IN (0, 1)),
  "dpia" TEXT REFERENCES "compliance"("uid") DEFERRABLE INITIALLY DEFERRED,
  "replaces_manual_step" INTEGER NOT NULL DEFAULT 0 CHECK ("replaces_manual_step" IN (0, 1)),
  "once_only_items" INTEGER NOT NULL DEFAULT 0 CHECK ("once_only_items" >= 0 AND "once_only_items" <= 999),
  "visibility" TEXT NOT NULL DEFAULT 'internal' CHECK ("visibility" IN ('public', 'internal', 'restricted')),
  "sensitivity" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(',' || "sensitivity" || ',', ',personal,', ',,'), ',commercial,', ',,'), ',security,', ',,'), ',legal,', ',,'), ',policy,', ',,'), ',', '') = ''),
  "tags" TEXT NOT NULL DEFAULT '' CHECK (length("tags") - length(replace("tags", ',', '')) < 20),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "created_at" TEXT,
  "created_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "updated_at" TEXT,
  "updated_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_at" TEXT,
  "deleted_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "deleted_reason" TEXT CHECK ("deleted_at" IS NULL OR coalesce(length("deleted_reason"), 0) >= 5),
  CHECK ("live_on" <= "retired_on"),
  CHECK ("status" IS NULL OR "status" NOT IN ('in_production') OR coalesce(length("live_on"), 0) >= 1),
  CHECK ("status" IS NULL OR "status" NOT IN ('retired') OR coalesce(length("retired_on"), 0) >= 1),
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;

CREATE INDEX "journey_service" ON "journey"("service");

CREATE INDEX "step_journey" ON "step"("journey");

CREATE INDEX "metric_pilot" ON "metric"("pilot");

CREATE INDEX "metric_service" ON "metric"("service");

CREATE INDEX "metric_owner" ON "metric"("owner");

CREATE INDEX "measurement_metric" ON "measurement"("metric");

CREATE INDEX "measurement_revises" ON "measurement"("revises");

CREATE INDEX "gate_pilot" ON "gate"("pilot");

CREATE INDEX "gate_chair" ON "gate"("chair");

CREATE INDEX "criterion_gate" ON "criterion"("gate");

CREATE INDEX "criterion_assessor" ON "criterion"("assessor");

CREATE INDEX "condition_gate" ON "condition"("gate");

CREATE INDEX "condition_owner" ON "condition"("owner");

CREATE INDEX "compliance_pilot" ON "compliance"("pilot");

CREATE INDEX "evaluation_session" ON "evaluation"("session");

CREATE INDEX "evaluation_pilot" ON "evaluation"("pilot");

CREATE INDEX "evaluation_metric" ON "evaluation"("metric");

CREATE INDEX "issue_pilot" ON "issue"("pilot");

CREATE INDEX "issue_owner" ON "issue"("owner");

CREATE INDEX "issue_risk" ON "issue"("risk");

CREATE INDEX "feedback_pilot" ON "feedback"("pilot");

CREATE INDEX "feedback_service" ON "feedback"("service");

CREATE INDEX "feedback_iteration" ON "feedback"("iteration");

CREATE INDEX "feedback_win" ON "feedback"("win");

CREATE INDEX "decision_pilot" ON "decision"("pilot");

CREATE INDEX "decision_requested_by" ON "decision"("requested_by");

CREATE INDEX "action_issue" ON "action"("issue");

CREATE INDEX "action_decision" ON "action"("decision");

CREATE INDEX "action_gate" ON "action"("gate");

CREATE INDEX "integration_provider" ON "integration"("provider");

CREATE INDEX "integration_consumer" ON "integration"("consumer");

CREATE INDEX "integration_standard" ON "integration"("standard");

CREATE INDEX "integration_dpia" ON "integration"("dpia");
