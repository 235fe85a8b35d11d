-- The board: meetings, agenda, attendance, decisions, corrections, and what was frozen for them. Released: never edited again.

CREATE TABLE "board" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'B-*'),
  "title" TEXT NOT NULL CHECK (length("title") >= 1 AND length("title") <= 80),
  "meets_on" TEXT NOT NULL CHECK ("meets_on" IS date("meets_on", '+0 days')),
  "as_of" TEXT CHECK ("as_of" IS NULL OR ("as_of" IS date("as_of", '+0 days'))),
  "status" TEXT NOT NULL DEFAULT 'planned' CHECK ("status" IN ('planned', 'collecting', 'frozen', 'held', 'minutes_draft', 'minutes_approved', 'published')),
  "place" TEXT CHECK ("place" IS NULL OR (length("place") <= 120)),
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

CREATE TABLE "snapshot" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'SN-*'),
  "board" TEXT NOT NULL REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "as_of" TEXT NOT NULL CHECK ("as_of" IS date("as_of", '+0 days')),
  "frozen_at" TEXT NOT NULL CHECK (length("frozen_at") >= 20 AND length("frozen_at") <= 20),
  "audience" TEXT NOT NULL DEFAULT 'board' CHECK ("audience" IN ('board', 'public', 'team')),
  "sha256" TEXT NOT NULL CHECK (length("sha256") >= 1 AND "sha256" GLOB '[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
  "layout" INTEGER NOT NULL DEFAULT 1 CHECK ("layout" >= 1 AND "layout" <= 999),
  "app_version" TEXT NOT NULL CHECK (length("app_version") >= 1 AND length("app_version") <= 40),
  "supersedes" TEXT REFERENCES "snapshot"("uid") DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT CHECK ("reason" IS NULL OR (length("reason") <= 300)),
  "warnings" TEXT CHECK ("warnings" IS NULL OR (length("warnings") <= 4000)),
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

ALTER TABLE "decision" ADD COLUMN "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE "item" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'AG-*'),
  "title" TEXT NOT NULL CHECK (length("title") >= 1 AND length("title") <= 120),
  "board" TEXT NOT NULL REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "item_order" INTEGER CHECK ("item_order" IS NULL OR ("item_order" >= 1 AND "item_order" <= 99)),
  "item_kind" TEXT NOT NULL DEFAULT 'discussion' CHECK ("item_kind" IN ('decision', 'discussion', 'information')),
  "decision" TEXT REFERENCES "decision"("uid") DEFERRABLE INITIALLY DEFERRED,
  "minutes_planned" INTEGER CHECK ("minutes_planned" IS NULL OR ("minutes_planned" >= 1 AND "minutes_planned" <= 480)),
  "presenter" TEXT CHECK ("presenter" IS NULL OR (length("presenter") <= 80)),
  "paper" TEXT CHECK ("paper" IS NULL OR (length("paper") <= 200)),
  "minutes" TEXT CHECK ("minutes" IS NULL OR (length("minutes") <= 2000)),
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

CREATE TABLE "attendee" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BA-*'),
  "person" TEXT NOT NULL REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "board" TEXT NOT NULL REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT NOT NULL DEFAULT 'Member' CHECK (length("role") >= 1 AND length("role") <= 80),
  "attendance" TEXT NOT NULL DEFAULT 'expected' CHECK ("attendance" IN ('expected', 'present', 'apologies', 'deputy', 'absent')),
  "deputy" TEXT CHECK ("deputy" IS NULL OR (length("deputy") <= 80)),
  "interest" TEXT CHECK ("interest" IS NULL OR (length("interest") <= 300)),
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

CREATE TABLE "correction" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'CO-*'),
  "text" TEXT NOT NULL CHECK (length("text") >= 5 AND length("text") <= 400),
  "board" TEXT NOT NULL REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "corrected_on" TEXT NOT NULL CHECK ("corrected_on" IS date("corrected_on", '+0 days')),
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

CREATE TABLE "acceptance" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'WA-*'),
  "warning" TEXT NOT NULL CHECK (length("warning") >= 1 AND length("warning") <= 80),
  "board" TEXT NOT NULL REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED,
  "because" TEXT NOT NULL CHECK (length("because") >= 5 AND length("because") <= 300),
  "told" TEXT CHECK ("told" IS NULL OR (length("told") <= 400)),
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

ALTER TABLE "action" ADD COLUMN "board" TEXT REFERENCES "board"("uid") DEFERRABLE INITIALLY DEFERRED;

-- What was frozen, as compressed canonical JSON; found by its hash, never changed or deleted.
CREATE TABLE snapshot_data (
  sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
  data BLOB NOT NULL
) STRICT;

CREATE INDEX "board_approved_by" ON "board"("approved_by");

CREATE INDEX "board_snapshot" ON "board"("snapshot");

CREATE INDEX "snapshot_board" ON "snapshot"("board");

CREATE INDEX "snapshot_supersedes" ON "snapshot"("supersedes");

CREATE INDEX "decision_board" ON "decision"("board");

CREATE INDEX "item_board" ON "item"("board");

CREATE INDEX "item_decision" ON "item"("decision");

CREATE INDEX "attendee_person" ON "attendee"("person");

CREATE INDEX "attendee_board" ON "attendee"("board");

CREATE INDEX "correction_board" ON "correction"("board");

CREATE INDEX "correction_item" ON "correction"("item");

CREATE INDEX "acceptance_board" ON "acceptance"("board");

CREATE INDEX "action_board" ON "action"("board");
