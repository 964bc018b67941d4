-- CarelessFlag bits, judged once when the interview ended; nothing of when or how long.
ALTER TABLE interview ADD COLUMN careless INTEGER NOT NULL DEFAULT 0;

-- Totals of finished interviews, written in the story that finishes one, so that live figures cost the same at any size. area_id: the township.
-- profile: answers to the demographic questions. counts: one number per question, key and explained (Estimates/CellLayout.cs).
CREATE TABLE result_cell (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    area_id     INTEGER NOT NULL,
    stratum     INTEGER NOT NULL,
    number_kind TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    profile     TEXT    NOT NULL,
    numbers     INTEGER NOT NULL,
    careless    INTEGER NOT NULL,
    completes   INTEGER NOT NULL,
    partials    INTEGER NOT NULL,
    counts      BLOB    NOT NULL,
    PRIMARY KEY (campaign_id, area_id, stratum, number_kind, channel, profile, numbers, careless)
) STRICT, WITHOUT ROWID;

-- Finished members of the sample by stratum and final code, kept with each, so that nothing has to count them.
CREATE TABLE result_code (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    stratum     INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    total       INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, stratum, code)
) STRICT, WITHOUT ROWID;

INSERT INTO result_code (campaign_id, stratum, code, total)
SELECT campaign_id, stratum, final_code, count(*) FROM sample_member WHERE final_code IS NOT NULL GROUP BY campaign_id, stratum, final_code;

-- Of rounds whose sample is gone their written totals are left.
INSERT INTO result_code (campaign_id, stratum, code, total)
SELECT t.campaign_id, 0, t.code, sum(t.total) FROM campaign_total t
WHERE t.measure = 'members' AND NOT EXISTS (SELECT 1 FROM sample_member m WHERE m.campaign_id = t.campaign_id) GROUP BY t.campaign_id, t.code;

-- The way from a dissatisfied answer is counted on every campaign page.
CREATE INDEX interview_flagged ON interview (campaign_id) WHERE flagged = 1;

-- What happened at each question, over all finished interviews in which it was reached, broken off or not.
CREATE TABLE result_funnel (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    question_id TEXT    NOT NULL,
    answered    INTEGER NOT NULL,
    silences    INTEGER NOT NULL,
    wrong_keys  INTEGER NOT NULL,
    broken_off  INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, question_id)
) STRICT, WITHOUT ROWID;

-- Answers that each caller took down at a desk telephone, by township and question: only to notice who should be listened in to.
CREATE TABLE result_interviewer (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    interviewer TEXT    NOT NULL,
    area_id     INTEGER NOT NULL,
    question_id TEXT    NOT NULL,
    valid       INTEGER NOT NULL,
    positive    INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, interviewer, area_id, question_id)
) STRICT, WITHOUT ROWID;

-- Interviews that a supervisor listened in to or asked again, and how many of them were found as they stand.
CREATE TABLE supervised_check (
    id          INTEGER NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    day         INTEGER NOT NULL,
    interviews  INTEGER NOT NULL CHECK (interviews > 0),
    confirmed   INTEGER NOT NULL CHECK (confirmed BETWEEN 0 AND interviews),
    who         TEXT    NOT NULL
) STRICT;
CREATE INDEX supervised_check_by_campaign ON supervised_check (campaign_id);

-- Rounds of earlier versions kept no totals: until they have been counted, figures are counted from the answers.
INSERT INTO setting (name, value) SELECT 'totals.due', '1' WHERE EXISTS (SELECT 1 FROM campaign);
