-- +goose Up
-- An account's days are cut in its time zone, so the zone must exist.
ALTER TABLE advertiser ADD CONSTRAINT advertiser_zone_exists_ck CHECK ((timestamptz 'epoch' AT TIME ZONE time_zone) IS NOT NULL);
