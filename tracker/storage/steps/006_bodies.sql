-- Bodies that meet, with their members and the days on which nobody works; meetings have a body, a time and a length.

CREATE TABLE "body" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BD-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "purpose" TEXT CHECK ("purpose" IS NULL OR (length("purpose") <= 10000)),
  "chair" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "secretary" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "quorum" INTEGER CHECK ("quorum" IS NULL OR ("quorum" >= 1 AND "quorum" <= 99)),
  "clear_days" INTEGER NOT NULL DEFAULT 5 CHECK ("clear_days" >= 0 AND "clear_days" <= 60),
  "time_zone" TEXT CHECK ("time_zone" IS NULL OR (length("time_zone") <= 200)),
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

CREATE INDEX "body_chair" ON "body"("chair");

CREATE INDEX "body_secretary" ON "body"("secretary");

CREATE TABLE "member" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'BM-*'),
  "person" TEXT REFERENCES "person"("uid") DEFERRABLE INITIALLY DEFERRED,
  "body" TEXT REFERENCES "body"("uid") DEFERRABLE INITIALLY DEFERRED,
  "role" TEXT NOT NULL DEFAULT 'Member' CHECK (length("role") <= 200),
  "votes" INTEGER NOT NULL DEFAULT 1 CHECK ("votes" IN (0, 1)),
  "serves_from" TEXT CHECK ("serves_from" IS NULL OR ("serves_from" IS date("serves_from", '+0 days'))),
  "serves_until" TEXT CHECK ("serves_until" IS NULL OR ("serves_until" IS date("serves_until", '+0 days'))),
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

CREATE INDEX "member_person" ON "member"("person");

CREATE INDEX "member_body" ON "member"("body");

CREATE TABLE "holiday" (
  "id" INTEGER PRIMARY KEY,
  "uid" TEXT NOT NULL UNIQUE CHECK (length("uid") = 36),
  "ref" TEXT NOT NULL UNIQUE CHECK ("ref" GLOB 'HD-*'),
  "name" TEXT CHECK ("name" IS NULL OR (length("name") <= 200)),
  "falls_on" TEXT CHECK ("falls_on" IS NULL OR ("falls_on" IS date("falls_on", '+0 days'))),
  "calendar" TEXT CHECK ("calendar" IS NULL OR (length("calendar") <= 200)),
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

ALTER TABLE "board" ADD COLUMN "body" TEXT REFERENCES "body"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "board_body" ON "board"("body");

ALTER TABLE "board" ADD COLUMN "start_time" TEXT CHECK ("start_time" IS NULL OR ("start_time" GLOB '[0-2][0-9]:[0-5][0-9]'));

ALTER TABLE "board" ADD COLUMN "duration_minutes" INTEGER CHECK ("duration_minutes" IS NULL OR ("duration_minutes" >= 1 AND "duration_minutes" <= 1440));

ALTER TABLE "attendee" ADD COLUMN "votes" INTEGER CHECK ("votes" IS NULL OR ("votes" IN (0, 1)));

