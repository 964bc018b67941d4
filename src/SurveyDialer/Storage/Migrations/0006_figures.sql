-- Members of a sample by all that outcome rates are told apart by, kept with each change of a code, so that no page counts the sample.
-- area_id: the township. number_kind, language: '' where not known. code: the final one, else the present one; 3.11: nobody was called yet.
CREATE TABLE member_total (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    area_id     INTEGER NOT NULL,
    stratum     INTEGER NOT NULL,
    number_kind TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    code        TEXT    NOT NULL,
    final       INTEGER NOT NULL CHECK (final IN (0, 1)),
    persons     INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, area_id, stratum, number_kind, language, code, final)
) STRICT, WITHOUT ROWID;

INSERT INTO member_total (campaign_id, area_id, stratum, number_kind, language, code, final, persons)
SELECT m.campaign_id, CASE WHEN a.parent_id = 0 THEN a.id ELSE a.parent_id END, m.stratum, m.number_kind, m.language,
       coalesce(m.final_code, m.code, '3.11'), m.final_code IS NOT NULL, count(*)
FROM sample_member m JOIN area a ON a.id = m.area_id GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- Only the counting at each view needed it; every change of a code had to write it.
DROP INDEX sample_member_outcome;
