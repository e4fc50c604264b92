-- +goose Up
-- What imports brought: whose ids of other systems are which of ours. Ids of vendors are texts, and never ours.

CREATE TABLE import_account (
    source        text   NOT NULL,               -- whose ids they are, such as pinterest
    external_id   text   NOT NULL,
    advertiser_id bigint NOT NULL,
    version       bigint NOT NULL,               -- as in import_object
    CONSTRAINT import_account_pk PRIMARY KEY (source, external_id),
    CONSTRAINT import_account_advertiser_fk FOREIGN KEY (advertiser_id) REFERENCES advertiser (id),
    CONSTRAINT import_account_source_ck CHECK (char_length(source) BETWEEN 1 AND 32),
    CONSTRAINT import_account_external_id_ck CHECK (char_length(external_id) BETWEEN 1 AND 255)
);
CREATE UNIQUE INDEX import_account_advertiser_uq ON import_account (advertiser_id);

CREATE TABLE import_object (
    advertiser_id bigint NOT NULL,
    level         text   NOT NULL,
    external_id   text   NOT NULL,
    -- Set for what is no object of the vendor's: it holds the numbers of one of this level that are not known
    -- any finer, and external_id is that one's.
    stands_for    text   NOT NULL DEFAULT '',
    id            bigint NOT NULL,
    -- How new what is stored of it is: microseconds since 1970 of the vendor's version; the number of a day if
    -- only reports named it; 0 while nothing but its id is known.
    version       bigint NOT NULL,
    CONSTRAINT import_object_pk PRIMARY KEY (advertiser_id, level, external_id, stands_for),
    CONSTRAINT import_object_level_ck CHECK (level IN ('CAMPAIGN', 'AD_GROUP', 'AD', 'PIN')),
    CONSTRAINT import_object_stands_for_ck CHECK (stands_for IN ('', 'ADVERTISER', 'CAMPAIGN', 'AD_GROUP', 'AD')),
    CONSTRAINT import_object_external_id_ck CHECK (char_length(external_id) BETWEEN 1 AND 255)
);
CREATE UNIQUE INDEX import_object_id_uq ON import_object (advertiser_id, level, id);
