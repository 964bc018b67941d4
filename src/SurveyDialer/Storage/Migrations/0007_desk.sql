-- What every campaign page counts, it counts from indices alone: the column of a partial index's condition stands in it, so that no row is looked up
-- only to be asked for it.
DROP INDEX sample_member_unfinished;
CREATE INDEX sample_member_unfinished ON sample_member (campaign_id, final_code) WHERE final_code IS NULL;

-- The way from a dissatisfied answer; the ledger lies in the order of random ids, so that each look-up would be another page.
DROP INDEX interview_flagged;
CREATE INDEX interview_flagged ON interview (campaign_id, flagged, asked, consent, next_step) WHERE flagged = 1;
