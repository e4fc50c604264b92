-- +goose Up
-- How it delivers. A row is one entity on one day of the advertiser's time zone. The ad level is the truth,
-- the levels above are roll-ups written in the same transaction. Days without delivery have no row.
-- Conversion columns count what the default attribution credits (click and engagement 30 days, view 1 day,
-- on the day of the ad action); ad_conversion holds the parts for every other window.
-- No foreign keys from facts to entities: facts arrive in bulk and their writer knows the entities.

CREATE TABLE ad_day (
    advertiser_id          bigint NOT NULL,
    campaign_id            bigint NOT NULL,
    ad_group_id            bigint NOT NULL,
    ad_id                  bigint NOT NULL,
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
    CONSTRAINT ad_day_pk PRIMARY KEY (advertiser_id, ad_id, day),
    CONSTRAINT ad_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) >= 0),
    CONSTRAINT ad_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) > 0)
) PARTITION BY RANGE (day);
CREATE INDEX ad_day_by_day_idx ON ad_day (advertiser_id, day);

CREATE TABLE ad_group_day (
    advertiser_id          bigint NOT NULL,
    campaign_id            bigint NOT NULL,
    ad_group_id            bigint NOT NULL,
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
    CONSTRAINT ad_group_day_pk PRIMARY KEY (advertiser_id, ad_group_id, day),
    CONSTRAINT ad_group_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) >= 0),
    CONSTRAINT ad_group_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50,
        video_p75, video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) > 0)
);
CREATE INDEX ad_group_day_by_day_idx ON ad_group_day (advertiser_id, day);

CREATE TABLE campaign_day (
    advertiser_id          bigint NOT NULL,
    campaign_id            bigint NOT NULL,
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
    CONSTRAINT campaign_day_pk PRIMARY KEY (advertiser_id, campaign_id, day),
    CONSTRAINT campaign_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50, video_p75, video_p95,
        video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) >= 0),
    CONSTRAINT campaign_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50,
        video_p75, video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) > 0)
);
CREATE INDEX campaign_day_by_day_idx ON campaign_day (advertiser_id, day);

CREATE TABLE advertiser_day (
    advertiser_id          bigint NOT NULL,
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
    CONSTRAINT advertiser_day_pk PRIMARY KEY (advertiser_id, day),
    CONSTRAINT advertiser_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50,
        video_p75, video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) >= 0),
    CONSTRAINT advertiser_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, video_starts, video_views_mrc, video_views_3s, video_p25, video_p50,
        video_p75, video_p95, video_p100, watch_ms, leads, conversions, page_visits, signups, add_to_carts, checkouts,
        checkout_value_micros) > 0)
);

-- Spend since the start, which decides whether a lifetime budget is used up.
CREATE TABLE campaign_lifetime (
    advertiser_id bigint NOT NULL,
    campaign_id   bigint NOT NULL,
    spend_micros  bigint NOT NULL,
    first_day     date   NOT NULL,
    last_day      date   NOT NULL,
    CONSTRAINT campaign_lifetime_pk PRIMARY KEY (advertiser_id, campaign_id),
    CONSTRAINT campaign_lifetime_spend_ck CHECK (spend_micros >= 0),
    CONSTRAINT campaign_lifetime_days_ck CHECK (last_day >= first_day)
);

CREATE TABLE ad_group_lifetime (
    advertiser_id bigint NOT NULL,
    ad_group_id   bigint NOT NULL,
    spend_micros  bigint NOT NULL,
    first_day     date   NOT NULL,
    last_day      date   NOT NULL,
    CONSTRAINT ad_group_lifetime_pk PRIMARY KEY (advertiser_id, ad_group_id),
    CONSTRAINT ad_group_lifetime_spend_ck CHECK (spend_micros >= 0),
    CONSTRAINT ad_group_lifetime_days_ck CHECK (last_day >= first_day)
);

-- Conversions by the day of the ad action and the days until the conversion, so that any window is
-- lag_days <= w and the report time is action_day or action_day + lag_days.
CREATE TABLE ad_conversion (
    advertiser_id   bigint   NOT NULL,
    campaign_id     bigint   NOT NULL,
    ad_group_id     bigint   NOT NULL,
    ad_id           bigint   NOT NULL,
    action_day      date     NOT NULL,
    lag_days        smallint NOT NULL,
    event           text     NOT NULL,
    source          text     NOT NULL,
    credited_action text     NOT NULL,
    conversions     bigint   NOT NULL,
    value_micros    bigint   NOT NULL DEFAULT 0,
    quantity        bigint   NOT NULL DEFAULT 0,
    CONSTRAINT ad_conversion_pk PRIMARY KEY (advertiser_id, ad_id, action_day, lag_days, event, source, credited_action),
    CONSTRAINT ad_conversion_lag_ck CHECK (lag_days BETWEEN 0 AND 60),
    CONSTRAINT ad_conversion_event_ck CHECK (event IN ('PAGE_VISIT', 'SIGNUP', 'ADD_TO_CART', 'CHECKOUT')),
    CONSTRAINT ad_conversion_source_ck CHECK (source IN ('WEB', 'INAPP', 'OFFLINE', 'PINTEREST')),
    CONSTRAINT ad_conversion_action_ck CHECK (credited_action IN ('CLICK', 'ENGAGEMENT', 'VIEW')),
    CONSTRAINT ad_conversion_count_ck CHECK (conversions > 0 AND value_micros >= 0 AND quantity >= 0)
) PARTITION BY RANGE (action_day);
CREATE INDEX ad_conversion_by_day_idx ON ad_conversion (advertiser_id, action_day);

-- Delivery split by one dimension. Values of GENDER, AGE_BUCKET, COUNTRY, APPTYPE and PLACEMENT are parts
-- of a whole; those of KEYWORD and INTEREST overlap.
CREATE TABLE breakdown_day (
    advertiser_id          bigint NOT NULL,
    level                  text   NOT NULL,
    entity_id              bigint NOT NULL,
    dimension              text   NOT NULL,
    value                  text   NOT NULL,
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
    checkouts              bigint NOT NULL DEFAULT 0,
    checkout_value_micros  bigint NOT NULL DEFAULT 0,
    CONSTRAINT breakdown_day_pk PRIMARY KEY (advertiser_id, level, entity_id, dimension, day, value),
    CONSTRAINT breakdown_day_level_ck CHECK (level IN ('ADVERTISER', 'CAMPAIGN', 'AD_GROUP', 'AD')),
    CONSTRAINT breakdown_day_dimension_ck CHECK (dimension IN ('AGE_BUCKET', 'GENDER', 'COUNTRY', 'REGION',
        'APPTYPE', 'PLACEMENT', 'KEYWORD', 'INTEREST')),
    CONSTRAINT breakdown_day_measures_ck CHECK (least(spend_micros, impressions_paid, impressions_earned, clicks_paid,
        clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned, engagements_paid,
        engagements_earned, checkouts, checkout_value_micros) >= 0),
    CONSTRAINT breakdown_day_not_empty_ck CHECK (greatest(spend_micros, impressions_paid, impressions_earned,
        clicks_paid, clicks_earned, outbound_clicks_paid, outbound_clicks_earned, saves_paid, saves_earned,
        engagements_paid, engagements_earned, checkouts, checkout_value_micros) > 0)
);
CREATE INDEX breakdown_day_by_day_idx ON breakdown_day (advertiser_id, level, dimension, day);

-- Distinct people, which cannot be added up: only these windows are known.
CREATE TABLE reach (
    advertiser_id bigint   NOT NULL,
    level         text     NOT NULL,
    entity_id     bigint   NOT NULL,
    window_days   smallint NOT NULL,                 -- 1, 7 or 30 days that end with as_of
    as_of         date     NOT NULL,
    people        bigint   NOT NULL,
    CONSTRAINT reach_pk PRIMARY KEY (advertiser_id, level, entity_id, window_days, as_of),
    CONSTRAINT reach_level_ck CHECK (level IN ('ADVERTISER', 'CAMPAIGN', 'AD_GROUP', 'AD')),
    CONSTRAINT reach_window_ck CHECK (window_days IN (1, 7, 30)),
    CONSTRAINT reach_people_ck CHECK (people >= 0)
);

-- How far the numbers go. DELIVERY covers spend to leads, CONVERSION what attribution credits.
CREATE TABLE freshness (
    advertiser_id bigint      NOT NULL,
    family        text        NOT NULL,
    data_as_of    timestamptz NOT NULL,              -- everything up to this instant is counted
    final_through date        NOT NULL,              -- days up to this one no longer change
    CONSTRAINT freshness_pk PRIMARY KEY (advertiser_id, family),
    CONSTRAINT freshness_advertiser_fk FOREIGN KEY (advertiser_id) REFERENCES advertiser (id),
    CONSTRAINT freshness_family_ck CHECK (family IN ('DELIVERY', 'CONVERSION'))
);
