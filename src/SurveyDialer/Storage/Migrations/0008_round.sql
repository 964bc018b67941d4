-- Of rows_known those whose person an earlier row of the same list had brought.
ALTER TABLE frame ADD COLUMN rows_twice INTEGER NOT NULL DEFAULT 0;
