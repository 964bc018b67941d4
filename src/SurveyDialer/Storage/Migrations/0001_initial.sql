-- Times are UTC milliseconds since 1970; days are days since 1970 in the campaign's time zone.
-- *_enc: AES-256-GCM under a key outside this file; *_index: keyed HMAC-SHA256 for look-up (Storage/KeyRing.cs).
-- Two ledgers: the tables under "Answer ledger" hold no number, name or row id of the contact side; only interview_link joins them.

-- ───────────── The office ─────────────
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The blanks of the texts ({org}, {verify_phone}, ...); area_id 0 is the whole office.
CREATE TABLE office_blank (
    name    TEXT    NOT NULL,
    area_id INTEGER NOT NULL,
    value   TEXT    NOT NULL,
    PRIMARY KEY (name, area_id)
) STRICT, WITHOUT ROWID;

-- parent_id 0: a township (or the town that the list belongs to); otherwise a village or grid of that area.
CREATE TABLE area (
    id        INTEGER NOT NULL PRIMARY KEY,
    parent_id INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('township', 'village', 'grid')),
    name      TEXT    NOT NULL,
    UNIQUE (parent_id, name)
) STRICT;

-- ───────────── Contact ledger: frames and respondents ─────────────
CREATE TABLE frame (
    id            INTEGER NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    legal_basis   TEXT    NOT NULL,
    kind          TEXT    NOT NULL CHECK (kind IN ('list', 'generated')),
    file_sha256   BLOB,
    imported_at   INTEGER NOT NULL,
    rows_read     INTEGER NOT NULL,
    rows_imported INTEGER NOT NULL,
    rows_rejected INTEGER NOT NULL,
    rows_known    INTEGER NOT NULL
) STRICT;

-- fatal 1: the row was not imported; 0: the row was imported without this one number.
CREATE TABLE frame_rejection (
    id         INTEGER NOT NULL PRIMARY KEY,
    frame_id   INTEGER NOT NULL REFERENCES frame (id),
    row_number INTEGER NOT NULL,
    column_name TEXT   NOT NULL,
    problem    TEXT    NOT NULL,
    arguments  TEXT    NOT NULL,
    fatal      INTEGER NOT NULL CHECK (fatal IN (0, 1)),
    row_enc    BLOB    NOT NULL
) STRICT;
CREATE INDEX frame_rejection_by_frame ON frame_rejection (frame_id, row_number);

CREATE TABLE respondent (
    id          INTEGER NOT NULL PRIMARY KEY,
    frame_id    INTEGER NOT NULL REFERENCES frame (id),
    area_id     INTEGER NOT NULL REFERENCES area (id),
    name_enc    BLOB,
    name_index  BLOB,
    address_enc BLOB,
    language    TEXT,
    added_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX respondent_by_frame ON respondent (frame_id, id);

-- desk_only: has an extension, so only a person at a desk telephone can reach it. bad: the carrier says that it does not exist.
-- trunk_index: number_index of the same number without its extension; null where there is none.
CREATE TABLE phone (
    id           INTEGER NOT NULL PRIMARY KEY,
    number_enc   BLOB    NOT NULL,
    number_index BLOB    NOT NULL,
    trunk_index  BLOB,
    key_version  INTEGER NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('landline', 'mobile')),
    fictional    INTEGER NOT NULL CHECK (fictional IN (0, 1)),
    desk_only    INTEGER NOT NULL CHECK (desk_only IN (0, 1)),
    bad          INTEGER NOT NULL CHECK (bad IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX phone_by_number ON phone (number_index);

CREATE TABLE respondent_phone (
    respondent_id INTEGER NOT NULL REFERENCES respondent (id),
    position      INTEGER NOT NULL,
    phone_id      INTEGER NOT NULL REFERENCES phone (id),
    PRIMARY KEY (respondent_id, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX respondent_phone_by_phone ON respondent_phone (phone_id, respondent_id);

-- Never again: no expiry, no name, no campaign. number_index as in phone; a number without extension stands for all its extensions too.
CREATE TABLE do_not_call (
    number_index BLOB    NOT NULL PRIMARY KEY,
    key_version  INTEGER NOT NULL,
    day          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Caps across campaigns: outlive numbers, kept 366 days, without campaign, area or outcome.
CREATE TABLE contact_cap (
    number_index BLOB    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('attempt', 'busy', 'text', 'interview', 'round')),
    day          INTEGER NOT NULL,
    key_version  INTEGER NOT NULL,
    times        INTEGER NOT NULL,
    PRIMARY KEY (number_index, kind, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_cap_by_day ON contact_cap (day);

-- ───────────── Campaigns ─────────────
CREATE TABLE campaign (
    id              INTEGER NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('draft', 'ready', 'running', 'paused', 'closed')),
    carrier         TEXT    NOT NULL CHECK (carrier IN ('twilio', 'simulator', 'desk-phone')),
    template_id     TEXT    NOT NULL,
    template_hash   BLOB    NOT NULL,
    template_json   TEXT    NOT NULL,
    engine_version  INTEGER NOT NULL,
    -- JSON object; "name@<area id>" is the value of one township.
    blanks          TEXT    NOT NULL,
    organiser       TEXT    NOT NULL,
    organiser_kind  TEXT    NOT NULL CHECK (organiser_kind IN ('township', 'department')),
    organiser_unit  TEXT    NOT NULL,
    approval        TEXT    NOT NULL,
    -- PEM; matters of a topic that concerns a unit are sealed to it. Null: none do, or none that concerns the organiser.
    county_key      TEXT,
    sealed_taken_at INTEGER,
    live_callers    INTEGER NOT NULL CHECK (live_callers IN (0, 1)),
    frame_source    TEXT    NOT NULL,
    time_zone       TEXT    NOT NULL,
    seed            INTEGER NOT NULL,
    target          INTEGER,
    max_lines       INTEGER,
    max_starts      REAL,
    -- Days since 1970 where the respondents live; chosen, or set by the launch.
    last_day        INTEGER,
    link_key_id     TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    launched_at     INTEGER,
    closed_at       INTEGER,
    -- The end of its data: totals written, then everything that names or joins persons gone.
    counted_at      INTEGER,
    unlinked_at     INTEGER
) STRICT;

-- The lists whose respondents make the sample.
CREATE TABLE campaign_frame (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    frame_id    INTEGER NOT NULL REFERENCES frame (id),
    PRIMARY KEY (campaign_id, frame_id)
) STRICT, WITHOUT ROWID;

-- Recorded prompts, each under the SHA-256 of its file; never changed.
CREATE TABLE prompt_audio (
    sha256 BLOB NOT NULL PRIMARY KEY,
    wav    BLOB NOT NULL
) STRICT;

-- What a campaign plays where these words are said; as its template's folder was when the campaign was made.
CREATE TABLE campaign_recording (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    language    TEXT    NOT NULL,
    words       TEXT    NOT NULL,
    step        TEXT    NOT NULL,
    sha256      BLOB    NOT NULL REFERENCES prompt_audio (sha256),
    PRIMARY KEY (campaign_id, language, words)
) STRICT, WITHOUT ROWID;

-- What reports need of a round once its rows are gone. area_id 0: the whole round.
CREATE TABLE campaign_total (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    measure     TEXT    NOT NULL,
    area_id     INTEGER NOT NULL,
    code        TEXT    NOT NULL,
    total       INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, measure, area_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_history (
    id          INTEGER NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    at          INTEGER NOT NULL,
    from_state  TEXT    NOT NULL,
    to_state    TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    who         TEXT    NOT NULL
) STRICT;

-- A round in preparation on the pages (plan: JSON, Campaigns/RoundPlan.cs); goes with its launch. No name or number stands in it: an uploaded list
-- lies encrypted beside the database until it is imported.
CREATE TABLE round_draft (
    id          INTEGER NOT NULL PRIMARY KEY,
    plan        TEXT    NOT NULL,
    campaign_id INTEGER REFERENCES campaign (id),
    who         TEXT    NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;

-- One respondent of one campaign's sample. final_code: an AAPOR code, once nothing more will be tried.
CREATE TABLE sample_member (
    campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
    respondent_id INTEGER NOT NULL REFERENCES respondent (id),
    area_id       INTEGER NOT NULL REFERENCES area (id),
    replicate     INTEGER NOT NULL,
    code          TEXT,
    final_code    TEXT,
    finished_at   INTEGER,
    PRIMARY KEY (campaign_id, respondent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_member_by_respondent ON sample_member (respondent_id);
CREATE INDEX sample_member_by_area ON sample_member (campaign_id, area_id, final_code);
CREATE INDEX sample_member_unfinished ON sample_member (campaign_id) WHERE final_code IS NULL;
CREATE INDEX sample_member_by_code ON sample_member (campaign_id, final_code);

CREATE TABLE disposition_history (
    id            INTEGER NOT NULL PRIMARY KEY,
    campaign_id   INTEGER NOT NULL,
    respondent_id INTEGER NOT NULL,
    attempt_id    INTEGER,
    at            INTEGER NOT NULL,
    from_code     TEXT,
    to_code       TEXT    NOT NULL,
    final         INTEGER NOT NULL CHECK (final IN (0, 1))
) STRICT;
CREATE INDEX disposition_history_by_member ON disposition_history (campaign_id, respondent_id);

-- ───────────── Attempts: the queue is this table ─────────────
-- outcome: AttemptOutcome by name, once ended. token: random, in every address that the carrier calls. lease_number: fence; every later update repeats it.
-- lease_owner of a live attempt: the caller's name, kept, so that she is not given the case of an interview that she held.
CREATE TABLE attempt (
    id             INTEGER NOT NULL PRIMARY KEY,
    campaign_id    INTEGER NOT NULL REFERENCES campaign (id),
    respondent_id  INTEGER NOT NULL REFERENCES respondent (id),
    ordinal        INTEGER NOT NULL,
    channel        TEXT    NOT NULL CHECK (channel IN ('voice', 'text', 'live', 'notice')),
    state          TEXT    NOT NULL CHECK (state IN ('pending', 'leased', 'placing', 'placed', 'unknown', 'ended', 'cancelled')),
    due_at         INTEGER NOT NULL,
    day_part       TEXT,
    appointment    INTEGER NOT NULL CHECK (appointment IN (0, 1)),
    waiting_reason TEXT,
    -- A row of phone; not declared, since a number that is forgotten would be looked for in every attempt.
    phone_id       INTEGER,
    token          TEXT,
    lease_owner    TEXT,
    lease_number   INTEGER NOT NULL,
    lease_until    INTEGER,
    carrier_id     TEXT,
    placing_at     INTEGER,
    placed_at      INTEGER,
    deadline_at    INTEGER,
    rang_at        INTEGER,
    answered_at    INTEGER,
    ended_at       INTEGER,
    carrier_status TEXT,
    sip_code       INTEGER,
    answered_by    TEXT,
    duration_s     INTEGER,
    outcome        TEXT,
    code           TEXT,
    our_fault      INTEGER NOT NULL CHECK (our_fault IN (0, 1))
) STRICT;
-- Calls wait for lines, texts do not, and live attempts wait for people: each kind is found behind any number of the others.
CREATE INDEX attempt_due_voice ON attempt (campaign_id, due_at, id) WHERE state = 'pending' AND channel = 'voice';
CREATE INDEX attempt_due_text ON attempt (campaign_id, due_at, id) WHERE state = 'pending' AND channel IN ('text', 'notice');
CREATE INDEX attempt_due_live ON attempt (campaign_id, appointment, due_at, id) WHERE state = 'pending' AND channel = 'live';
-- A caller at a desk telephone has one respondent at a time.
CREATE UNIQUE INDEX attempt_at_desk ON attempt (lease_owner) WHERE state IN ('leased', 'placed') AND channel = 'live';
CREATE UNIQUE INDEX attempt_one_per_respondent ON attempt (campaign_id, respondent_id)
    WHERE state IN ('pending', 'leased', 'placing', 'placed', 'unknown');
CREATE UNIQUE INDEX attempt_one_per_number ON attempt (phone_id) WHERE state IN ('leased', 'placing', 'placed', 'unknown');
CREATE INDEX attempt_live ON attempt (state, deadline_at) WHERE state IN ('leased', 'placing', 'placed', 'unknown');
CREATE INDEX attempt_on_line ON attempt (campaign_id) WHERE state IN ('leased', 'placing', 'placed', 'unknown') AND channel = 'voice';
CREATE UNIQUE INDEX attempt_by_token ON attempt (token) WHERE token IS NOT NULL;
CREATE UNIQUE INDEX attempt_by_carrier_id ON attempt (carrier_id) WHERE carrier_id IS NOT NULL;
CREATE INDEX attempt_by_respondent ON attempt (respondent_id, campaign_id, ordinal);

-- One row per change of state, and per change of the waiting reason.
CREATE TABLE attempt_history (
    id         INTEGER NOT NULL PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    at         INTEGER NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    reason     TEXT
) STRICT;
CREATE INDEX attempt_history_by_attempt ON attempt_history (attempt_id);

-- What the carrier told us; append-only; never digits, a text body or an interview id.
CREATE TABLE carrier_event (
    id         INTEGER NOT NULL PRIMARY KEY,
    attempt_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    sequence   INTEGER,
    detail     TEXT
) STRICT;
CREATE INDEX carrier_event_by_attempt ON carrier_event (attempt_id);

-- One outgoing text of a text attempt; the body is recomputed from the interview, never stored.
CREATE TABLE message (
    id           INTEGER NOT NULL PRIMARY KEY,
    attempt_id   INTEGER NOT NULL REFERENCES attempt (id),
    turn         INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('pending', 'placing', 'placed', 'unknown', 'ended', 'cancelled')),
    due_at       INTEGER NOT NULL,
    token        TEXT    NOT NULL UNIQUE,
    carrier_id   TEXT    UNIQUE,
    placing_at   INTEGER,
    placed_at    INTEGER,
    status       TEXT,
    error_code   INTEGER,
    redacted     INTEGER NOT NULL CHECK (redacted IN (0, 1)),
    UNIQUE (attempt_id, turn)
) STRICT;
CREATE INDEX message_open ON message (state, due_at) WHERE state IN ('pending', 'placing', 'unknown');
CREATE INDEX message_unredacted ON message (id) WHERE redacted = 0 AND carrier_id IS NOT NULL;

-- Incoming texts already handled (the carrier may repeat a delivery); without number and body. Also, at 0, texts of a forgotten round that the
-- carrier has yet to blank.
CREATE TABLE incoming_message (
    carrier_id TEXT    NOT NULL PRIMARY KEY,
    at         INTEGER NOT NULL,
    redacted   INTEGER NOT NULL CHECK (redacted IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX incoming_message_to_forget ON incoming_message (at) WHERE redacted = 1;
CREATE INDEX incoming_message_unredacted ON incoming_message (carrier_id) WHERE redacted = 0;

-- ───────────── The one encrypted link between the ledgers ─────────────
CREATE TABLE interview_link (
    campaign_id   INTEGER NOT NULL,
    respondent_id INTEGER NOT NULL,
    link_enc      BLOB    NOT NULL,
    PRIMARY KEY (campaign_id, respondent_id)
) STRICT, WITHOUT ROWID;

-- ───────────── Answer ledger (closed list of columns: Answers/InterviewRow.cs) ─────────────
-- id: random 128 bits. No time ever stands here. turn 0: unlinked, as is everything that only the field work needs. next_step: what became of the flags ('case' or 'voice'), null while open or when there are none.
CREATE TABLE interview (
    id          BLOB    NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    area_id     INTEGER NOT NULL REFERENCES area (id),
    number_kind TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    turn        INTEGER NOT NULL,
    position    TEXT,
    outcome     TEXT    NOT NULL CHECK (outcome IN ('open', 'complete', 'partial', 'break_off', 'screened_out', 'refused', 'opted_out', 'none')),
    flagged     INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    asked       INTEGER NOT NULL CHECK (asked IN (0, 1)),
    consent     TEXT    CHECK (consent IN ('phone', 'visit', 'report', 'no')),
    topic       TEXT,
    next_step   TEXT    CHECK (next_step IN ('case', 'voice'))
) STRICT, WITHOUT ROWID;
CREATE INDEX interview_by_campaign ON interview (campaign_id, area_id);

CREATE TABLE answer (
    interview_id BLOB    NOT NULL REFERENCES interview (id),
    question_id  TEXT    NOT NULL,
    tag          TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    turn         INTEGER NOT NULL,
    explained    INTEGER NOT NULL CHECK (explained IN (0, 1)),
    replays      INTEGER NOT NULL,
    how          TEXT    NOT NULL CHECK (how IN ('given', 'no_input', 'invalid')),
    PRIMARY KEY (interview_id, question_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag (
    interview_id BLOB NOT NULL REFERENCES interview (id),
    rule_id      TEXT NOT NULL,
    PRIMARY KEY (interview_id, rule_id)
) STRICT, WITHOUT ROWID;

-- ───────────── Follow-up: by consent only; never a score ─────────────
CREATE TABLE follow_up_case (
    id             INTEGER NOT NULL PRIMARY KEY,
    campaign_id    INTEGER NOT NULL REFERENCES campaign (id),
    respondent_id  INTEGER REFERENCES respondent (id),
    area_id        INTEGER NOT NULL REFERENCES area (id),
    state          TEXT    NOT NULL CHECK (state IN ('open', 'taken', 'contacted', 'visited', 'closed', 'withdrawn')),
    preferred_way  TEXT    NOT NULL CHECK (preferred_way IN ('phone', 'visit')),
    topic          TEXT,
    language       TEXT    NOT NULL,
    name_enc       BLOB,
    number_enc     BLOB,
    words_enc      BLOB,
    result_enc     BLOB,
    worker         TEXT,
    opened_at      INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    next_at        INTEGER,
    closed_at      INTEGER,
    outcome        TEXT,
    UNIQUE (campaign_id, respondent_id)
) STRICT;
CREATE INDEX follow_up_case_by_respondent ON follow_up_case (respondent_id) WHERE respondent_id IS NOT NULL;
CREATE INDEX follow_up_case_open ON follow_up_case (campaign_id, due_at) WHERE state NOT IN ('closed', 'withdrawn');

-- what: null for a change of state; otherwise what became of a recording.
CREATE TABLE follow_up_case_history (
    id         INTEGER NOT NULL PRIMARY KEY,
    case_id    INTEGER NOT NULL REFERENCES follow_up_case (id),
    at         INTEGER NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    who        TEXT    NOT NULL,
    what       TEXT    CHECK (what IN ('written_down', 'not_understood', 'expired')),
    note_enc   BLOB
) STRICT;
CREATE INDEX follow_up_case_history_by_case ON follow_up_case_history (case_id);

-- Voices without a name: how many, never who. area_id: the village; pages and sheets show a village only from 5 voices.
CREATE TABLE area_voice (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    area_id     INTEGER NOT NULL REFERENCES area (id),
    topic       TEXT    NOT NULL,
    voices      INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, area_id, topic)
) STRICT, WITHOUT ROWID;

-- The work on an area visit; area × topic as shown (village from 5 voices, else its township).
CREATE TABLE area_visit (
    id            INTEGER NOT NULL PRIMARY KEY,
    campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
    area_id       INTEGER NOT NULL REFERENCES area (id),
    topic         TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('planned', 'visited', 'answered')),
    due_at        INTEGER NOT NULL,
    visited_at    INTEGER,
    public_answer TEXT,
    UNIQUE (campaign_id, area_id, topic)
) STRICT;

-- Own words for an area visit, typed or recorded. 'open' with respondent_id while the interview goes on, then 'waiting' without it until a person has
-- written them down without names; only that is kept. id: random, so that the order of rows says nothing. delete_at: only while raw words exist.
CREATE TABLE area_words (
    id            INTEGER NOT NULL PRIMARY KEY,
    campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
    respondent_id INTEGER REFERENCES respondent (id),
    area_id       INTEGER NOT NULL REFERENCES area (id),
    topic         TEXT,
    state         TEXT    NOT NULL CHECK (state IN ('open', 'waiting', 'written_down', 'discarded', 'expired')),
    words_enc     BLOB,
    written_enc   BLOB,
    reason        TEXT,
    delete_at     INTEGER,
    UNIQUE (campaign_id, respondent_id)
) STRICT;
CREATE INDEX area_words_by_respondent ON area_words (respondent_id) WHERE respondent_id IS NOT NULL;
CREATE INDEX area_words_by_state ON area_words (state, campaign_id);

-- A voice comment at the carrier, fetched, encrypted, written down, then deleted here and there. Belongs to a case, or to a matter of the county
-- (until it is sealed and gone at the carrier), or to words of an area: then
-- without a time (never finer than the round) and gone once nothing of it is left anywhere. id: random. State: FollowUps/RecordingLifecycle.cs.
CREATE TABLE recording (
    id          INTEGER NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    case_id     INTEGER REFERENCES follow_up_case (id),
    words_id    INTEGER REFERENCES area_words (id),
    matter      TEXT,
    carrier_id  TEXT UNIQUE,
    at_carrier  INTEGER NOT NULL CHECK (at_carrier IN (0, 1)),
    state       TEXT    NOT NULL CHECK (state IN ('announced', 'fetched', 'written_down', 'not_understood', 'discarded', 'expired', 'sealed', 'erased', 'absent')),
    seconds     INTEGER,
    at          INTEGER,
    delete_at   INTEGER NOT NULL,
    audio_enc   BLOB
) STRICT;
CREATE INDEX recording_by_case ON recording (case_id, state) WHERE case_id IS NOT NULL;
CREATE INDEX recording_by_words ON recording (words_id) WHERE words_id IS NOT NULL;
CREATE INDEX recording_by_state ON recording (state, id);
CREATE INDEX recording_at_carrier ON recording (id) WHERE at_carrier = 1;

-- What concerns the organiser itself, sealed to the county's key: nothing here can open it. id: random; neither respondent, area, topic nor time.
CREATE TABLE sealed_item (
    id          BLOB    NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    kind        TEXT    NOT NULL CHECK (kind IN ('case', 'report', 'words', 'recording')),
    content     BLOB    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_item_by_campaign ON sealed_item (campaign_id, kind);

-- Danger that a caller reported during an interview: who, when and in which round, nothing of what was said; gone with the round's attempts.
CREATE TABLE danger_notice (
    id          INTEGER NOT NULL PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    attempt_id  INTEGER NOT NULL UNIQUE REFERENCES attempt (id),
    caller      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    seen_at     INTEGER,
    seen_by     TEXT
) STRICT;
CREATE INDEX danger_notice_unseen ON danger_notice (id) WHERE seen_at IS NULL;

-- ───────────── The house ─────────────
CREATE TABLE job_run (
    job         TEXT    NOT NULL PRIMARY KEY,
    started_at  INTEGER,
    finished_at INTEGER,
    due_at      INTEGER,
    next_at     INTEGER NOT NULL,
    failure     TEXT,
    failures    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
    id     INTEGER NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL,
    who    TEXT    NOT NULL,
    action TEXT    NOT NULL,
    detail TEXT    NOT NULL
) STRICT;

-- Links for named persons. key_hash, session_hash: SHA-256 of 256 random bits; the key is gone once it was exchanged for the session of one browser.
CREATE TABLE door (
    id           INTEGER NOT NULL PRIMARY KEY,
    kind         TEXT    NOT NULL CHECK (kind IN ('staff', 'caller', 'supervisor')),
    person       TEXT    NOT NULL,
    key_hash     BLOB    UNIQUE,
    session_hash BLOB    UNIQUE,
    made_at      INTEGER NOT NULL,
    made_by      TEXT    NOT NULL,
    seen_at      INTEGER,
    revoked_at   INTEGER,
    CHECK (revoked_at IS NULL OR (key_hash IS NULL AND session_hash IS NULL))
) STRICT;
