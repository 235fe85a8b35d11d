-- A rating is kept with the scale on which it was given. For those given before, the journal says which that was.

ALTER TABLE "confidence" ADD COLUMN "rating_scale" TEXT CHECK ("rating_scale" IS NULL OR ("rating_scale" IN ('rag3', 'rag5', 'dta5')));
