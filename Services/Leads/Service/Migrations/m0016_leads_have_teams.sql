-- A team may hold a lead; most leads are held by their owners alone.
ALTER TABLE leads ADD COLUMN team_id BYTEA;
