-- Who leaves a meeting early: before which item of its agenda.

ALTER TABLE "attendee" ADD COLUMN "left_before" TEXT REFERENCES "item"("uid") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "attendee_left_before" ON "attendee"("left_before");
