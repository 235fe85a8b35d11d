-- Of which risk a closed one is the duplicate.

ALTER TABLE "risk" ADD COLUMN "duplicate_of" TEXT REFERENCES "risk"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "risk_duplicate_of" ON "risk"("duplicate_of");
