-- +goose Up
-- What an operator has switched off, for everybody. Every process looks every two seconds.
CREATE TABLE switch_off (
    target text        NOT NULL,                 -- WRITES, the name of a root field, or the SHA-256 of a document
    reason text        NOT NULL DEFAULT '',      -- shown to clients
    at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT switch_off_pk PRIMARY KEY (target),
    CONSTRAINT switch_off_target_ck CHECK (char_length(target) BETWEEN 1 AND 255),
    CONSTRAINT switch_off_reason_ck CHECK (char_length(reason) <= 255)
);
