-- A phase that nobody chose is not stated; a metric says that its periods roll on; a closed risk says of which one it is
-- the duplicate; a rating is kept with the scale on which it was given (for those given before, the journal
-- says which); budgets, forecasts and spend may be below zero, as real portfolios have them; days may stand for a part of
-- a financial year.

CREATE TABLE "pilot_5" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'P-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "phase" TEXT CHECK ("phase" IS NULL OR ("phase" IN ('discovery', 'alpha', 'private_beta', 'public_beta', 'live', 'retirement', 'paused', 'stopped'))),
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
  "budget" INTEGER,
  "forecast_cost" INTEGER,
  "spend_to_date" INTEGER,
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
INSERT INTO "pilot_5"("id", "uid", "ref", "name", "phase", "forecast_end", "decision_due", "delivery_lead", "product_owner", "service", "status_note", "problem", "hypothesis", "team_size", "sites", "scope_in", "scope_out", "phase_started", "planned_start", "start", "first_real_user_on", "baseline_end", "actual_end", "min_observation_days", "budget", "forecast_cost", "spend_to_date", "spend_as_of", "exit_cost", "replace_supplier_weeks", "code_ownership", "personal_data", "algorithmic_tool", "users_tested", "template", "outcome", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "name", "phase", "forecast_end", "decision_due", "delivery_lead", "product_owner", "service", "status_note", "problem", "hypothesis", "team_size", "sites", "scope_in", "scope_out", "phase_started", "planned_start", "start", "first_real_user_on", "baseline_end", "actual_end", "min_observation_days", "budget", "forecast_cost", "spend_to_date", "spend_as_of", "exit_cost", "replace_supplier_weeks", "code_ownership", "personal_data", "algorithmic_tool", "users_tested", "template", "outcome", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "pilot";
DROP TABLE "pilot";
ALTER TABLE "pilot_5" RENAME TO "pilot";
CREATE INDEX "pilot_delivery_lead" ON "pilot"("delivery_lead");

CREATE INDEX "pilot_product_owner" ON "pilot"("product_owner");

CREATE INDEX "pilot_service" ON "pilot"("service");

ALTER TABLE "metric" ADD COLUMN "periods" TEXT NOT NULL DEFAULT 'separate' CHECK ("periods" IN ('separate', 'rolling'));

ALTER TABLE "risk" ADD COLUMN "duplicate_of" TEXT REFERENCES "risk"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "risk_duplicate_of" ON "risk"("duplicate_of");

ALTER TABLE "confidence" ADD COLUMN "rating_scale" TEXT CHECK ("rating_scale" IS NULL OR ("rating_scale" IN ('rag3', 'rag5', 'dta5')));

CREATE TABLE "field_state_5" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'FS-*'),
  "about" TEXT CHECK ("about" IS NULL OR (length("about") <= 36)),
  "about_kind" TEXT CHECK ("about_kind" IS NULL OR (length("about_kind") <= 200)),
  "field" TEXT CHECK ("field" IS NULL OR (length("field") <= 200)),
  "state" TEXT NOT NULL DEFAULT 'given' CHECK ("state" IN ('given', 'missing', 'withheld', 'not_yet_known', 'not_applicable')),
  "words" TEXT CHECK ("words" IS NULL OR (length("words") <= 10000)),
  "precision" TEXT CHECK ("precision" IS NULL OR ("precision" IN ('day', 'month', 'quarter', 'year', 'financial_year', 'financial_q1', 'financial_q2', 'financial_q3', 'financial_q4'))),
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
INSERT INTO "field_state_5"("id", "uid", "ref", "about", "about_kind", "field", "state", "words", "precision", "source", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason") SELECT "id", "uid", "ref", "about", "about_kind", "field", "state", "words", "precision", "source", "visibility", "sensitivity", "tags", "rev", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "deleted_reason" FROM "field_state";
DROP TABLE "field_state";
ALTER TABLE "field_state_5" RENAME TO "field_state";
CREATE INDEX "field_state_about" ON "field_state"("about");
