-- +goose Up
-- Data versions. A list that is sorted or filtered by metrics is read page after page while new numbers come
-- in. Each load of numbers makes a version; what it changed is kept for a while as differences, so that a
-- page can be read as of the version of the page before: the newest numbers plus the differences since.

-- The newest version of an advertiser's numbers, and the lock that its loads take in turn.
CREATE TABLE data_version (
    advertiser_id bigint NOT NULL,
    version       bigint NOT NULL,                   -- rises; the microsecond of the load, or later
    oldest        bigint NOT NULL,                   -- earlier versions can no longer be read
    CONSTRAINT data_version_pk PRIMARY KEY (advertiser_id),
    CONSTRAINT data_version_advertiser_fk FOREIGN KEY (advertiser_id) REFERENCES advertiser (id),
    CONSTRAINT data_version_order_ck CHECK (oldest BETWEEN 1 AND version)
);

-- The versions since the oldest one, itself included.
CREATE TABLE data_load (
    advertiser_id bigint NOT NULL,
    version       bigint NOT NULL,
    CONSTRAINT data_load_pk PRIMARY KEY (advertiser_id, version)
);

-- What a load took away from a day (positive) or added to it (negative). Summed over the versions after v and
-- added to the newest numbers of any level, it gives those of version v.
CREATE TABLE ad_day_undo (
    advertiser_id          bigint NOT NULL,
    version                bigint NOT NULL,
    campaign_id            bigint NOT NULL,
    ad_group_id            bigint NOT NULL,
    ad_id                  bigint NOT NULL,
    pin_id                 bigint,
    day                    date   NOT NULL,
    spend_micros           bigint NOT NULL,
    impressions_paid       bigint NOT NULL,
    impressions_earned     bigint NOT NULL,
    clicks_paid            bigint NOT NULL,
    clicks_earned          bigint NOT NULL,
    outbound_clicks_paid   bigint NOT NULL,
    outbound_clicks_earned bigint NOT NULL,
    saves_paid             bigint NOT NULL,
    saves_earned           bigint NOT NULL,
    engagements_paid       bigint NOT NULL,
    engagements_earned     bigint NOT NULL,
    video_starts           bigint NOT NULL,
    video_views_mrc        bigint NOT NULL,
    video_views_3s         bigint NOT NULL,
    video_p25              bigint NOT NULL,
    video_p50              bigint NOT NULL,
    video_p75              bigint NOT NULL,
    video_p95              bigint NOT NULL,
    video_p100             bigint NOT NULL,
    watch_ms               bigint NOT NULL,
    leads                  bigint NOT NULL,
    conversions            bigint NOT NULL,
    page_visits            bigint NOT NULL,
    signups                bigint NOT NULL,
    add_to_carts           bigint NOT NULL,
    checkouts              bigint NOT NULL,
    checkout_value_micros  bigint NOT NULL,
    CONSTRAINT ad_day_undo_pk PRIMARY KEY (advertiser_id, version, ad_id, day)
);

-- The same of conversions by lag.
CREATE TABLE ad_conversion_undo (
    advertiser_id   bigint   NOT NULL,
    version         bigint   NOT NULL,
    campaign_id     bigint   NOT NULL,
    ad_group_id     bigint   NOT NULL,
    ad_id           bigint   NOT NULL,
    pin_id          bigint,
    action_day      date     NOT NULL,
    lag_days        smallint NOT NULL,
    event           text     NOT NULL,
    source          text     NOT NULL,
    credited_action text     NOT NULL,
    conversions     bigint   NOT NULL,
    value_micros    bigint   NOT NULL,
    quantity        bigint   NOT NULL,
    CONSTRAINT ad_conversion_undo_pk PRIMARY KEY (advertiser_id, version, ad_id, action_day, lag_days, event, source,
        credited_action)
);

-- The same of reach, where a window that nobody counted has -1 people.
CREATE TABLE reach_undo (
    advertiser_id bigint   NOT NULL,
    version       bigint   NOT NULL,
    level         text     NOT NULL,
    entity_id     bigint   NOT NULL,
    window_days   smallint NOT NULL,
    as_of         date     NOT NULL,
    people        bigint   NOT NULL,
    CONSTRAINT reach_undo_pk PRIMARY KEY (advertiser_id, version, level, entity_id, window_days, as_of)
);

-- How a pin delivers, over all ads that show it: a roll-up like those of the levels.
CREATE TABLE pin_day (
    advertiser_id          bigint NOT NULL,
    pin_id                 bigint NOT NULL,
    day                    date   NOT NULL,
    spend_micros           bigint NOT NULL DEFAULT 0,
    impressions_paid       bigint NOT NULL DEFAULT 0,
    impressions_earned     bigint NOT NULL DEFAULT 0,
    clicks_paid            bigint NOT NULL DEFAULT 0,
    clicks_earned          bigint NOT NULL DEFAULT 0,
    outbound_clicks_paid   bigint NOT NULL DEFAULT 0,
    outbound_clicks_earned bigint NOT NULL DEFAULT 0,
    saves_paid             bigint NOT NULL DEFAULT 0,
    saves_earned           bigint NOT NULL DEFAULT 0,
    engagements_paid       bigint NOT NULL DEFAULT 0,
    engagements_earned     bigint NOT NULL DEFAULT 0,
    video_starts           bigint NOT NULL DEFAULT 0,
    video_views_mrc        bigint NOT NULL DEFAULT 0,
    video_views_3s         bigint NOT NULL DEFAULT 0,
    video_p25              bigint NOT NULL DEFAULT 0,
    video_p50              bigint NOT NULL DEFAULT 0,
    video_p75              bigint NOT NULL DEFAULT 0,
    video_p95              bigint NOT NULL DEFAULT 0,
    video_p100             bigint NOT NULL DEFAULT 0,
    watch_ms               bigint NOT NULL DEFAULT 0,
    leads                  bigint NOT NULL DEFAULT 0,
    conversions            bigint NOT NULL DEFAULT 0,
    page_visits            bigint NOT NULL DEFAULT 0,
    signups                bigint NOT NULL DEFAULT 0,
    add_to_carts           bigint NOT NULL DEFAULT 0,
    checkouts              bigint NOT NULL DEFAULT 0,
    checkout_value_micros  bigint NOT NULL DEFAULT 0,
    CONSTRAINT pin_day_pk PRIMARY KEY (advertiser_id, pin_id, day),
    CONSTRAINT pin_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75,
        video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) >= 0),
    CONSTRAINT pin_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50,
        video_p75, video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts,
        checkouts, checkout_value_micros) > 0)
);
CREATE INDEX pin_day_by_day_idx ON pin_day (advertiser_id, day);
