-- The journal with chains of sites, two times and a list of what erasures emptied; notes, identifiers and what is said of
-- fields; tables that take what is long or incomplete. Released: never edited again.

ALTER TABLE tx ADD COLUMN number INTEGER;
ALTER TABLE tx ADD COLUMN recorded TEXT;
ALTER TABLE tx ADD COLUMN jumped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tx ADD COLUMN as_at TEXT CHECK (as_at IS NULL OR as_at IS date(as_at, '+0 days'));
ALTER TABLE tx ADD COLUMN formula INTEGER NOT NULL DEFAULT 1;

-- Commands so far count from the latest day of those before them; a step in the program looks after clocks that ran ahead.
UPDATE tx SET number = id;
CREATE UNIQUE INDEX tx_number ON tx(site, number);

ALTER TABLE change ADD COLUMN aside INTEGER;
-- Few entries, but each makes its record one that an earlier day cannot simply be read back from.
CREATE INDEX change_gone ON change(kind, row) WHERE field = '*' AND new IS NULL;
CREATE INDEX change_aside ON change(kind, row) WHERE aside IS NOT NULL;

-- What a command emptied: the change of a command by its place there, or (place 0) the command's reason.
CREATE TABLE blanked (
  tx INTEGER NOT NULL REFERENCES tx(id),
  command INTEGER NOT NULL REFERENCES tx(id),
  place INTEGER NOT NULL,
  change INTEGER REFERENCES change(id)
) STRICT;
CREATE INDEX blanked_tx ON blanked(tx);

CREATE TABLE "programme_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'PRG-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "sponsor_body" TEXT CHECK ("sponsor_body" IS NULL OR (length("sponsor_body") <= 200)),
  "purpose" TEXT CHECK ("purpose" IS NULL OR (length("purpose") <= 10000)),
  "board_name" TEXT NOT NULL DEFAULT 'Programme board' CHECK (length("board_name") <= 200),
  "start" TEXT CHECK ("start" IS NULL OR ("start" IS date("start", '+0 days'))),
  "end" TEXT CHECK ("end" IS NULL OR ("end" IS date("end", '+0 days'))),
  "sro" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "chair" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "secretary" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "currency" TEXT NOT NULL DEFAULT 'GBP' CHECK ("currency" GLOB '[A-Z][A-Z][A-Z]'),
  "financial_year_start" TEXT NOT NULL DEFAULT '04-01' CHECK ("financial_year_start" GLOB '[0-1][0-9]-[0-3][0-9]'),
  "rating_scale" TEXT NOT NULL DEFAULT 'rag3' CHECK ("rating_scale" IN ('rag3', 'rag5', 'dta5')),
  "board_interval_days" INTEGER NOT NULL DEFAULT 35 CHECK ("board_interval_days" >= 7 AND "board_interval_days" <= 365),
  "suppression_threshold" INTEGER NOT NULL DEFAULT 10 CHECK ("suppression_threshold" >= 5 AND "suppression_threshold" <= 20),
  "staleness_days" INTEGER NOT NULL DEFAULT 21 CHECK ("staleness_days" >= 1 AND "staleness_days" <= 365),
  "languages" TEXT NOT NULL DEFAULT 'en' CHECK (length("languages") <= 200),
  "classification_label" TEXT CHECK ("classification_label" IS NULL OR (length("classification_label") <= 200)),
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
INSERT INTO "programme_4"("id", "uid", "ref", "name", "sponsor_body", "purpose", "board_name", "start", "end", "sro", "chair", "secretary", "currency", "financial_year_start", "rating_scale", "board_interval_days", "suppression_threshold", "staleness_days", "languages", "classification_label", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "sponsor_body", "purpose", "board_name", "start", "end", "sro", "chair", "secretary", "currency", "financial_year_start", "rating_scale", "board_interval_days", "suppression_threshold", "staleness_days", "languages", "classification_label", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "programme";
DROP TABLE "programme";
ALTER TABLE "programme_4" RENAME TO "programme";

CREATE TABLE "person_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'PER-*'),
  "display_name" TEXT CHECK ("display_name" IS NULL OR (length("display_name") <= 200)),
  "role_title" TEXT CHECK ("role_title" IS NULL OR (length("role_title") <= 200)),
  "organisation" TEXT CHECK ("organisation" IS NULL OR (length("organisation") <= 200)),
  "team" TEXT CHECK ("team" IS NULL OR (length("team") <= 200)),
  "type" TEXT NOT NULL DEFAULT 'staff' CHECK ("type" IN ('staff', 'contractor', 'supplier', 'board_member', 'external')),
  "email" TEXT CHECK ("email" IS NULL OR (length("email") <= 200)),
  "login" TEXT CHECK ("login" IS NULL OR (length("login") <= 200)),
  "active" INTEGER NOT NULL DEFAULT 1 CHECK ("active" IN (0, 1)),
  "publish_name" INTEGER NOT NULL DEFAULT 0 CHECK ("publish_name" IN (0, 1)),
  "left_on" TEXT CHECK ("left_on" IS NULL OR ("left_on" IS date("left_on", '+0 days'))),
  "alias_of" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
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
INSERT INTO "person_4"("id", "uid", "ref", "display_name", "role_title", "organisation", "team", "type", "email", "login", "active", "publish_name", "left_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "display_name", "role_title", "organisation", "team", "type", "email", "login", "active", "publish_name", "left_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "person";
DROP TABLE "person";
ALTER TABLE "person_4" RENAME TO "person";

CREATE TABLE "service_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'S-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "user_groups" TEXT CHECK ("user_groups" IS NULL OR (length("user_groups") <= 10000)),
  "description" TEXT CHECK ("description" IS NULL OR (length("description") <= 10000)),
  "annual_volume" INTEGER CHECK ("annual_volume" IS NULL OR ("annual_volume" >= 0)),
  "volume_source" TEXT CHECK ("volume_source" IS NULL OR (length("volume_source") <= 200)),
  "volume_year" INTEGER CHECK ("volume_year" IS NULL OR ("volume_year" >= 1990 AND "volume_year" <= 2100)),
  "cost_per_transaction" INTEGER CHECK ("cost_per_transaction" IS NULL OR ("cost_per_transaction" >= 0)),
  "failure_rate" REAL CHECK ("failure_rate" IS NULL OR ("failure_rate" >= 0 AND "failure_rate" <= 1)),
  "channel_mix" TEXT CHECK ("channel_mix" IS NULL OR (length("channel_mix") <= 200)),
  "citizen_minutes" INTEGER CHECK ("citizen_minutes" IS NULL OR ("citizen_minutes" >= 0 AND "citizen_minutes" <= 100000)),
  "department" TEXT CHECK ("department" IS NULL OR (length("department") <= 200)),
  "manual_handoffs" INTEGER CHECK ("manual_handoffs" IS NULL OR ("manual_handoffs" >= 0 AND "manual_handoffs" <= 999)),
  "vulnerability" INTEGER CHECK ("vulnerability" IS NULL OR ("vulnerability" >= 1 AND "vulnerability" <= 5)),
  "digital_status" TEXT CHECK ("digital_status" IS NULL OR ("digital_status" IN ('paper', 'partly', 'digital', 'assisted'))),
  "lifecycle" TEXT NOT NULL DEFAULT 'candidate' CHECK ("lifecycle" IN ('candidate', 'in_pilot', 'live', 'retired')),
  "readiness" INTEGER CHECK ("readiness" IS NULL OR ("readiness" >= 1 AND "readiness" <= 5)),
  "data_readiness" INTEGER CHECK ("data_readiness" IS NULL OR ("data_readiness" >= 1 AND "data_readiness" <= 5)),
  "legal_deadline" TEXT CHECK ("legal_deadline" IS NULL OR ("legal_deadline" IS date("legal_deadline", '+0 days'))),
  "interface_documented" INTEGER NOT NULL DEFAULT 0 CHECK ("interface_documented" IN (0, 1)),
  "public_url" TEXT CHECK ("public_url" IS NULL OR (length("public_url") <= 2000)),
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
INSERT INTO "service_4"("id", "uid", "ref", "name", "owner", "user_groups", "description", "annual_volume", "volume_source", "volume_year", "cost_per_transaction", "manual_handoffs", "vulnerability", "digital_status", "lifecycle", "public_url", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "failure_rate", "channel_mix", "citizen_minutes", "department", "readiness", "data_readiness", "legal_deadline", "interface_documented") SELECT "id", "uid", "ref", "name", "owner", "user_groups", "description", "annual_volume", "volume_source", "volume_year", "cost_per_transaction", "manual_handoffs", "vulnerability", "digital_status", "lifecycle", "public_url", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "failure_rate", "channel_mix", "citizen_minutes", "department", "readiness", "data_readiness", "legal_deadline", "interface_documented" FROM "service";
DROP TABLE "service";
ALTER TABLE "service_4" RENAME TO "service";

CREATE TABLE "journey_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'J-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "journey_kind" TEXT NOT NULL DEFAULT 'as_is' CHECK ("journey_kind" IN ('as_is', 'to_be', 'measured_after')),
  "version" INTEGER NOT NULL DEFAULT 1 CHECK ("version" >= 1 AND "version" <= 999),
  "actor_group" TEXT CHECK ("actor_group" IS NULL OR (length("actor_group") <= 200)),
  "valid_on" TEXT CHECK ("valid_on" IS NULL OR ("valid_on" IS date("valid_on", '+0 days'))),
  "evidence" TEXT NOT NULL DEFAULT 'assumed' CHECK ("evidence" IN ('observed', 'interviews', 'analytics', 'workshop', 'assumed')),
  "sample_n" INTEGER CHECK ("sample_n" IS NULL OR ("sample_n" >= 1 AND "sample_n" <= 1000000)),
  "note" TEXT CHECK ("note" IS NULL OR (length("note") <= 10000)),
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
INSERT INTO "journey_4"("id", "uid", "ref", "name", "service", "journey_kind", "version", "actor_group", "valid_on", "evidence", "sample_n", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "service", "journey_kind", "version", "actor_group", "valid_on", "evidence", "sample_n", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "journey";
DROP TABLE "journey";
ALTER TABLE "journey_4" RENAME TO "journey";

CREATE TABLE "step_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'JS-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "journey" TEXT REFERENCES "journey"("uid") DEFERRABLE INITIALLY DEFERRED,
  "step_order" INTEGER CHECK ("step_order" IS NULL OR ("step_order" >= 1 AND "step_order" <= 999)),
  "actor" TEXT NOT NULL DEFAULT 'citizen' CHECK ("actor" IN ('citizen', 'front_line', 'back_office', 'third_party', 'system')),
  "channel" TEXT CHECK ("channel" IS NULL OR ("channel" IN ('web', 'phone', 'face_to_face', 'post', 'email', 'paper_form', 'internal_system', 'assisted'))),
  "touch_minutes" INTEGER NOT NULL DEFAULT 0 CHECK ("touch_minutes" >= 0 AND "touch_minutes" <= 1000000),
  "wait_minutes" INTEGER NOT NULL DEFAULT 0 CHECK ("wait_minutes" >= 0 AND "wait_minutes" <= 10000000),
  "handoff" TEXT NOT NULL DEFAULT 'none' CHECK ("handoff" IN ('none', 'automatic', 'manual')),
  "asks_again" INTEGER NOT NULL DEFAULT 0 CHECK ("asks_again" IN (0, 1)),
  "pain" INTEGER CHECK ("pain" IS NULL OR ("pain" >= 0 AND "pain" <= 5)),
  "pain_text" TEXT CHECK ("pain_text" IS NULL OR (length("pain_text") <= 10000)),
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
INSERT INTO "step_4"("id", "uid", "ref", "title", "journey", "step_order", "actor", "channel", "touch_minutes", "wait_minutes", "handoff", "asks_again", "pain", "pain_text", "drop_out_share", "evidence", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "journey", "step_order", "actor", "channel", "touch_minutes", "wait_minutes", "handoff", "asks_again", "pain", "pain_text", "drop_out_share", "evidence", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "step";
DROP TABLE "step";
ALTER TABLE "step_4" RENAME TO "step";

CREATE TABLE "pilot_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'P-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "phase" TEXT NOT NULL DEFAULT 'discovery' CHECK ("phase" IN ('discovery', 'alpha', 'private_beta', 'public_beta', 'live', 'retirement', 'paused', 'stopped')),
  "forecast_end" TEXT CHECK ("forecast_end" IS NULL OR ("forecast_end" IS date("forecast_end", '+0 days'))),
  "decision_due" TEXT CHECK ("decision_due" IS NULL OR ("decision_due" IS date("decision_due", '+0 days'))),
  "delivery_lead" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "product_owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status_note" TEXT CHECK ("status_note" IS NULL OR (length("status_note") <= 10000)),
  "problem" TEXT CHECK ("problem" IS NULL OR (length("problem") <= 10000)),
  "hypothesis" TEXT CHECK ("hypothesis" IS NULL OR (length("hypothesis") <= 10000)),
  "team_size" INTEGER CHECK ("team_size" IS NULL OR ("team_size" >= 0 AND "team_size" <= 999)),
  "sites" TEXT CHECK ("sites" IS NULL OR (length("sites") <= 10000)),
  "scope_in" TEXT CHECK ("scope_in" IS NULL OR (length("scope_in") <= 10000)),
  "scope_out" TEXT CHECK ("scope_out" IS NULL OR (length("scope_out") <= 10000)),
  "phase_started" TEXT CHECK ("phase_started" IS NULL OR ("phase_started" IS date("phase_started", '+0 days'))),
  "planned_start" TEXT CHECK ("planned_start" IS NULL OR ("planned_start" IS date("planned_start", '+0 days'))),
  "start" TEXT CHECK ("start" IS NULL OR ("start" IS date("start", '+0 days'))),
  "first_real_user_on" TEXT CHECK ("first_real_user_on" IS NULL OR ("first_real_user_on" IS date("first_real_user_on", '+0 days'))),
  "baseline_end" TEXT CHECK ("baseline_end" IS NULL OR ("baseline_end" IS date("baseline_end", '+0 days'))),
  "actual_end" TEXT CHECK ("actual_end" IS NULL OR ("actual_end" IS date("actual_end", '+0 days'))),
  "min_observation_days" INTEGER NOT NULL DEFAULT 56 CHECK ("min_observation_days" >= 0 AND "min_observation_days" <= 730),
  "budget" INTEGER CHECK ("budget" IS NULL OR ("budget" >= 0)),
  "forecast_cost" INTEGER CHECK ("forecast_cost" IS NULL OR ("forecast_cost" >= 0)),
  "spend_to_date" INTEGER CHECK ("spend_to_date" IS NULL OR ("spend_to_date" >= 0)),
  "spend_as_of" TEXT CHECK ("spend_as_of" IS NULL OR ("spend_as_of" IS date("spend_as_of", '+0 days'))),
  "exit_cost" INTEGER CHECK ("exit_cost" IS NULL OR ("exit_cost" >= 0)),
  "replace_supplier_weeks" INTEGER CHECK ("replace_supplier_weeks" IS NULL OR ("replace_supplier_weeks" >= 0 AND "replace_supplier_weeks" <= 520)),
  "code_ownership" TEXT NOT NULL DEFAULT 'unknown' CHECK ("code_ownership" IN ('organisation', 'supplier', 'shared', 'unknown')),
  "personal_data" TEXT NOT NULL DEFAULT 'unknown' CHECK ("personal_data" IN ('none', 'yes', 'special_category', 'unknown')),
  "algorithmic_tool" TEXT NOT NULL DEFAULT 'unknown' CHECK ("algorithmic_tool" IN ('no', 'yes', 'unknown')),
  "users_tested" INTEGER CHECK ("users_tested" IS NULL OR ("users_tested" >= 0 AND "users_tested" <= 100000)),
  "template" TEXT CHECK ("template" IS NULL OR (length("template") <= 200)),
  "outcome" TEXT NOT NULL DEFAULT 'none' CHECK ("outcome" IN ('none', 'scaled', 'scaled_with_changes', 'extended', 'pivoted', 'stopped', 'paused')),
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
INSERT INTO "pilot_4"("id", "uid", "ref", "name", "phase", "forecast_end", "decision_due", "delivery_lead", "product_owner", "service", "status_note", "problem", "hypothesis", "team_size", "sites", "scope_in", "scope_out", "phase_started", "planned_start", "start", "first_real_user_on", "baseline_end", "actual_end", "min_observation_days", "budget", "forecast_cost", "spend_to_date", "spend_as_of", "exit_cost", "replace_supplier_weeks", "code_ownership", "personal_data", "algorithmic_tool", "outcome", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "users_tested", "template") SELECT "id", "uid", "ref", "name", "phase", "forecast_end", "decision_due", "delivery_lead", "product_owner", "service", "status_note", "problem", "hypothesis", "team_size", "sites", "scope_in", "scope_out", "phase_started", "planned_start", "start", "first_real_user_on", "baseline_end", "actual_end", "min_observation_days", "budget", "forecast_cost", "spend_to_date", "spend_as_of", "exit_cost", "replace_supplier_weeks", "code_ownership", "personal_data", "algorithmic_tool", "outcome", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "users_tested", "template" FROM "pilot";
DROP TABLE "pilot";
ALTER TABLE "pilot_4" RENAME TO "pilot";

CREATE TABLE "confidence_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CR-*'),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "rating" TEXT CHECK ("rating" IS NULL OR ("rating" IN ('green', 'amber_green', 'amber', 'amber_red', 'red', 'not_rated'))),
  "as_of" TEXT CHECK ("as_of" IS NULL OR ("as_of" IS date("as_of", '+0 days'))),
  "rating_kind" TEXT NOT NULL DEFAULT 'reported' CHECK ("rating_kind" IN ('reported', 'assurance')),
  "dimension" TEXT NOT NULL DEFAULT 'overall' CHECK ("dimension" IN ('overall', 'time', 'cost', 'quality', 'benefits', 'risk', 'people', 'assurance')),
  "narrative" TEXT CHECK ("narrative" IS NULL OR (length("narrative") <= 10000)),
  "by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "review_by" TEXT CHECK ("review_by" IS NULL OR ("review_by" IS date("review_by", '+0 days'))),
  "divergence_reason" TEXT CHECK ("divergence_reason" IS NULL OR (length("divergence_reason") <= 10000)),
  "evidence_signal" TEXT CHECK ("evidence_signal" IS NULL OR ("evidence_signal" IN ('green', 'amber', 'red', 'not_enough'))),
  "supersedes" TEXT REFERENCES "confidence"("uid") DEFERRABLE INITIALLY DEFERRED,
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
INSERT INTO "confidence_4"("id", "uid", "ref", "pilot", "rating", "as_of", "rating_kind", "dimension", "narrative", "by", "review_by", "supersedes", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "divergence_reason", "evidence_signal") SELECT "id", "uid", "ref", "pilot", "rating", "as_of", "rating_kind", "dimension", "narrative", "by", "review_by", "supersedes", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "divergence_reason", "evidence_signal" FROM "confidence";
DROP TABLE "confidence";
ALTER TABLE "confidence_4" RENAME TO "confidence";

CREATE TABLE "iteration_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'IT-*'),
  "goal" TEXT CHECK ("goal" IS NULL OR (length("goal") <= 10000)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "number" INTEGER CHECK ("number" IS NULL OR ("number" >= 1 AND "number" <= 999)),
  "start" TEXT CHECK ("start" IS NULL OR ("start" IS date("start", '+0 days'))),
  "end" TEXT CHECK ("end" IS NULL OR ("end" IS date("end", '+0 days'))),
  "goal_result" TEXT NOT NULL DEFAULT 'open' CHECK ("goal_result" IN ('open', 'met', 'partly', 'missed')),
  "delivered" TEXT CHECK ("delivered" IS NULL OR (length("delivered") <= 10000)),
  "learned" TEXT CHECK ("learned" IS NULL OR (length("learned") <= 10000)),
  "released_to" TEXT CHECK ("released_to" IS NULL OR ("released_to" IN ('nobody', 'test_users', 'some_real_users', 'all_real_users'))),
  "release_on" TEXT CHECK ("release_on" IS NULL OR ("release_on" IS date("release_on", '+0 days'))),
  "users_researched" INTEGER CHECK ("users_researched" IS NULL OR ("users_researched" >= 0 AND "users_researched" <= 9999)),
  "show_and_tell" INTEGER CHECK ("show_and_tell" IS NULL OR ("show_and_tell" IN (0, 1))),
  "show_and_tell_attendees" INTEGER CHECK ("show_and_tell_attendees" IS NULL OR ("show_and_tell_attendees" >= 0 AND "show_and_tell_attendees" <= 9999)),
  "needs_retraining" INTEGER NOT NULL DEFAULT 0 CHECK ("needs_retraining" IN (0, 1)),
  "blockers" TEXT CHECK ("blockers" IS NULL OR (length("blockers") <= 10000)),
  "changes_from_feedback" INTEGER CHECK ("changes_from_feedback" IS NULL OR ("changes_from_feedback" >= 0 AND "changes_from_feedback" <= 999)),
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
INSERT INTO "iteration_4"("id", "uid", "ref", "goal", "pilot", "number", "start", "end", "goal_result", "delivered", "learned", "released_to", "release_on", "users_researched", "show_and_tell", "show_and_tell_attendees", "blockers", "changes_from_feedback", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "needs_retraining") SELECT "id", "uid", "ref", "goal", "pilot", "number", "start", "end", "goal_result", "delivered", "learned", "released_to", "release_on", "users_researched", "show_and_tell", "show_and_tell_attendees", "blockers", "changes_from_feedback", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "needs_retraining" FROM "iteration";
DROP TABLE "iteration";
ALTER TABLE "iteration_4" RENAME TO "iteration";

CREATE TABLE "metric_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'M-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "metric_kind" TEXT CHECK ("metric_kind" IS NULL OR ("metric_kind" IN ('proportion', 'mean', 'ratio', 'rate', 'count', 'index'))),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "definition" TEXT CHECK ("definition" IS NULL OR (length("definition") <= 10000)),
  "definition_variant" TEXT CHECK ("definition_variant" IS NULL OR (length("definition_variant") <= 200)),
  "unit" TEXT NOT NULL DEFAULT '%' CHECK (length("unit") <= 200),
  "better" TEXT NOT NULL DEFAULT 'up' CHECK ("better" IN ('up', 'down', 'target_band')),
  "kpi_code" TEXT NOT NULL DEFAULT 'other' CHECK ("kpi_code" IN ('completion_rate', 'user_satisfaction_score', 'user_satisfaction_pct', 'cost_per_transaction', 'digital_takeup', 'time_to_complete', 'contacts_per_transaction', 'error_rate', 'other')),
  "target" REAL,
  "target_on" TEXT CHECK ("target_on" IS NULL OR ("target_on" IS date("target_on", '+0 days'))),
  "band_from" REAL,
  "band_to" REAL,
  "min_worthwhile_change" REAL CHECK ("min_worthwhile_change" IS NULL OR ("min_worthwhile_change" >= 0)),
  "source_system" TEXT CHECK ("source_system" IS NULL OR (length("source_system") <= 200)),
  "frequency" TEXT NOT NULL DEFAULT 'monthly' CHECK ("frequency" IN ('weekly', 'monthly', 'quarterly', 'yearly')),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "limitations" TEXT CHECK ("limitations" IS NULL OR (length("limitations") <= 10000)),
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
INSERT INTO "metric_4"("id", "uid", "ref", "name", "metric_kind", "pilot", "service", "definition", "definition_variant", "unit", "better", "kpi_code", "target", "target_on", "band_from", "band_to", "min_worthwhile_change", "source_system", "frequency", "owner", "limitations", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "metric_kind", "pilot", "service", "definition", "definition_variant", "unit", "better", "kpi_code", "target", "target_on", "band_from", "band_to", "min_worthwhile_change", "source_system", "frequency", "owner", "limitations", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "metric";
DROP TABLE "metric";
ALTER TABLE "metric_4" RENAME TO "metric";

CREATE TABLE "measurement_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'ME-*'),
  "metric" TEXT REFERENCES "metric"("uid") DEFERRABLE INITIALLY DEFERRED,
  "phase" TEXT CHECK ("phase" IS NULL OR ("phase" IN ('baseline', 'during', 'after'))),
  "period_start" TEXT CHECK ("period_start" IS NULL OR ("period_start" IS date("period_start", '+0 days'))),
  "period_end" TEXT CHECK ("period_end" IS NULL OR ("period_end" IS date("period_end", '+0 days'))),
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
  "unit" TEXT CHECK ("unit" IS NULL OR (length("unit") <= 200)),
  "definition_variant" TEXT CHECK ("definition_variant" IS NULL OR (length("definition_variant") <= 200)),
  "source_system" TEXT CHECK ("source_system" IS NULL OR (length("source_system") <= 200)),
  "online_share" REAL CHECK ("online_share" IS NULL OR ("online_share" >= 0 AND "online_share" <= 1)),
  "revises" TEXT REFERENCES "measurement"("uid") DEFERRABLE INITIALLY DEFERRED,
  "source_note" TEXT CHECK ("source_note" IS NULL OR (length("source_note") <= 10000)),
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
INSERT INTO "measurement_4"("id", "uid", "ref", "metric", "phase", "period_start", "period_end", "cohort", "status", "numerator", "denominator", "mean", "sd", "n", "total", "units", "events", "exposure", "value", "count_1", "count_2", "count_3", "count_4", "count_5", "unit", "definition_variant", "source_system", "online_share", "revises", "source_note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "metric", "phase", "period_start", "period_end", "cohort", "status", "numerator", "denominator", "mean", "sd", "n", "total", "units", "events", "exposure", "value", "count_1", "count_2", "count_3", "count_4", "count_5", "unit", "definition_variant", "source_system", "online_share", "revises", "source_note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "measurement";
DROP TABLE "measurement";
ALTER TABLE "measurement_4" RENAME TO "measurement";

CREATE TABLE "gate_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'G-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "gate_kind" TEXT NOT NULL DEFAULT 'phase_gate' CHECK ("gate_kind" IN ('phase_gate', 'service_assessment', 'assurance_review', 'decision_point')),
  "opens_phase" TEXT CHECK ("opens_phase" IS NULL OR ("opens_phase" IN ('alpha', 'private_beta', 'public_beta', 'live'))),
  "planned_on" TEXT CHECK ("planned_on" IS NULL OR ("planned_on" IS date("planned_on", '+0 days'))),
  "held_on" TEXT CHECK ("held_on" IS NULL OR ("held_on" IS date("held_on", '+0 days'))),
  "outcome" TEXT NOT NULL DEFAULT 'pending' CHECK ("outcome" IN ('pending', 'green', 'amber', 'red', 'stopped')),
  "recommendation" TEXT CHECK ("recommendation" IS NULL OR (length("recommendation") <= 10000)),
  "panel" TEXT CHECK ("panel" IS NULL OR (length("panel") <= 10000)),
  "chair" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "report_url" TEXT CHECK ("report_url" IS NULL OR (length("report_url") <= 2000)),
  "template" TEXT CHECK ("template" IS NULL OR (length("template") <= 200)),
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
INSERT INTO "gate_4"("id", "uid", "ref", "name", "pilot", "gate_kind", "opens_phase", "planned_on", "held_on", "outcome", "recommendation", "panel", "chair", "report_url", "template", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "pilot", "gate_kind", "opens_phase", "planned_on", "held_on", "outcome", "recommendation", "panel", "chair", "report_url", "template", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "gate";
DROP TABLE "gate";
ALTER TABLE "gate_4" RENAME TO "gate";

CREATE TABLE "criterion_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'GC-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "gate" TEXT REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED,
  "mandatory" INTEGER NOT NULL DEFAULT 1 CHECK ("mandatory" IN (0, 1)),
  "result" TEXT NOT NULL DEFAULT 'not_assessed' CHECK ("result" IN ('not_assessed', 'met', 'partly', 'not_met', 'not_applicable')),
  "evidence" TEXT CHECK ("evidence" IS NULL OR (length("evidence") <= 10000)),
  "evidence_added_on" TEXT CHECK ("evidence_added_on" IS NULL OR ("evidence_added_on" IS date("evidence_added_on", '+0 days'))),
  "not_applicable_reason" TEXT CHECK ("not_applicable_reason" IS NULL OR (length("not_applicable_reason") <= 10000)),
  "standard_ref" TEXT CHECK ("standard_ref" IS NULL OR (length("standard_ref") <= 200)),
  "code" TEXT CHECK ("code" IS NULL OR (length("code") <= 200)),
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
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;
INSERT INTO "criterion_4"("id", "uid", "ref", "text", "gate", "mandatory", "result", "evidence", "evidence_added_on", "not_applicable_reason", "standard_ref", "code", "assessor", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "text", "gate", "mandatory", "result", "evidence", "evidence_added_on", "not_applicable_reason", "standard_ref", "code", "assessor", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "criterion";
DROP TABLE "criterion";
ALTER TABLE "criterion_4" RENAME TO "criterion";

CREATE TABLE "condition_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CN-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "gate" TEXT REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "closed_on" TEXT CHECK ("closed_on" IS NULL OR ("closed_on" IS date("closed_on", '+0 days'))),
  "evidence" TEXT CHECK ("evidence" IS NULL OR (length("evidence") <= 10000)),
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
INSERT INTO "condition_4"("id", "uid", "ref", "text", "gate", "owner", "due", "closed_on", "evidence", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "text", "gate", "owner", "due", "closed_on", "evidence", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "condition";
DROP TABLE "condition";
ALTER TABLE "condition_4" RENAME TO "condition";

CREATE TABLE "compliance_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CI-*'),
  "item_kind" TEXT CHECK ("item_kind" IS NULL OR ("item_kind" IN ('dpia', 'security', 'accessibility', 'atrs', 'equality', 'records', 'open_source', 'cyber_test'))),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT NOT NULL DEFAULT 'not_started' CHECK ("status" IN ('not_needed', 'not_started', 'screened', 'in_progress', 'submitted', 'signed_off', 'expired', 'failed')),
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "signed_off_on" TEXT CHECK ("signed_off_on" IS NULL OR ("signed_off_on" IS date("signed_off_on", '+0 days'))),
  "signed_off_by" TEXT CHECK ("signed_off_by" IS NULL OR (length("signed_off_by") <= 200)),
  "residual_risk" TEXT CHECK ("residual_risk" IS NULL OR ("residual_risk" IN ('low', 'medium', 'high'))),
  "review_on" TEXT CHECK ("review_on" IS NULL OR ("review_on" IS date("review_on", '+0 days'))),
  "not_needed_reason" TEXT CHECK ("not_needed_reason" IS NULL OR (length("not_needed_reason") <= 10000)),
  "link" TEXT CHECK ("link" IS NULL OR (length("link") <= 2000)),
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
INSERT INTO "compliance_4"("id", "uid", "ref", "item_kind", "pilot", "status", "due", "signed_off_on", "signed_off_by", "residual_risk", "review_on", "not_needed_reason", "link", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "item_kind", "pilot", "status", "due", "signed_off_on", "signed_off_by", "residual_risk", "review_on", "not_needed_reason", "link", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "compliance";
DROP TABLE "compliance";
ALTER TABLE "compliance_4" RENAME TO "compliance";

CREATE TABLE "need_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'TN-*'),
  "role_group" TEXT CHECK ("role_group" IS NULL OR (length("role_group") <= 200)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "headcount" INTEGER CHECK ("headcount" IS NULL OR ("headcount" >= 1 AND "headcount" <= 100000)),
  "needed_by" TEXT CHECK ("needed_by" IS NULL OR ("needed_by" IS date("needed_by", '+0 days'))),
  "required_level" TEXT NOT NULL DEFAULT 'user' CHECK ("required_level" IN ('awareness', 'user', 'expert', 'trainer')),
  "mandatory" INTEGER NOT NULL DEFAULT 1 CHECK ("mandatory" IN (0, 1)),
  "source_date" TEXT CHECK ("source_date" IS NULL OR ("source_date" IS date("source_date", '+0 days'))),
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
INSERT INTO "need_4"("id", "uid", "ref", "role_group", "pilot", "headcount", "needed_by", "required_level", "mandatory", "source_date", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "role_group", "pilot", "headcount", "needed_by", "required_level", "mandatory", "source_date", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "need";
DROP TABLE "need";
ALTER TABLE "need_4" RENAME TO "need";

CREATE TABLE "session_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'T-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "starts_on" TEXT CHECK ("starts_on" IS NULL OR ("starts_on" IS date("starts_on", '+0 days'))),
  "start_time" TEXT CHECK ("start_time" IS NULL OR ("start_time" GLOB '[0-2][0-9]:[0-5][0-9]')),
  "status" TEXT NOT NULL DEFAULT 'planned' CHECK ("status" IN ('planned', 'held', 'cancelled')),
  "mode" TEXT NOT NULL DEFAULT 'classroom' CHECK ("mode" IN ('classroom', 'online_live', 'e_learning', 'workshop', 'floor_walking', 'drop_in', 'self_study')),
  "role_groups" TEXT CHECK ("role_groups" IS NULL OR (length("role_groups") <= 10000)),
  "duration_minutes" INTEGER CHECK ("duration_minutes" IS NULL OR ("duration_minutes" >= 1 AND "duration_minutes" <= 10000)),
  "trainer" TEXT CHECK ("trainer" IS NULL OR (length("trainer") <= 200)),
  "materials_url" TEXT CHECK ("materials_url" IS NULL OR (length("materials_url") <= 2000)),
  "capacity" INTEGER CHECK ("capacity" IS NULL OR ("capacity" >= 1 AND "capacity" <= 100000)),
  "cost" INTEGER CHECK ("cost" IS NULL OR ("cost" >= 0)),
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
INSERT INTO "session_4"("id", "uid", "ref", "title", "pilot", "starts_on", "start_time", "status", "mode", "role_groups", "duration_minutes", "trainer", "materials_url", "capacity", "cost", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "pilot", "starts_on", "start_time", "status", "mode", "role_groups", "duration_minutes", "trainer", "materials_url", "capacity", "cost", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "session";
DROP TABLE "session";
ALTER TABLE "session_4" RENAME TO "session";

CREATE TABLE "attendance_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AT-*'),
  "session" TEXT REFERENCES "session"("uid") DEFERRABLE INITIALLY DEFERRED,
  "role_group" TEXT CHECK ("role_group" IS NULL OR (length("role_group") <= 200)),
  "booked" INTEGER CHECK ("booked" IS NULL OR ("booked" >= 0 AND "booked" <= 100000)),
  "present" INTEGER CHECK ("present" IS NULL OR ("present" >= 0 AND "present" <= 100000)),
  "passed" INTEGER CHECK ("passed" IS NULL OR ("passed" >= 0 AND "passed" <= 100000)),
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
INSERT INTO "attendance_4"("id", "uid", "ref", "session", "role_group", "booked", "present", "passed", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "session", "role_group", "booked", "present", "passed", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "attendance";
DROP TABLE "attendance";
ALTER TABLE "attendance_4" RENAME TO "attendance";

CREATE TABLE "evaluation_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'TE-*'),
  "level" TEXT CHECK ("level" IS NULL OR ("level" IN ('reaction', 'learning', 'behaviour', 'results'))),
  "session" TEXT REFERENCES "session"("uid") DEFERRABLE INITIALLY DEFERRED,
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "measured_on" TEXT CHECK ("measured_on" IS NULL OR ("measured_on" IS date("measured_on", '+0 days'))),
  "n" INTEGER CHECK ("n" IS NULL OR ("n" >= 1 AND "n" <= 100000)),
  "mean_score" REAL CHECK ("mean_score" IS NULL OR ("mean_score" >= 0)),
  "scale_max" REAL NOT NULL DEFAULT '5.0' CHECK ("scale_max" >= 1 AND "scale_max" <= 100),
  "pre_mean" REAL CHECK ("pre_mean" IS NULL OR ("pre_mean" >= 0)),
  "post_mean" REAL CHECK ("post_mean" IS NULL OR ("post_mean" >= 0)),
  "passed_n" INTEGER CHECK ("passed_n" IS NULL OR ("passed_n" >= 0 AND "passed_n" <= 100000)),
  "metric" TEXT REFERENCES "metric"("uid") DEFERRABLE INITIALLY DEFERRED,
  "note" TEXT CHECK ("note" IS NULL OR (length("note") <= 10000)),
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
INSERT INTO "evaluation_4"("id", "uid", "ref", "level", "session", "pilot", "measured_on", "n", "mean_score", "scale_max", "pre_mean", "post_mean", "passed_n", "metric", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "level", "session", "pilot", "measured_on", "n", "mean_score", "scale_max", "pre_mean", "post_mean", "passed_n", "metric", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "evaluation";
DROP TABLE "evaluation";
ALTER TABLE "evaluation_4" RENAME TO "evaluation";

CREATE TABLE "risk_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'R-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "status" TEXT NOT NULL DEFAULT 'draft' CHECK ("status" IN ('draft', 'open', 'closed', 'became_issue')),
  "category" TEXT CHECK ("category" IS NULL OR ("category" IN ('strategy', 'governance', 'operations', 'legal', 'property', 'financial', 'commercial', 'people', 'technology', 'information', 'security', 'project', 'reputational'))),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "cause" TEXT CHECK ("cause" IS NULL OR (length("cause") <= 10000)),
  "event" TEXT CHECK ("event" IS NULL OR (length("event") <= 10000)),
  "consequence" TEXT CHECK ("consequence" IS NULL OR (length("consequence") <= 10000)),
  "risk_kind" TEXT NOT NULL DEFAULT 'threat' CHECK ("risk_kind" IN ('threat', 'opportunity')),
  "raised_on" TEXT CHECK ("raised_on" IS NULL OR ("raised_on" IS date("raised_on", '+0 days'))),
  "proximity" TEXT CHECK ("proximity" IS NULL OR ("proximity" IN ('imminent', 'within_3_months', '3_to_12_months', 'beyond'))),
  "response" TEXT CHECK ("response" IS NULL OR ("response" IN ('tolerate', 'treat', 'transfer', 'terminate', 'take'))),
  "rationale" TEXT CHECK ("rationale" IS NULL OR (length("rationale") <= 10000)),
  "transfer_party" TEXT CHECK ("transfer_party" IS NULL OR (length("transfer_party") <= 200)),
  "controls" TEXT CHECK ("controls" IS NULL OR (length("controls") <= 10000)),
  "next_review_on" TEXT CHECK ("next_review_on" IS NULL OR ("next_review_on" IS date("next_review_on", '+0 days'))),
  "early_warning" TEXT CHECK ("early_warning" IS NULL OR (length("early_warning") <= 10000)),
  "escalated_to" TEXT NOT NULL DEFAULT 'none' CHECK ("escalated_to" IN ('none', 'programme', 'board', 'corporate')),
  "escalated_on" TEXT CHECK ("escalated_on" IS NULL OR ("escalated_on" IS date("escalated_on", '+0 days'))),
  "closed_on" TEXT CHECK ("closed_on" IS NULL OR ("closed_on" IS date("closed_on", '+0 days'))),
  "closing_reason" TEXT CHECK ("closing_reason" IS NULL OR ("closing_reason" IN ('mitigated', 'expired', 'accepted', 'avoided', 'occurred', 'duplicate'))),
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
INSERT INTO "risk_4"("id", "uid", "ref", "title", "status", "category", "owner", "pilot", "service", "cause", "event", "consequence", "risk_kind", "raised_on", "proximity", "response", "rationale", "transfer_party", "controls", "next_review_on", "early_warning", "escalated_to", "escalated_on", "closed_on", "closing_reason", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "status", "category", "owner", "pilot", "service", "cause", "event", "consequence", "risk_kind", "raised_on", "proximity", "response", "rationale", "transfer_party", "controls", "next_review_on", "early_warning", "escalated_to", "escalated_on", "closed_on", "closing_reason", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "risk";
DROP TABLE "risk";
ALTER TABLE "risk_4" RENAME TO "risk";

CREATE TABLE "assessment_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'RA-*'),
  "risk" TEXT REFERENCES "risk"("uid") DEFERRABLE INITIALLY DEFERRED,
  "assessed_on" TEXT CHECK ("assessed_on" IS NULL OR ("assessed_on" IS date("assessed_on", '+0 days'))),
  "likelihood" INTEGER CHECK ("likelihood" IS NULL OR ("likelihood" >= 1 AND "likelihood" <= 5)),
  "impact" INTEGER CHECK ("impact" IS NULL OR ("impact" >= 1 AND "impact" <= 5)),
  "target_likelihood" INTEGER CHECK ("target_likelihood" IS NULL OR ("target_likelihood" >= 1 AND "target_likelihood" <= 5)),
  "target_impact" INTEGER CHECK ("target_impact" IS NULL OR ("target_impact" >= 1 AND "target_impact" <= 5)),
  "inherent_likelihood" INTEGER CHECK ("inherent_likelihood" IS NULL OR ("inherent_likelihood" >= 1 AND "inherent_likelihood" <= 5)),
  "inherent_impact" INTEGER CHECK ("inherent_impact" IS NULL OR ("inherent_impact" >= 1 AND "inherent_impact" <= 5)),
  "certainty" TEXT CHECK ("certainty" IS NULL OR ("certainty" IN ('low', 'medium', 'high'))),
  "note" TEXT CHECK ("note" IS NULL OR (length("note") <= 10000)),
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
INSERT INTO "assessment_4"("id", "uid", "ref", "risk", "assessed_on", "likelihood", "impact", "target_likelihood", "target_impact", "inherent_likelihood", "inherent_impact", "certainty", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "risk", "assessed_on", "likelihood", "impact", "target_likelihood", "target_impact", "inherent_likelihood", "inherent_impact", "certainty", "note", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "assessment";
DROP TABLE "assessment";
ALTER TABLE "assessment_4" RENAME TO "assessment";

CREATE TABLE "issue_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'I-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "severity" TEXT NOT NULL DEFAULT 'minor' CHECK ("severity" IN ('minor', 'major', 'critical')),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'in_progress', 'resolved', 'closed')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "raised_on" TEXT CHECK ("raised_on" IS NULL OR ("raised_on" IS date("raised_on", '+0 days'))),
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "description" TEXT CHECK ("description" IS NULL OR (length("description") <= 10000)),
  "impact" TEXT CHECK ("impact" IS NULL OR (length("impact") <= 10000)),
  "resolution" TEXT CHECK ("resolution" IS NULL OR (length("resolution") <= 10000)),
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
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;
INSERT INTO "issue_4"("id", "uid", "ref", "title", "severity", "status", "pilot", "owner", "raised_on", "due", "description", "impact", "resolution", "resolved_on", "risk", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "severity", "status", "pilot", "owner", "raised_on", "due", "description", "impact", "resolution", "resolved_on", "risk", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "issue";
DROP TABLE "issue";
ALTER TABLE "issue_4" RENAME TO "issue";

CREATE TABLE "win_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'W-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "event_date" TEXT CHECK ("event_date" IS NULL OR ("event_date" IS date("event_date", '+0 days'))),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "what_changed" TEXT CHECK ("what_changed" IS NULL OR (length("what_changed") <= 10000)),
  "who_benefits" TEXT CHECK ("who_benefits" IS NULL OR ("who_benefits" IN ('citizens', 'front_line', 'back_office', 'taxpayers', 'partners'))),
  "size" TEXT CHECK ("size" IS NULL OR ("size" IN ('one_off', 'weekly', 'monthly', 'every_transaction'))),
  "estimate_value" INTEGER,
  "estimate_unit" TEXT CHECK ("estimate_unit" IS NULL OR ("estimate_unit" IN ('minutes', 'seconds', 'pounds', 'contacts', 'errors', 'other'))),
  "estimate_basis" TEXT CHECK ("estimate_basis" IS NULL OR (length("estimate_basis") <= 10000)),
  "evidence" TEXT NOT NULL DEFAULT 'none' CHECK ("evidence" IN ('link', 'metric', 'quote_paraphrase', 'none')),
  "evidence_note" TEXT CHECK ("evidence_note" IS NULL OR (length("evidence_note") <= 10000)),
  "verified_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "credit" TEXT CHECK ("credit" IS NULL OR (length("credit") <= 200)),
  "publishable" INTEGER NOT NULL DEFAULT 0 CHECK ("publishable" IN (0, 1)),
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
INSERT INTO "win_4"("id", "uid", "ref", "title", "event_date", "pilot", "service", "what_changed", "who_benefits", "size", "estimate_value", "estimate_unit", "estimate_basis", "evidence", "evidence_note", "verified_by", "credit", "publishable", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "event_date", "pilot", "service", "what_changed", "who_benefits", "size", "estimate_value", "estimate_unit", "estimate_basis", "evidence", "evidence_note", "verified_by", "credit", "publishable", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "win";
DROP TABLE "win";
ALTER TABLE "win_4" RENAME TO "win";

CREATE TABLE "feedback_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'F-*'),
  "summary" TEXT CHECK ("summary" IS NULL OR (length("summary") <= 10000)),
  "received_on" TEXT CHECK ("received_on" IS NULL OR ("received_on" IS date("received_on", '+0 days'))),
  "source" TEXT NOT NULL DEFAULT 'citizen' CHECK ("source" IN ('citizen', 'front_line', 'business', 'partner', 'survey', 'complaint', 'research', 'helpdesk')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "channel" TEXT CHECK ("channel" IS NULL OR ("channel" IN ('web', 'phone', 'face_to_face', 'post', 'email', 'assisted'))),
  "satisfaction" INTEGER CHECK ("satisfaction" IS NULL OR ("satisfaction" >= 1 AND "satisfaction" <= 5)),
  "theme" TEXT CHECK ("theme" IS NULL OR (length("theme") <= 200)),
  "count" INTEGER NOT NULL DEFAULT 1 CHECK ("count" >= 1 AND "count" <= 1000000),
  "severity" TEXT NOT NULL DEFAULT 'minor' CHECK ("severity" IN ('praise', 'minor', 'major', 'blocker')),
  "response" TEXT NOT NULL DEFAULT 'none' CHECK ("response" IN ('none', 'planned', 'done', 'wont_do')),
  "response_reason" TEXT CHECK ("response_reason" IS NULL OR (length("response_reason") <= 10000)),
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
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;
INSERT INTO "feedback_4"("id", "uid", "ref", "summary", "received_on", "source", "pilot", "service", "channel", "satisfaction", "theme", "count", "severity", "response", "response_reason", "iteration", "win", "loop_closed_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "summary", "received_on", "source", "pilot", "service", "channel", "satisfaction", "theme", "count", "severity", "response", "response_reason", "iteration", "win", "loop_closed_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "feedback";
DROP TABLE "feedback";
ALTER TABLE "feedback_4" RENAME TO "feedback";

CREATE TABLE "board_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'B-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "meets_on" TEXT CHECK ("meets_on" IS NULL OR ("meets_on" IS date("meets_on", '+0 days'))),
  "as_of" TEXT CHECK ("as_of" IS NULL OR ("as_of" IS date("as_of", '+0 days'))),
  "status" TEXT NOT NULL DEFAULT 'planned' CHECK ("status" IN ('planned', 'collecting', 'frozen', 'held', 'minutes_draft', 'minutes_approved', 'published')),
  "place" TEXT CHECK ("place" IS NULL OR (length("place") <= 200)),
  "quorum" INTEGER CHECK ("quorum" IS NULL OR ("quorum" >= 1 AND "quorum" <= 99)),
  "approved_on" TEXT CHECK ("approved_on" IS NULL OR ("approved_on" IS date("approved_on", '+0 days'))),
  "approved_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "published_on" TEXT CHECK ("published_on" IS NULL OR ("published_on" IS date("published_on", '+0 days'))),
  "snapshot" TEXT REFERENCES "snapshot"("uid") DEFERRABLE INITIALLY DEFERRED,
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
INSERT INTO "board_4"("id", "uid", "ref", "title", "meets_on", "as_of", "status", "place", "quorum", "approved_on", "approved_by", "published_on", "snapshot", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "meets_on", "as_of", "status", "place", "quorum", "approved_on", "approved_by", "published_on", "snapshot", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "board";
DROP TABLE "board";
ALTER TABLE "board_4" RENAME TO "board";

CREATE TABLE "snapshot_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'SN-*'),
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "as_of" TEXT CHECK ("as_of" IS NULL OR ("as_of" IS date("as_of", '+0 days'))),
  "frozen_at" TEXT CHECK ("frozen_at" IS NULL OR (length("frozen_at") <= 20)),
  "audience" TEXT NOT NULL DEFAULT 'board' CHECK ("audience" IN ('board', 'public', 'team')),
  "sha256" TEXT CHECK ("sha256" IS NULL OR ("sha256" GLOB '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]')),
  "layout" INTEGER NOT NULL DEFAULT 1 CHECK ("layout" >= 1 AND "layout" <= 999),
  "app_version" TEXT CHECK ("app_version" IS NULL OR (length("app_version") <= 200)),
  "supersedes" TEXT REFERENCES "snapshot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT CHECK ("reason" IS NULL OR (length("reason") <= 10000)),
  "warnings" TEXT CHECK ("warnings" IS NULL OR (length("warnings") <= 10000)),
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
INSERT INTO "snapshot_4"("id", "uid", "ref", "board", "as_of", "frozen_at", "audience", "sha256", "layout", "app_version", "supersedes", "reason", "warnings", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "board", "as_of", "frozen_at", "audience", "sha256", "layout", "app_version", "supersedes", "reason", "warnings", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "snapshot";
DROP TABLE "snapshot";
ALTER TABLE "snapshot_4" RENAME TO "snapshot";

CREATE TABLE "decision_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'D-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "status" TEXT NOT NULL DEFAULT 'draft' CHECK ("status" IN ('draft', 'sought', 'taken', 'deferred', 'withdrawn')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "question" TEXT CHECK ("question" IS NULL OR (length("question") <= 10000)),
  "options" TEXT CHECK ("options" IS NULL OR (length("options") <= 10000)),
  "recommendation" TEXT CHECK ("recommendation" IS NULL OR (length("recommendation") <= 10000)),
  "requested_by" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "money_impact" INTEGER,
  "needed_by" TEXT CHECK ("needed_by" IS NULL OR ("needed_by" IS date("needed_by", '+0 days'))),
  "outcome" TEXT CHECK ("outcome" IS NULL OR ("outcome" IN ('approved', 'approved_with_conditions', 'rejected', 'noted'))),
  "decided_on" TEXT CHECK ("decided_on" IS NULL OR ("decided_on" IS date("decided_on", '+0 days'))),
  "decided_by" TEXT CHECK ("decided_by" IS NULL OR (length("decided_by") <= 200)),
  "rationale" TEXT CHECK ("rationale" IS NULL OR (length("rationale") <= 10000)),
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
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;
INSERT INTO "decision_4"("id", "uid", "ref", "title", "status", "pilot", "question", "options", "recommendation", "requested_by", "money_impact", "needed_by", "outcome", "decided_on", "decided_by", "rationale", "review_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "board") SELECT "id", "uid", "ref", "title", "status", "pilot", "question", "options", "recommendation", "requested_by", "money_impact", "needed_by", "outcome", "decided_on", "decided_by", "rationale", "review_on", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "board" FROM "decision";
DROP TABLE "decision";
ALTER TABLE "decision_4" RENAME TO "decision";

CREATE TABLE "item_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AG-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "item_order" INTEGER CHECK ("item_order" IS NULL OR ("item_order" >= 1 AND "item_order" <= 99)),
  "item_kind" TEXT NOT NULL DEFAULT 'discussion' CHECK ("item_kind" IN ('decision', 'discussion', 'information')),
  "decision" TEXT REFERENCES "decision"("uid") DEFERRABLE INITIALLY DEFERRED,
  "minutes_planned" INTEGER CHECK ("minutes_planned" IS NULL OR ("minutes_planned" >= 1 AND "minutes_planned" <= 480)),
  "presenter" TEXT CHECK ("presenter" IS NULL OR (length("presenter") <= 200)),
  "paper" TEXT CHECK ("paper" IS NULL OR (length("paper") <= 10000)),
  "minutes" TEXT CHECK ("minutes" IS NULL OR (length("minutes") <= 10000)),
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
INSERT INTO "item_4"("id", "uid", "ref", "title", "board", "item_order", "item_kind", "decision", "minutes_planned", "presenter", "paper", "minutes", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "title", "board", "item_order", "item_kind", "decision", "minutes_planned", "presenter", "paper", "minutes", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "item";
DROP TABLE "item";
ALTER TABLE "item_4" RENAME TO "item";

CREATE TABLE "attendee_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BA-*'),
  "person" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT NOT NULL DEFAULT 'Member' CHECK (length("role") <= 200),
  "attendance" TEXT NOT NULL DEFAULT 'expected' CHECK ("attendance" IN ('expected', 'present', 'apologies', 'deputy', 'absent')),
  "deputy" TEXT CHECK ("deputy" IS NULL OR (length("deputy") <= 200)),
  "interest" TEXT CHECK ("interest" IS NULL OR (length("interest") <= 10000)),
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
INSERT INTO "attendee_4"("id", "uid", "ref", "person", "board", "role", "attendance", "deputy", "interest", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "person", "board", "role", "attendance", "deputy", "interest", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "attendee";
DROP TABLE "attendee";
ALTER TABLE "attendee_4" RENAME TO "attendee";

CREATE TABLE "correction_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CO-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "corrected_on" TEXT CHECK ("corrected_on" IS NULL OR ("corrected_on" IS date("corrected_on", '+0 days'))),
  "item" TEXT REFERENCES "item"("uid") DEFERRABLE INITIALLY DEFERRED,
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
INSERT INTO "correction_4"("id", "uid", "ref", "text", "board", "corrected_on", "item", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "text", "board", "corrected_on", "item", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "correction";
DROP TABLE "correction";
ALTER TABLE "correction_4" RENAME TO "correction";

CREATE TABLE "acceptance_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'WA-*'),
  "warning" TEXT CHECK ("warning" IS NULL OR (length("warning") <= 200)),
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "because" TEXT CHECK ("because" IS NULL OR (length("because") <= 10000)),
  "told" TEXT CHECK ("told" IS NULL OR (length("told") <= 10000)),
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
INSERT INTO "acceptance_4"("id", "uid", "ref", "warning", "board", "because", "told", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "warning", "board", "because", "told", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "acceptance";
DROP TABLE "acceptance";
ALTER TABLE "acceptance_4" RENAME TO "acceptance";

CREATE TABLE "action_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'A-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'in_progress', 'done', 'dropped')),
  "priority" TEXT NOT NULL DEFAULT 'medium' CHECK ("priority" IN ('low', 'medium', 'high')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "risk" TEXT REFERENCES "risk"("uid") DEFERRABLE INITIALLY DEFERRED,
  "issue" TEXT REFERENCES "issue"("uid") DEFERRABLE INITIALLY DEFERRED,
  "decision" TEXT REFERENCES "decision"("uid") DEFERRABLE INITIALLY DEFERRED,
  "gate" TEXT REFERENCES "gate"("uid") DEFERRABLE INITIALLY DEFERRED,
  "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "done_on" TEXT CHECK ("done_on" IS NULL OR ("done_on" IS date("done_on", '+0 days'))),
  "evidence" TEXT CHECK ("evidence" IS NULL OR (length("evidence") <= 10000)),
  "dropped_reason" TEXT CHECK ("dropped_reason" IS NULL OR (length("dropped_reason") <= 10000)),
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
INSERT INTO "action_4"("id", "uid", "ref", "text", "owner", "due", "status", "priority", "pilot", "risk", "done_on", "evidence", "dropped_reason", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "issue", "decision", "gate", "board") SELECT "id", "uid", "ref", "text", "owner", "due", "status", "priority", "pilot", "risk", "done_on", "evidence", "dropped_reason", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason", "issue", "decision", "gate", "board" FROM "action";
DROP TABLE "action";
ALTER TABLE "action_4" RENAME TO "action";

CREATE TABLE "standard_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'ST-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "standard_kind" TEXT CHECK ("standard_kind" IS NULL OR ("standard_kind" IN ('data_standard', 'api_standard', 'shared_platform', 'design_pattern'))),
  "maintainer" TEXT CHECK ("maintainer" IS NULL OR (length("maintainer") <= 200)),
  "version" TEXT CHECK ("version" IS NULL OR (length("version") <= 200)),
  "status" TEXT NOT NULL DEFAULT 'recommended' CHECK ("status" IN ('recommended', 'mandated', 'deprecated')),
  "url" TEXT CHECK ("url" IS NULL OR (length("url") <= 2000)),
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
INSERT INTO "standard_4"("id", "uid", "ref", "name", "standard_kind", "maintainer", "version", "status", "url", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "standard_kind", "maintainer", "version", "status", "url", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "standard";
DROP TABLE "standard";
ALTER TABLE "standard_4" RENAME TO "standard";

CREATE TABLE "integration_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'IN-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "provider" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "consumer" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "other_party" TEXT CHECK ("other_party" IS NULL OR (length("other_party") <= 200)),
  "standard" TEXT REFERENCES "standard"("uid") DEFERRABLE INITIALLY DEFERRED,
  "direction" TEXT NOT NULL DEFAULT 'one_way' CHECK ("direction" IN ('one_way', 'both_ways')),
  "data_items" TEXT CHECK ("data_items" IS NULL OR (length("data_items") <= 10000)),
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
  CHECK ("visibility" <> 'public' OR "sensitivity" = '')
) STRICT;
INSERT INTO "integration_4"("id", "uid", "ref", "name", "provider", "consumer", "other_party", "standard", "direction", "data_items", "status", "live_on", "retired_on", "requests_per_month", "monitored", "dpia", "replaces_manual_step", "once_only_items", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "provider", "consumer", "other_party", "standard", "direction", "data_items", "status", "live_on", "retired_on", "requests_per_month", "monitored", "dpia", "replaces_manual_step", "once_only_items", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "integration";
DROP TABLE "integration";
ALTER TABLE "integration_4" RENAME TO "integration";

CREATE TABLE "setting_4" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'SET-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "value" TEXT CHECK ("value" IS NULL OR (length("value") <= 10000)),
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
INSERT INTO "setting_4"("id", "uid", "ref", "name", "value", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "value", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "setting";
DROP TABLE "setting";
ALTER TABLE "setting_4" RENAME TO "setting";

CREATE TABLE "note" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'N-*'),
  "about" TEXT CHECK ("about" IS NULL OR (length("about") <= 36)),
  "about_kind" TEXT CHECK ("about_kind" IS NULL OR (length("about_kind") <= 200)),
  "text" TEXT,
  "author" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "written_on" TEXT CHECK ("written_on" IS NULL OR ("written_on" IS date("written_on", '+0 days'))),
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

CREATE TABLE "identifier" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'ID-*'),
  "about" TEXT CHECK ("about" IS NULL OR (length("about") <= 36)),
  "about_kind" TEXT CHECK ("about_kind" IS NULL OR (length("about_kind") <= 200)),
  "source" TEXT CHECK ("source" IS NULL OR (length("source") <= 200)),
  "code" TEXT CHECK ("code" IS NULL OR (length("code") <= 200)),
  "url" TEXT CHECK ("url" IS NULL OR (length("url") <= 2000)),
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

CREATE TABLE "field_state" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'FS-*'),
  "about" TEXT CHECK ("about" IS NULL OR (length("about") <= 36)),
  "about_kind" TEXT CHECK ("about_kind" IS NULL OR (length("about_kind") <= 200)),
  "field" TEXT CHECK ("field" IS NULL OR (length("field") <= 200)),
  "state" TEXT NOT NULL DEFAULT 'given' CHECK ("state" IN ('given', 'missing', 'withheld', 'not_yet_known', 'not_applicable')),
  "words" TEXT CHECK ("words" IS NULL OR (length("words") <= 10000)),
  "precision" TEXT CHECK ("precision" IS NULL OR ("precision" IN ('day', 'month', 'quarter', 'year'))),
  "source" TEXT CHECK ("source" IS NULL OR (length("source") <= 10000)),
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

CREATE INDEX "programme_sro" ON "programme"("sro");
CREATE INDEX "programme_chair" ON "programme"("chair");
CREATE INDEX "programme_secretary" ON "programme"("secretary");
CREATE INDEX "person_alias_of" ON "person"("alias_of");
CREATE INDEX "service_owner" ON "service"("owner");
CREATE INDEX "journey_service" ON "journey"("service");
CREATE INDEX "step_journey" ON "step"("journey");
CREATE INDEX "pilot_delivery_lead" ON "pilot"("delivery_lead");
CREATE INDEX "pilot_product_owner" ON "pilot"("product_owner");
CREATE INDEX "pilot_service" ON "pilot"("service");
CREATE INDEX "confidence_pilot" ON "confidence"("pilot", "as_of", "id");
CREATE INDEX "confidence_by" ON "confidence"("by");
CREATE INDEX "confidence_supersedes" ON "confidence"("supersedes");
CREATE INDEX "iteration_pilot" ON "iteration"("pilot");
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
CREATE INDEX "need_pilot" ON "need"("pilot");
CREATE INDEX "session_pilot" ON "session"("pilot");
CREATE INDEX "attendance_session" ON "attendance"("session");
CREATE INDEX "evaluation_session" ON "evaluation"("session");
CREATE INDEX "evaluation_pilot" ON "evaluation"("pilot");
CREATE INDEX "evaluation_metric" ON "evaluation"("metric");
CREATE INDEX "risk_owner" ON "risk"("owner");
CREATE INDEX "risk_pilot" ON "risk"("pilot");
CREATE INDEX "risk_service" ON "risk"("service");
CREATE INDEX "assessment_risk" ON "assessment"("risk", "assessed_on", "id");
CREATE INDEX "issue_pilot" ON "issue"("pilot");
CREATE INDEX "issue_owner" ON "issue"("owner");
CREATE INDEX "issue_risk" ON "issue"("risk");
CREATE INDEX "win_pilot" ON "win"("pilot");
CREATE INDEX "win_service" ON "win"("service");
CREATE INDEX "win_verified_by" ON "win"("verified_by");
CREATE INDEX "feedback_pilot" ON "feedback"("pilot");
CREATE INDEX "feedback_service" ON "feedback"("service");
CREATE INDEX "feedback_iteration" ON "feedback"("iteration");
CREATE INDEX "feedback_win" ON "feedback"("win");
CREATE INDEX "board_approved_by" ON "board"("approved_by");
CREATE INDEX "board_snapshot" ON "board"("snapshot");
CREATE INDEX "snapshot_board" ON "snapshot"("board");
CREATE INDEX "snapshot_supersedes" ON "snapshot"("supersedes");
CREATE INDEX "decision_pilot" ON "decision"("pilot");
CREATE INDEX "decision_board" ON "decision"("board");
CREATE INDEX "decision_requested_by" ON "decision"("requested_by");
CREATE INDEX "item_board" ON "item"("board");
CREATE INDEX "item_decision" ON "item"("decision");
CREATE INDEX "attendee_person" ON "attendee"("person");
CREATE INDEX "attendee_board" ON "attendee"("board");
CREATE INDEX "correction_board" ON "correction"("board");
CREATE INDEX "correction_item" ON "correction"("item");
CREATE INDEX "acceptance_board" ON "acceptance"("board");
CREATE INDEX "action_owner" ON "action"("owner");
CREATE INDEX "action_pilot" ON "action"("pilot");
CREATE INDEX "action_risk" ON "action"("risk");
CREATE INDEX "action_issue" ON "action"("issue");
CREATE INDEX "action_decision" ON "action"("decision");
CREATE INDEX "action_gate" ON "action"("gate");
CREATE INDEX "action_board" ON "action"("board");
CREATE INDEX "integration_provider" ON "integration"("provider");
CREATE INDEX "integration_consumer" ON "integration"("consumer");
CREATE INDEX "integration_standard" ON "integration"("standard");
CREATE INDEX "integration_dpia" ON "integration"("dpia");
CREATE INDEX "note_about" ON "note"("about");
CREATE INDEX "note_author" ON "note"("author");
CREATE INDEX "identifier_about" ON "identifier"("about");
CREATE INDEX "identifier_code" ON "identifier"("code");
CREATE INDEX "field_state_about" ON "field_state"("about");
