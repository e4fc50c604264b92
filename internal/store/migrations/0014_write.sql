-- +goose Up
-- Requests that must have one effect however often they are sent, with what became of them. Kept for a day.
CREATE TABLE idempotency_key (
    advertiser_id bigint      NOT NULL,
    user_id       bigint      NOT NULL,
    key           text        NOT NULL,
    request_hash  text        NOT NULL,          -- of the operation and its input
    outcome       jsonb,                         -- null until the transaction that made it ends
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idempotency_key_pk PRIMARY KEY (advertiser_id, user_id, key),
    CONSTRAINT idempotency_key_advertiser_fk FOREIGN KEY (advertiser_id) REFERENCES advertiser (id),
    CONSTRAINT idempotency_key_key_ck CHECK (char_length(key) BETWEEN 8 AND 128)
);
CREATE INDEX idempotency_key_by_age_idx ON idempotency_key (advertiser_id, created_at);
