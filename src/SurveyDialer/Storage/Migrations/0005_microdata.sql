-- Outcome rates while the round runs: what they are broken down by stands with the member, so that counting reads one index.
-- number_kind: kind of the first number on the list. language: as on the list. '': not known.
ALTER TABLE sample_member ADD COLUMN number_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE sample_member ADD COLUMN language TEXT NOT NULL DEFAULT '';
UPDATE sample_member SET
    number_kind = coalesce((SELECT p.kind FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
                            WHERE rp.respondent_id = sample_member.respondent_id ORDER BY rp.position LIMIT 1), ''),
    language = coalesce((SELECT r.language FROM respondent r WHERE r.id = sample_member.respondent_id), '');
CREATE INDEX sample_member_outcome ON sample_member (campaign_id, area_id, stratum, number_kind, language, final_code, code);

-- Calls by the quarter of an hour in which they were placed (UTC, since 1970; a local hour begins with one in every zone) and how they ended;
-- without texts and what was our fault. Goes with the round's attempts, when campaign_total has hours and weekdays of it.
CREATE TABLE call_total (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    quarter     INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    calls       INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, quarter, code)
) STRICT, WITHOUT ROWID;
INSERT INTO call_total (campaign_id, quarter, code, calls)
SELECT campaign_id, coalesce(placing_at, placed_at, ended_at) / 900000, code, count(*)
FROM attempt WHERE state = 'ended' AND our_fault = 0 AND channel IN ('voice', 'live') AND code IS NOT NULL GROUP BY 1, 2, 3;

-- Rounds that were counted before this script know their outcomes by area and code only.
INSERT INTO campaign_total (campaign_id, measure, area_id, code, total)
SELECT t.campaign_id, 'outcomes', CASE WHEN a.parent_id = 0 THEN a.id ELSE a.parent_id END, '0|||' || t.code, sum(t.total)
FROM campaign_total t JOIN area a ON a.id = t.area_id WHERE t.measure = 'members' GROUP BY 1, 3, 4;

-- The share of eligible numbers among those of unknown eligibility, where it is given and not estimated from the round itself.
CREATE TABLE given_eligibility (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaign (id),
    e           REAL    NOT NULL CHECK (e >= 0 AND e <= 1),
    source      TEXT    NOT NULL,
    who         TEXT    NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
