-- Samples: strata, draws, what was drawn and waits, and whom a list is about.

-- Whose lists and rounds these are: 'residents', or another population that is reported apart and never added to the residents' rate.
ALTER TABLE frame ADD COLUMN population TEXT NOT NULL DEFAULT 'residents';
ALTER TABLE campaign ADD COLUMN population TEXT NOT NULL DEFAULT 'residents';
-- Canonical JSON (Sample/SamplePlan.cs); null: everybody of the lists.
ALTER TABLE campaign ADD COLUMN sample_plan TEXT;

-- Strata of a round's sample, written by its launch with or without a plan. area_id: township, 0 where they are not told apart; number_kind: of
-- the first number, '' likewise; name: the language, '' likewise. population: people of the lists; excluded:
-- of these, left out of the draw; released: with attempts; finished and completes: of these, with a final code, and with 1.1.
-- target: interviews wanted; null: as many as come.
CREATE TABLE sample_stratum (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    number      INTEGER NOT NULL,
    area_id     INTEGER NOT NULL,
    number_kind TEXT    NOT NULL CHECK (number_kind IN ('landline', 'mobile', '')),
    name        TEXT    NOT NULL,
    population  INTEGER NOT NULL,
    excluded    INTEGER NOT NULL,
    drawn       INTEGER NOT NULL,
    released    INTEGER NOT NULL,
    finished    INTEGER NOT NULL,
    completes   INTEGER NOT NULL,
    target      INTEGER,
    PRIMARY KEY (campaign_id, number)
) STRICT, WITHOUT ROWID;

-- stratum 0: of a round launched before there were strata.
ALTER TABLE sample_member ADD COLUMN stratum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interview ADD COLUMN stratum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interview ADD COLUMN numbers INTEGER NOT NULL DEFAULT 1;

-- Drawn and not released: without attempts, and not of the sample yet. place: order of release within the stratum.
CREATE TABLE sample_reserve (
    campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
    stratum       INTEGER NOT NULL,
    place         INTEGER NOT NULL,
    respondent_id INTEGER NOT NULL REFERENCES respondent (id),
    area_id       INTEGER NOT NULL REFERENCES area (id),
    replicate     INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, stratum, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_reserve_by_respondent ON sample_reserve (respondent_id);

-- How a sample was drawn, so that it can be drawn again: algorithm, seed, hash of the ordered frame. interviewed, with_case, never_again: people
-- of the lists who were left out, each under the first reason that holds.
CREATE TABLE sample_draw (
    campaign_id  INTEGER NOT NULL PRIMARY KEY REFERENCES campaign (id),
    version      TEXT    NOT NULL,
    seed         INTEGER NOT NULL,
    frame_sha256 BLOB    NOT NULL,
    frame_size   INTEGER NOT NULL,
    interviewed  INTEGER NOT NULL,
    with_case    INTEGER NOT NULL,
    never_again  INTEGER NOT NULL,
    drawn        INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rounds that still have their sample get the strata that their launch would have written.
INSERT INTO sample_stratum (campaign_id, number, area_id, number_kind, name, population, excluded, drawn, released, finished, completes)
WITH member (campaign_id, area_id, number_kind, final_code) AS (
    SELECT m.campaign_id, coalesce(t.id, v.id),
           coalesce((SELECT p.kind FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
                     WHERE rp.respondent_id = m.respondent_id ORDER BY rp.position LIMIT 1), ''),
           m.final_code
    FROM sample_member m JOIN area v ON v.id = m.area_id LEFT JOIN area t ON t.id = v.parent_id)
SELECT campaign_id, row_number() OVER (PARTITION BY campaign_id ORDER BY area_id, number_kind), area_id, number_kind, '',
       count(*), 0, count(*), count(*), count(final_code), count(*) FILTER (WHERE final_code = '1.1')
FROM member GROUP BY campaign_id, area_id, number_kind;

UPDATE sample_member SET stratum = coalesce((
    SELECT s.number FROM area v LEFT JOIN area t ON t.id = v.parent_id
    JOIN sample_stratum s ON s.campaign_id = sample_member.campaign_id AND s.area_id = coalesce(t.id, v.id)
    WHERE v.id = sample_member.area_id
      AND s.number_kind = coalesce((SELECT p.kind FROM respondent_phone rp JOIN phone p ON p.id = rp.phone_id
                                    WHERE rp.respondent_id = sample_member.respondent_id ORDER BY rp.position LIMIT 1), '')), 0);

-- Nothing in the answer ledger says which number stood first: the one that was reached stands for it.
UPDATE interview SET stratum = coalesce((
    SELECT s.number FROM area v LEFT JOIN area t ON t.id = v.parent_id
    JOIN sample_stratum s ON s.campaign_id = interview.campaign_id AND s.area_id = coalesce(t.id, v.id)
    WHERE v.id = interview.area_id AND s.number_kind = interview.number_kind), 0);
