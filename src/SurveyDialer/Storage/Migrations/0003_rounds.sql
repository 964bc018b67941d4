-- What a round reports (canonical JSON, Estimates/Indices/IndexSetJson.cs). A round without a row was made before there were sets: it reports all that it asks.
CREATE TABLE campaign_index_set (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaign (id),
    set_id      TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    sha256      BLOB    NOT NULL,
    set_json    TEXT    NOT NULL
) STRICT;

-- Where a round stands in its series. period: 2026, 2026-H1, 2026-Q3 or 2026-11. predecessor null: the first of its series.
CREATE TABLE campaign_round (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaign (id),
    number      INTEGER NOT NULL CHECK (number >= 1),
    period      TEXT    NOT NULL,
    predecessor INTEGER REFERENCES campaign (id)
) STRICT;

-- Results that others published. level own: the official result of this office's own area; peer: of a place that it is compared with; the others are
-- averages. tag: of an index, or the id of a composite. hundredths: hundredths of a per cent. places: among how many it ranks.
CREATE TABLE benchmark (
    id         INTEGER NOT NULL PRIMARY KEY,
    level      TEXT    NOT NULL CHECK (level IN ('own', 'county', 'city', 'province', 'peer')),
    name       TEXT    NOT NULL,
    tag        TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    hundredths INTEGER NOT NULL CHECK (hundredths >= 0),
    n          INTEGER CHECK (n >= 1),
    rank       INTEGER CHECK (rank >= 1),
    places     INTEGER CHECK (places >= rank),
    source     TEXT    NOT NULL,
    entered_by TEXT    NOT NULL,
    entered_at INTEGER NOT NULL,
    UNIQUE (tag, level, name, period, source)
) STRICT;

-- How many people of the population are of each kind (tag and key of a question), for weighting; of one round.
CREATE TABLE population_margin (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    tag         TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    population  INTEGER NOT NULL CHECK (population >= 0),
    PRIMARY KEY (campaign_id, tag, key)
) STRICT, WITHOUT ROWID;

-- What an index is to reach in a period: a rate, a place, or both.
CREATE TABLE index_target (
    tag        TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    hundredths INTEGER CHECK (hundredths BETWEEN 0 AND 10000),
    rank       INTEGER CHECK (rank >= 1),
    entered_by TEXT    NOT NULL,
    entered_at INTEGER NOT NULL,
    PRIMARY KEY (tag, period),
    CHECK (hundredths IS NOT NULL OR rank IS NOT NULL)
) STRICT, WITHOUT ROWID;
