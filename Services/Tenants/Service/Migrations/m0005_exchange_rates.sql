-- What other currencies are worth in the tenant's. The list is as the record has it on the wire.
ALTER TABLE tenants ADD COLUMN settings_exchange_rates BYTEA;
