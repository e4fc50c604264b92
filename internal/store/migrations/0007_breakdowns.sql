-- +goose Up
-- Numbers by who saw the ads and where, at the levels AD_GROUP, which is the truth, and ADVERTISER, which is a
-- roll-up written in the same transaction. A campaign's are read from its ad groups.
DELETE FROM breakdown_day WHERE level = 'CAMPAIGN';

-- Days are replaced as a whole; entities are found by the primary key. With few distinct keys this index is a
-- fraction of the one before.
DROP INDEX breakdown_day_by_day_idx;
CREATE INDEX breakdown_day_by_day_idx ON breakdown_day (advertiser_id, day);
