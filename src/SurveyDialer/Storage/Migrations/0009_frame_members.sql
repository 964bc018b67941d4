-- A person stands on every list that names him or her: on the first by respondent.frame_id, on each later one by a row here.
CREATE TABLE frame_member (
    respondent_id INTEGER NOT NULL REFERENCES respondent (id),
    frame_id      INTEGER NOT NULL REFERENCES frame (id),
    PRIMARY KEY (respondent_id, frame_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX frame_member_by_frame ON frame_member (frame_id, respondent_id);

CREATE VIEW frame_person (frame_id, respondent_id) AS
    SELECT frame_id, id FROM respondent UNION ALL SELECT frame_id, respondent_id FROM frame_member;

-- What the carrier placed a second time for one intent: never many, and somebody must look.
CREATE INDEX carrier_event_doubled ON carrier_event (at) WHERE kind IN ('duplicate-call', 'duplicate-text');
