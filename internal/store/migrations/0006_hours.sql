-- +goose Up
-- How ads deliver by the hour, for watching what runs now. A row is one ad in one hour of the advertiser's
-- time zone, counted from the start of the local day in whole hours, so that the last one may be shorter
-- where the clocks change by less. Hours are kept for the last 8 days, today included; those of a day add up
-- to the day's row in ad_day. What attribution credits has no hours: it is counted by day. Hours without
-- delivery have no row.
-- There are no roll-ups: a few days of hours are little enough to sum when they are read. Unlike days, hours
-- are not part of data versions: they are always the newest.
CREATE TABLE ad_hour (
    advertiser_id          bigint      NOT NULL,
    campaign_id            bigint      NOT NULL,
    ad_group_id            bigint      NOT NULL,
    ad_id                  bigint      NOT NULL,
    pin_id                 bigint,
    hour                   timestamptz NOT NULL,     -- the instant at which it starts
    spend_micros           bigint      NOT NULL DEFAULT 0,
    impressions_paid       bigint      NOT NULL DEFAULT 0,
    impressions_earned     bigint      NOT NULL DEFAULT 0,
    clicks_paid            bigint      NOT NULL DEFAULT 0,
    clicks_earned          bigint      NOT NULL DEFAULT 0,
    outbound_clicks_paid   bigint      NOT NULL DEFAULT 0,
    outbound_clicks_earned bigint      NOT NULL DEFAULT 0,
    saves_paid             bigint      NOT NULL DEFAULT 0,
    saves_earned           bigint      NOT NULL DEFAULT 0,
    engagements_paid       bigint      NOT NULL DEFAULT 0,
    engagements_earned     bigint      NOT NULL DEFAULT 0,
    video_starts           bigint      NOT NULL DEFAULT 0,
    video_views_mrc        bigint      NOT NULL DEFAULT 0,
    video_views_3s         bigint      NOT NULL DEFAULT 0,
    video_p25              bigint      NOT NULL DEFAULT 0,
    video_p50              bigint      NOT NULL DEFAULT 0,
    video_p75              bigint      NOT NULL DEFAULT 0,
    video_p95              bigint      NOT NULL DEFAULT 0,
    video_p100             bigint      NOT NULL DEFAULT 0,
    watch_ms               bigint      NOT NULL DEFAULT 0,
    leads                  bigint      NOT NULL DEFAULT 0,
    CONSTRAINT ad_hour_pk PRIMARY KEY (advertiser_id, ad_id, hour),
    CONSTRAINT ad_hour_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads) >= 0),
    CONSTRAINT ad_hour_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads) > 0)
);
CREATE INDEX ad_hour_by_hour_idx ON ad_hour (advertiser_id, hour);
