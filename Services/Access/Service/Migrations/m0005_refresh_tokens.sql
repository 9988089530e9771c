-- A session is renewed by a refresh token, of which only hashes are kept: of the part that all tokens of
-- the session share, of the current token, and of the one that it replaced, from which the seed makes the
-- current one again. A session from before has none and is not renewed; it ends with its last token.
ALTER TABLE sessions ADD COLUMN active_time BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN refresh_family BYTEA;
ALTER TABLE sessions ADD COLUMN refresh_hash BYTEA;
ALTER TABLE sessions ADD COLUMN replaced_hash BYTEA;
ALTER TABLE sessions ADD COLUMN replaced_time BIGINT;
ALTER TABLE sessions ADD COLUMN successor_seed BYTEA;
UPDATE sessions SET active_time = expire_time;
