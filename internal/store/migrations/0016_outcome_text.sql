-- +goose Up
-- What became of a request is kept as it is: jsonb takes no NUL, which a text that was refused may have.
ALTER TABLE idempotency_key ALTER COLUMN outcome TYPE text;
