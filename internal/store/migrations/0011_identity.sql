-- +goose Up
-- Who a person is to an OpenID Connect issuer: the subject of its tokens, which the issuer never gives to
-- anybody else. A person may have several. Nobody gets a row by signing in.
CREATE TABLE identity (
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    user_id    bigint      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT identity_pk PRIMARY KEY (issuer, subject),
    CONSTRAINT identity_user_fk FOREIGN KEY (user_id) REFERENCES app_user (id),
    CONSTRAINT identity_issuer_ck CHECK (char_length(issuer) BETWEEN 1 AND 1024),
    CONSTRAINT identity_subject_ck CHECK (char_length(subject) BETWEEN 1 AND 255)
);
CREATE INDEX identity_by_user_idx ON identity (user_id);
