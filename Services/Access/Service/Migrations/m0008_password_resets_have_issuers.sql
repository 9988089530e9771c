-- Who made a token, as the change log names them: it ends with their right to make one. Empty for one from
-- before, which is not good any more.
ALTER TABLE password_resets ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
