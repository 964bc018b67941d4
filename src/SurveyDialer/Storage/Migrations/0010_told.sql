-- A case's history also tells of attempts that reached nobody, and of the resident's being told the result.
CREATE TABLE case_history_of_now (
    id         INTEGER NOT NULL PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES follow_up_case (id),
    at         INTEGER NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    what       TEXT    CHECK (what IN ('written_down', 'not_understood', 'expired', 'not_reached', 'told')),
    note_enc   BLOB
) STRICT;
INSERT INTO case_history_of_now SELECT id, case_id, at, from_state, to_state, who, what, note_enc FROM follow_up_case_history;
DROP TABLE follow_up_case_history;
ALTER TABLE case_history_of_now RENAME TO follow_up_case_history;
CREATE INDEX follow_up_case_history_by_case ON follow_up_case_history (case_id);
