-- The registers that a programme keeps if it wants to: they are shown once they have a record.

CREATE TABLE "milestone" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'MS-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT NOT NULL DEFAULT 'planned' CHECK ("status" IN ('planned', 'in_progress', 'met', 'dropped')),
  "baseline_on" TEXT CHECK ("baseline_on" IS NULL OR ("baseline_on" IS date("baseline_on", '+0 days'))),
  "forecast_on" TEXT CHECK ("forecast_on" IS NULL OR ("forecast_on" IS date("forecast_on", '+0 days'))),
  "actual_on" TEXT CHECK ("actual_on" IS NULL OR ("actual_on" IS date("actual_on", '+0 days'))),
  "description" TEXT CHECK ("description" IS NULL OR (length("description") <= 10000)),
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

CREATE INDEX "milestone_pilot" ON "milestone"("pilot");

CREATE INDEX "milestone_owner" ON "milestone"("owner");

CREATE TABLE "benefit" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BN-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "benefit_kind" TEXT CHECK ("benefit_kind" IS NULL OR ("benefit_kind" IN ('cash_releasing', 'non_cash_releasing', 'economic', 'qualitative'))),
  "status" TEXT NOT NULL DEFAULT 'expected' CHECK ("status" IN ('expected', 'being_realised', 'realised', 'dropped')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "metric" TEXT REFERENCES "metric"("uid") DEFERRABLE INITIALLY DEFERRED,
  "dis_benefit" INTEGER NOT NULL DEFAULT 0 CHECK ("dis_benefit" IN (0, 1)),
  "baseline" INTEGER,
  "beneficiaries" TEXT CHECK ("beneficiaries" IS NULL OR (length("beneficiaries") <= 10000)),
  "description" TEXT CHECK ("description" IS NULL OR (length("description") <= 10000)),
  "assumptions" TEXT CHECK ("assumptions" IS NULL OR (length("assumptions") <= 10000)),
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

CREATE INDEX "benefit_pilot" ON "benefit"("pilot");

CREATE INDEX "benefit_owner" ON "benefit"("owner");

CREATE INDEX "benefit_metric" ON "benefit"("metric");

CREATE TABLE "figure" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BF-*'),
  "benefit" TEXT REFERENCES "benefit"("uid") DEFERRABLE INITIALLY DEFERRED,
  "year" TEXT CHECK ("year" IS NULL OR ("year" IS date("year", '+0 days'))),
  "target" INTEGER,
  "forecast" INTEGER,
  "realised" INTEGER,
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

CREATE INDEX "figure_benefit" ON "figure"("benefit");

CREATE TABLE "supplier" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'SU-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('candidate', 'active', 'former')),
  "identifier" TEXT CHECK ("identifier" IS NULL OR (length("identifier") <= 200)),
  "size" TEXT CHECK ("size" IS NULL OR ("size" IN ('sme', 'large', 'voluntary', 'public_body'))),
  "shared_list" INTEGER NOT NULL DEFAULT 0 CHECK ("shared_list" IN (0, 1)),
  "checks" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(replace(',' || "checks" || ',', ',identity,', ',,'), ',finances,', ',,'), ',references,', ',,'), ',insurance,', ',,'), ',security,', ',,'), ',interests,', ',,'), ',', '') = ''),
  "checked_on" TEXT CHECK ("checked_on" IS NULL OR ("checked_on" IS date("checked_on", '+0 days'))),
  "check_by" TEXT CHECK ("check_by" IS NULL OR ("check_by" IS date("check_by", '+0 days'))),
  "policies" TEXT NOT NULL DEFAULT '' CHECK (replace(replace(replace(replace(replace(replace(replace(',' || "policies" || ',', ',security,', ',,'), ',data_protection,', ',,'), ',accessibility,', ',,'), ',equality,', ',,'), ',conduct,', ',,'), ',continuity,', ',,'), ',', '') = ''),
  "policies_seen_on" TEXT CHECK ("policies_seen_on" IS NULL OR ("policies_seen_on" IS date("policies_seen_on", '+0 days'))),
  "contact_role" TEXT CHECK ("contact_role" IS NULL OR (length("contact_role") <= 200)),
  "address" TEXT CHECK ("address" IS NULL OR (length("address") <= 10000)),
  "performance" TEXT CHECK ("performance" IS NULL OR (length("performance") <= 10000)),
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

CREATE TABLE "contract" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CT-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "supplier" TEXT REFERENCES "supplier"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('planned', 'tender', 'active', 'ended', 'terminated')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "value" INTEGER,
  "starts_on" TEXT CHECK ("starts_on" IS NULL OR ("starts_on" IS date("starts_on", '+0 days'))),
  "ends_on" TEXT CHECK ("ends_on" IS NULL OR ("ends_on" IS date("ends_on", '+0 days'))),
  "extends_to" TEXT CHECK ("extends_to" IS NULL OR ("extends_to" IS date("extends_to", '+0 days'))),
  "extensions" TEXT CHECK ("extensions" IS NULL OR (length("extensions") <= 10000)),
  "notice_days" INTEGER CHECK ("notice_days" IS NULL OR ("notice_days" >= 0 AND "notice_days" <= 730)),
  "open_standards" INTEGER CHECK ("open_standards" IS NULL OR ("open_standards" IN (0, 1))),
  "exit_clause" INTEGER CHECK ("exit_clause" IS NULL OR ("exit_clause" IN (0, 1))),
  "template_reused" TEXT CHECK ("template_reused" IS NULL OR (length("template_reused") <= 200)),
  "reusable" INTEGER NOT NULL DEFAULT 0 CHECK ("reusable" IN (0, 1)),
  "tender_method" TEXT CHECK ("tender_method" IS NULL OR ("tender_method" IN ('open', 'selective', 'limited', 'direct'))),
  "scope" TEXT CHECK ("scope" IS NULL OR (length("scope") <= 10000)),
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

CREATE INDEX "contract_supplier" ON "contract"("supplier");

CREATE INDEX "contract_pilot" ON "contract"("pilot");

CREATE INDEX "contract_owner" ON "contract"("owner");

CREATE TABLE "stakeholder" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'SH-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "interest" INTEGER CHECK ("interest" IS NULL OR ("interest" >= 1 AND "interest" <= 5)),
  "influence" INTEGER CHECK ("influence" IS NULL OR ("influence" >= 1 AND "influence" <= 5)),
  "first_involved_on" TEXT CHECK ("first_involved_on" IS NULL OR ("first_involved_on" IS date("first_involved_on", '+0 days'))),
  "involved_by" TEXT CHECK ("involved_by" IS NULL OR ("involved_by" IN ('interview', 'workshop', 'survey', 'working_group', 'show_and_tell', 'consultation', 'other'))),
  "stance" TEXT CHECK ("stance" IS NULL OR ("stance" IN ('supports', 'neutral', 'concerned', 'opposes'))),
  "status" TEXT NOT NULL DEFAULT 'active' CHECK ("status" IN ('active', 'former')),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "next_contact_on" TEXT CHECK ("next_contact_on" IS NULL OR ("next_contact_on" IS date("next_contact_on", '+0 days'))),
  "plan" TEXT CHECK ("plan" IS NULL OR (length("plan") <= 10000)),
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

CREATE INDEX "stakeholder_pilot" ON "stakeholder"("pilot");

CREATE INDEX "stakeholder_person" ON "stakeholder"("person");

CREATE INDEX "stakeholder_owner" ON "stakeholder"("owner");

CREATE TABLE "audit" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AU-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "audit_kind" TEXT NOT NULL DEFAULT 'internal' CHECK ("audit_kind" IN ('internal', 'external', 'privacy', 'security', 'accessibility', 'peer')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "reported_on" TEXT CHECK ("reported_on" IS NULL OR ("reported_on" IS date("reported_on", '+0 days'))),
  "opinion" TEXT CHECK ("opinion" IS NULL OR ("opinion" IN ('substantial', 'moderate', 'limited', 'unsatisfactory'))),
  "auditor" TEXT CHECK ("auditor" IS NULL OR (length("auditor") <= 200)),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "scope" TEXT CHECK ("scope" IS NULL OR (length("scope") <= 10000)),
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

CREATE INDEX "audit_pilot" ON "audit"("pilot");

CREATE INDEX "audit_owner" ON "audit"("owner");

CREATE TABLE "finding" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AF-*'),
  "finding" TEXT CHECK ("finding" IS NULL OR (length("finding") <= 10000)),
  "audit" TEXT REFERENCES "audit"("uid") DEFERRABLE INITIALLY DEFERRED,
  "recommendation" TEXT CHECK ("recommendation" IS NULL OR (length("recommendation") <= 10000)),
  "severity" TEXT NOT NULL DEFAULT 'medium' CHECK ("severity" IN ('low', 'medium', 'high', 'critical')),
  "response" TEXT CHECK ("response" IS NULL OR ("response" IN ('accepted', 'partly_accepted', 'rejected'))),
  "rationale" TEXT CHECK ("rationale" IS NULL OR (length("rationale") <= 10000)),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT CHECK ("due" IS NULL OR ("due" IS date("due", '+0 days'))),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'in_progress', 'closed', 'rejected')),
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

CREATE INDEX "finding_audit" ON "finding"("audit");

CREATE INDEX "finding_owner" ON "finding"("owner");

CREATE TABLE "incident" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'INC-*'),
  "title" TEXT CHECK ("title" IS NULL OR (length("title") <= 200)),
  "severity" TEXT NOT NULL DEFAULT 'minor' CHECK ("severity" IN ('minor', 'major', 'critical')),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'restored', 'resolved')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "service" TEXT REFERENCES "service"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "detected_on" TEXT CHECK ("detected_on" IS NULL OR ("detected_on" IS date("detected_on", '+0 days'))),
  "detected_at" TEXT CHECK ("detected_at" IS NULL OR ("detected_at" GLOB '[0-2][0-9]:[0-5][0-9]')),
  "restored_on" TEXT CHECK ("restored_on" IS NULL OR ("restored_on" IS date("restored_on", '+0 days'))),
  "restored_at" TEXT CHECK ("restored_at" IS NULL OR ("restored_at" GLOB '[0-2][0-9]:[0-5][0-9]')),
  "resolved_on" TEXT CHECK ("resolved_on" IS NULL OR ("resolved_on" IS date("resolved_on", '+0 days'))),
  "stated_duration" INTEGER CHECK ("stated_duration" IS NULL OR ("stated_duration" >= 0 AND "stated_duration" <= 1000000)),
  "users_affected" INTEGER CHECK ("users_affected" IS NULL OR ("users_affected" >= 0)),
  "personal_data" TEXT NOT NULL DEFAULT 'no' CHECK ("personal_data" IN ('no', 'suspected', 'confirmed')),
  "summary" TEXT CHECK ("summary" IS NULL OR (length("summary") <= 10000)),
  "cause" TEXT CHECK ("cause" IS NULL OR (length("cause") <= 10000)),
  "informed" TEXT CHECK ("informed" IS NULL OR (length("informed") <= 10000)),
  "informed_on" TEXT CHECK ("informed_on" IS NULL OR ("informed_on" IS date("informed_on", '+0 days'))),
  "lessons" TEXT CHECK ("lessons" IS NULL OR (length("lessons") <= 10000)),
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

CREATE INDEX "incident_pilot" ON "incident"("pilot");

CREATE INDEX "incident_service" ON "incident"("service");

CREATE INDEX "incident_owner" ON "incident"("owner");

CREATE TABLE "assumption" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AS-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'confirmed', 'disproved', 'dropped')),
  "raised_on" TEXT CHECK ("raised_on" IS NULL OR ("raised_on" IS date("raised_on", '+0 days'))),
  "validate_by" TEXT CHECK ("validate_by" IS NULL OR ("validate_by" IS date("validate_by", '+0 days'))),
  "validation" TEXT CHECK ("validation" IS NULL OR (length("validation") <= 10000)),
  "if_false" TEXT CHECK ("if_false" IS NULL OR (length("if_false") <= 10000)),
  "validated_on" TEXT CHECK ("validated_on" IS NULL OR ("validated_on" IS date("validated_on", '+0 days'))),
  "outcome" TEXT CHECK ("outcome" IS NULL OR (length("outcome") <= 10000)),
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

CREATE INDEX "assumption_pilot" ON "assumption"("pilot");

CREATE INDEX "assumption_owner" ON "assumption"("owner");

CREATE TABLE "dependency" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'DP-*'),
  "text" TEXT CHECK ("text" IS NULL OR (length("text") <= 10000)),
  "direction" TEXT NOT NULL DEFAULT 'we_need' CHECK ("direction" IN ('we_need', 'they_need')),
  "pilot" TEXT REFERENCES "pilot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "party" TEXT CHECK ("party" IS NULL OR (length("party") <= 200)),
  "owner" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "needed_by" TEXT CHECK ("needed_by" IS NULL OR ("needed_by" IS date("needed_by", '+0 days'))),
  "status" TEXT NOT NULL DEFAULT 'open' CHECK ("status" IN ('open', 'agreed', 'met', 'dropped')),
  "agreed_on" TEXT CHECK ("agreed_on" IS NULL OR ("agreed_on" IS date("agreed_on", '+0 days'))),
  "met_on" TEXT CHECK ("met_on" IS NULL OR ("met_on" IS date("met_on", '+0 days'))),
  "impact" TEXT CHECK ("impact" IS NULL OR (length("impact") <= 10000)),
  "outcome" TEXT CHECK ("outcome" IS NULL OR (length("outcome") <= 10000)),
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

CREATE INDEX "dependency_pilot" ON "dependency"("pilot");

CREATE INDEX "dependency_owner" ON "dependency"("owner");
