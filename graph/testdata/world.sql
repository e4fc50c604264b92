-- A small world, as of 2026-06-17 15:30 UTC, for golden files and tests of single behaviours.
INSERT INTO app_user (id, email, name) VALUES
  (1, 'owner@example.com', 'Olga Owner'),
  (2, 'other@example.com', 'Otto Other'),
  (3, 'nobody@example.com', 'Nina Nobody'),
  (21, 'anna.admin@example.com', 'anna Admin'),
  (22, 'both@example.com', 'Bob Both');

INSERT INTO advertiser (id, name, country, currency, time_zone, status, created_at, updated_at) VALUES
  (1, 'Acme Outdoor', 'US', 'USD', 'America/New_York', 'ACTIVE', '2024-01-02 03:04:05+00', '2026-01-02 03:04:05+00'),
  (2, 'Other Tenant', 'DE', 'EUR', 'Europe/Berlin', 'ACTIVE', '2024-02-02 03:04:05+00', '2026-01-02 03:04:05+00'),
  (3, '東京堂', 'JP', 'JPY', 'Asia/Tokyo', 'ACTIVE', '2024-03-02 03:04:05+00', '2026-01-02 03:04:05+00'),
  (4, 'Empty & Co', 'IN', 'INR', 'Asia/Kolkata', 'DISABLED', '2024-04-02 03:04:05+00', '2026-01-02 03:04:05+00');

INSERT INTO member (advertiser_id, user_id, role, created_at, added_by) VALUES
  (1, 1, 'OWNER', '2024-01-02 03:04:05+00', NULL), (1, 1, 'FINANCE_MANAGER', '2024-02-01 09:00+00', 1),
  (1, 21, 'ADMIN', '2026-02-02 09:00+00', 1), (1, 22, 'FINANCE_MANAGER', '2026-03-02 09:00+00', 3), (1, 22, 'ANALYST', '2026-03-03 09:00+00', 21),
  (2, 2, 'OWNER', '2024-02-02 03:04:05+00', NULL), (2, 22, 'ADMIN', '2025-03-02 09:00+00', 2),
  (3, 1, 'OWNER', '2024-03-02 03:04:05+00', NULL), (4, 1, 'OWNER', '2024-04-02 03:04:05+00', NULL);

INSERT INTO campaign (advertiser_id, id, name, objective, status, is_cbo, daily_budget_micros, lifetime_budget_micros, is_flexible_daily, start_at, end_at, version, created_at, updated_at) VALUES
  (1, 11, 'Spring sale', 'CONSIDERATION', 'ACTIVE', true, 50000000, NULL, true, '2026-03-01 05:00+00', NULL, 3, '2026-02-01 12:00+00', '2026-06-01 08:00+00'),
  (1, 12, 'Summer 🌞 “hot”, 50% off', 'WEB_CONVERSION', 'PAUSED', false, NULL, NULL, false, '2026-05-01 04:00+00', '2026-09-01 04:00+00', 1, '2026-02-02 12:00+00', '2026-05-02 08:00+00'),
  (1, 13, 'Last autumn', 'AWARENESS', 'ARCHIVED', true, 20000000, NULL, false, '2025-09-01 04:00+00', '2025-12-01 05:00+00', 2, '2025-08-01 12:00+00', '2026-01-10 08:00+00'),
  (1, 14, 'draft', 'CATALOG_SALES', 'DRAFT', false, NULL, NULL, false, NULL, NULL, 1, '2026-06-10 12:00+00', '2026-06-10 12:00+00'),
  (1, 15, 'Used up', 'VIDEO_COMPLETION', 'ACTIVE', true, NULL, 9000000, false, '2026-05-15 04:00+00', '2026-07-15 04:00+00', 1, '2026-05-01 12:00+00', '2026-05-14 08:00+00'),
  (1, 16, 'No ads yet', 'AWARENESS', 'ACTIVE', true, 10000000, NULL, false, NULL, NULL, 1, '2026-06-16 12:00+00', '2026-06-16 12:00+00'),
  (2, 21, 'Foreign campaign', 'AWARENESS', 'ACTIVE', true, 10000000, NULL, false, NULL, NULL, 1, '2026-01-01 12:00+00', '2026-01-01 12:00+00'),
  (3, 9007199254740993, 'عرض الصيف', 'CONSIDERATION', 'ACTIVE', true, 500000000000, NULL, false, NULL, NULL, 1, '2026-01-01 12:00+00', '2026-01-01 12:00+00');

INSERT INTO ad_group (advertiser_id, id, campaign_id, name, status, budget_type, budget_micros, bid_strategy, bid_micros, billable_event, placement, start_at, end_at, targeting, is_learning, created_at, updated_at) VALUES
  (1, 111, 11, 'Hikers', 'ACTIVE', 'CBO_ADGROUP', NULL, 'AUTOMATIC_BID', NULL, 'CLICKTHROUGH', 'ALL', NULL, NULL, '{"GENDER": ["female"]}', true, '2026-02-03 12:00+00', '2026-02-03 12:00+00'),
  (1, 112, 11, 'Climbers', 'PAUSED', 'CBO_ADGROUP', NULL, 'MAX_BID', 1250000, 'CLICKTHROUGH', 'SEARCH', NULL, NULL, '{}', false, '2026-02-04 12:00+00', '2026-02-04 12:00+00'),
  (1, 113, 11, 'Review', 'ACTIVE', 'CBO_ADGROUP', NULL, NULL, NULL, 'CLICKTHROUGH', 'ALL', NULL, NULL, '{}', false, '2026-02-05 12:00+00', '2026-02-05 12:00+00'),
  (1, 121, 12, 'Campers', 'ACTIVE', 'LIFETIME', 70000000, 'TARGET_AVG', 2000000, 'IMPRESSION', 'BROWSE', '2026-05-02 04:00+00', '2026-08-01 04:00+00', '{}', false, '2026-02-06 12:00+00', '2026-02-06 12:00+00'),
  (1, 131, 13, 'Old', 'ARCHIVED', 'CBO_ADGROUP', NULL, NULL, NULL, 'IMPRESSION', 'ALL', NULL, NULL, '{}', false, '2025-08-03 12:00+00', '2025-08-03 12:00+00'),
  (1, 151, 15, 'Viewers', 'ACTIVE', 'CBO_ADGROUP', NULL, NULL, NULL, 'VIDEO_V_50_MRC', 'ALL', NULL, NULL, '{}', false, '2026-05-02 12:00+00', '2026-05-02 12:00+00'),
  (2, 211, 21, 'Foreign group', 'ACTIVE', 'CBO_ADGROUP', NULL, NULL, NULL, 'IMPRESSION', 'ALL', NULL, NULL, '{}', false, '2026-01-01 12:00+00', '2026-01-01 12:00+00'),
  (3, 9007199254740995, 9007199254740993, 'グループ', 'ACTIVE', 'CBO_ADGROUP', NULL, NULL, NULL, 'CLICKTHROUGH', 'ALL', NULL, NULL, '{}', false, '2026-01-01 12:00+00', '2026-01-01 12:00+00');

INSERT INTO pin (advertiser_id, id, title, description, creative_type, media_url, thumb_url, width, height, video_seconds, is_deleted) VALUES
  (1, 1001, 'Boots', 'Good boots', 'REGULAR', 'https://img.example.com/1001.jpg', 'https://img.example.com/1001t.jpg', 1000, 1500, NULL, false),
  (1, 1002, 'Gone', '', 'REGULAR', NULL, NULL, NULL, NULL, NULL, true),
  (1, 1003, 'Film', 'A film', 'VIDEO', 'https://img.example.com/1003.mp4', 'https://img.example.com/1003t.jpg', 1080, 1920, 31, false),
  (2, 2001, 'Foreign pin', '', 'REGULAR', NULL, NULL, NULL, NULL, NULL, false),
  (3, 3001, 'ピン', '', 'REGULAR', NULL, NULL, NULL, NULL, NULL, false);

INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, status, creative_type, destination_url, review_status, rejected_reasons, reviewed_at, created_at, updated_at) VALUES
  (1, 1111, 11, 111, 1001, 'Boots ad', 'ACTIVE', 'REGULAR', 'https://acme.example.com/boots', 'APPROVED', '{}', '2026-02-05 12:00+00', '2026-02-04 12:00+00', '2026-02-04 12:00+00'),
  (1, 1112, 11, 111, 1002, NULL, 'ACTIVE', 'REGULAR', NULL, 'APPROVED', '{}', '2026-02-05 12:00+00', '2026-02-04 13:00+00', '2026-02-04 13:00+00'),
  (1, 1121, 11, 112, 1001, 'Climbing boots', 'ACTIVE', 'REGULAR', NULL, 'APPROVED', '{}', '2026-02-05 12:00+00', '2026-02-04 14:00+00', '2026-02-04 14:00+00'),
  (1, 1131, 11, 113, 1001, 'Rejected one', 'ACTIVE', 'REGULAR', NULL, 'REJECTED', '{CLICKBAIT,LANDING_PAGE_BROKEN}', '2026-02-06 12:00+00', '2026-02-05 12:00+00', '2026-02-05 12:00+00'),
  (1, 1132, 11, 113, 1003, 'Pending one', 'ACTIVE', 'VIDEO', NULL, 'PENDING', '{}', NULL, '2026-02-05 13:00+00', '2026-02-05 13:00+00'),
  (1, 1211, 12, 121, 1003, 'Tent film', 'ACTIVE', 'VIDEO', NULL, 'APPROVED', '{}', '2026-02-07 12:00+00', '2026-02-06 13:00+00', '2026-02-06 13:00+00'),
  (1, 1311, 13, 131, 1001, 'Leaves', 'ARCHIVED', 'REGULAR', NULL, 'APPROVED', '{}', '2025-08-05 12:00+00', '2025-08-04 12:00+00', '2025-08-04 12:00+00'),
  (1, 1511, 15, 151, 1003, 'Trailer', 'ACTIVE', 'VIDEO', NULL, 'APPROVED', '{}', '2026-05-05 12:00+00', '2026-05-04 12:00+00', '2026-05-04 12:00+00'),
  (2, 2111, 21, 211, 2001, 'Foreign ad', 'ACTIVE', 'REGULAR', NULL, 'APPROVED', '{}', '2026-01-05 12:00+00', '2026-01-04 12:00+00', '2026-01-04 12:00+00'),
  (3, 9007199254740997, 9007199254740993, 9007199254740995, 3001, '広告', 'ACTIVE', 'REGULAR', NULL, 'APPROVED', '{}', '2026-01-05 12:00+00', '2026-01-04 12:00+00', '2026-01-04 12:00+00');

-- Every ad delivers on the days named, with numbers that differ by day and ad and are easy to work out.
INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, spend_micros, impressions_paid, impressions_earned, clicks_paid,
  clicks_earned, outbound_clicks_paid, saves_paid, engagements_paid, engagements_earned, video_starts, video_views_mrc, video_p100,
  conversions, page_visits, add_to_carts, checkouts, checkout_value_micros)
SELECT a.advertiser_id, a.campaign_id, a.ad_group_id, a.id, d::date, n * 123457 + k, n * 100, n * 10, n, n / 4, n / 2, n / 3, n * 2, n / 5,
  CASE a.creative_type WHEN 'VIDEO' THEN n * 80 ELSE 0 END, CASE a.creative_type WHEN 'VIDEO' THEN n * 30 ELSE 0 END,
  CASE a.creative_type WHEN 'VIDEO' THEN n * 5 ELSE 0 END, n / 2, n / 4, n / 8, n / 10, n / 10 * 19990000
FROM ad AS a
JOIN (VALUES (1111, '2026-05-01', '2026-06-17'), (1112, '2026-06-01', '2026-06-16'), (1121, '2026-05-20', '2026-06-05'),
  (1211, '2026-05-02', '2026-06-12'), (1311, '2025-09-01', '2025-11-30'), (1511, '2026-05-15', '2026-05-25'),
  (2111, '2026-05-01', '2026-06-17'), (9007199254740997, '2026-06-01', '2026-06-18')) AS live (id, since, until) ON live.id = a.id
CROSS JOIN LATERAL generate_series(live.since::timestamp, live.until::timestamp, '1 day') AS d
CROSS JOIN LATERAL (SELECT 5 + extract(day FROM d)::int AS n, a.id % 97 AS k) AS x;

-- A conversion on a day without spend: its return on ad spend has no value.
INSERT INTO ad_day (advertiser_id, campaign_id, ad_group_id, ad_id, day, conversions, checkouts, checkout_value_micros)
VALUES (1, 12, 121, 1211, '2026-06-15', 1, 1, 5000000);

INSERT INTO reach (advertiser_id, level, entity_id, window_days, as_of, people) VALUES
  (1, 'CAMPAIGN', 11, 7, '2026-06-16', 4321), (1, 'ADVERTISER', 1, 30, '2026-06-16', 33333), (1, 'ADVERTISER', 1, 30, '2026-05-17', 22222);

INSERT INTO freshness (advertiser_id, family, data_as_of, final_through) VALUES
  (1, 'DELIVERY', '2026-06-17 12:30+00', '2026-06-16'), (1, 'CONVERSION', '2026-06-17 06:00+00', '2026-06-14'),
  (2, 'DELIVERY', '2026-06-17 12:30+00', '2026-06-16'), (2, 'CONVERSION', '2026-06-17 06:00+00', '2026-06-14'),
  (3, 'DELIVERY', '2026-06-17 12:30+00', '2026-06-16');

-- What stands beside the hierarchy.
INSERT INTO audience (advertiser_id, id, name, type, status, size, retention_days, rule, version, created_at, updated_at) VALUES
  (1, 501, 'All site visitors 30d', 'VISITOR', 'READY', 48213, 30, '{"event": "PAGE_VISIT"}', 1, '2026-01-10 12:00+00', '2026-01-10 12:00+00'),
  (1, 502, 'Past buyers', 'VISITOR', 'READY', 3120, 180, '{"event": "CHECKOUT"}', 2, '2026-01-11 12:00+00', '2026-04-01 08:00+00'),
  (1, 503, 'newsletter “VIP”, 2026', 'CUSTOMER_LIST', 'TOO_SMALL', 87, 540, '{"identifier": "EMAIL"}', 1, '2026-02-10 12:00+00', '2026-02-10 12:00+00'),
  (1, 504, 'Lookalike 1% of past buyers', 'ACTALIKE', 'INITIALIZING', NULL, 180, '{"percent": 1}', 1, '2026-06-17 14:00+00', '2026-06-17 14:00+00'),
  (2, 505, 'Foreign audience', 'PERSONA', 'READY', 1000000, 180, '{}', 1, '2026-01-10 12:00+00', '2026-01-10 12:00+00');
INSERT INTO ad_group_audience (advertiser_id, ad_group_id, audience_id, is_included) VALUES
  (1, 111, 501, true), (1, 111, 502, false), (1, 112, 502, true), (1, 121, 501, true), (1, 131, 501, true), (2, 211, 505, true);

INSERT INTO keyword (advertiser_id, id, campaign_id, ad_group_id, value, match_type, is_archived, created_at, updated_at) VALUES
  (1, 601, 11, 111, 'hiking boots', 'BROAD', false, '2026-02-04 12:00+00', '2026-02-04 12:00+00'),
  (1, 602, 11, 111, 'Hiking Boots', 'EXACT', false, '2026-02-04 12:01+00', '2026-02-04 12:01+00'),
  (1, 603, 11, 111, 'trail shoes', 'PHRASE', false, '2026-02-04 12:02+00', '2026-03-04 12:02+00'),
  (1, 604, 11, 112, 'climbing shoes', 'BROAD', false, '2026-02-05 12:00+00', '2026-02-05 12:00+00'),
  (1, 605, 11, 112, 'trail shoes', 'BROAD', true, '2026-02-05 12:01+00', '2026-05-05 12:01+00'),
  (1, 606, 11, 111, 'free', 'PHRASE_NEGATIVE', false, '2026-02-05 12:02+00', '2026-02-05 12:02+00'),
  (1, 607, 11, NULL, 'wholesale', 'EXACT_NEGATIVE', false, '2026-02-05 12:03+00', '2026-02-05 12:03+00'),
  (2, 608, 21, 211, 'hiking boots', 'BROAD', false, '2026-02-05 12:00+00', '2026-02-05 12:00+00');
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, spend_micros, impressions_paid, impressions_earned,
  clicks_paid, clicks_earned, outbound_clicks_paid, saves_paid, engagements_paid, checkouts, checkout_value_micros)
SELECT v.advertiser, 'AD_GROUP', v.ad_group, 'KEYWORD', v.value, d::date, n * v.k * 10007, n * v.k * 20, n * v.k, n * v.k / 5, n / 3, n * v.k / 10, n / 4, n * v.k / 4,
  n * v.k / 40, n * v.k / 40 * 24990000
FROM (VALUES (1, 111, 'hiking boots', 5), (1, 111, 'trail shoes', 3), (1, 111, 'free', 1), (1, 112, 'Climbing Shoes', 4), (2, 211, 'hiking boots', 9)) AS v (advertiser, ad_group, value, k)
CROSS JOIN generate_series('2026-05-20'::timestamp, '2026-06-16', '1 day') AS d
CROSS JOIN LATERAL (SELECT extract(day FROM d)::int AS n) AS x;

INSERT INTO label (advertiser_id, id, type, value, created_at) VALUES
  (1, 701, 'BRAND', 'Acme Outdoor', '2026-01-01 12:00+00'), (1, 702, 'CUSTOM', 'Q2 2026', '2026-03-01 12:00+00'),
  (1, 703, 'CUSTOM', 'always on', '2026-03-02 12:00+00'), (2, 704, 'BRAND', 'Foreign brand', '2026-01-01 12:00+00');
INSERT INTO campaign_label (advertiser_id, campaign_id, label_id) VALUES
  (1, 11, 703), (1, 11, 701), (1, 12, 701), (1, 12, 702), (2, 21, 704);

INSERT INTO conversion_tag (advertiser_id, id, name, status, last_fired_at, enhanced_match, quality, created_at, updated_at) VALUES
  (1, 801, 'Website', 'ACTIVE', '2026-06-17 12:29:30+00', 'VALIDATION_COMPLETE', 'GOOD', '2026-01-02 12:00+00', '2026-01-02 12:00+00'),
  (1, 802, 'Old shop', 'PAUSED', '2026-05-28 03:00+00', 'NOT_VALIDATED', 'NEEDS_IMPROVEMENT', '2024-01-03 12:00+00', '2026-05-28 12:00+00'),
  (1, 803, 'Not installed', 'ACTIVE', NULL, 'UNKNOWN', NULL, '2026-06-01 12:00+00', '2026-06-01 12:00+00'),
  (2, 804, 'Foreign tag', 'ACTIVE', '2026-06-17 12:00+00', 'UNKNOWN', 'FAIR', '2026-01-02 12:00+00', '2026-01-02 12:00+00');
INSERT INTO tag_event_day (advertiser_id, tag_id, day, event, source, events, matched_events)
SELECT v.advertiser, v.tag, d::date, v.event, v.source, v.n + extract(day FROM d)::int, v.n * v.k / 10
FROM (VALUES (1, 801, 'PAGE_VISIT', 'TAG', 900, 6, '2026-06-17'), (1, 801, 'CHECKOUT', 'TAG', 20, 6, '2026-06-17'), (1, 801, 'CHECKOUT', 'CONVERSIONS_API', 22, 9, '2026-06-14'),
  (1, 802, 'PAGE_VISIT', 'TAG', 300, 1, '2026-05-27'), (2, 804, 'PAGE_VISIT', 'TAG', 7000, 5, '2026-06-17')) AS v (advertiser, tag, event, source, n, k, until)
CROSS JOIN LATERAL generate_series('2026-05-20'::timestamp, v.until::timestamp, '1 day') AS d;
-- Who saw it, by ad group. Three quarters of the numbers are of known age, and the oldest saw nothing before June.
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, spend_micros, impressions_paid, impressions_earned,
  clicks_paid, clicks_earned, checkouts, checkout_value_micros)
SELECT y.advertiser_id, 'AD_GROUP', y.ad_group_id, 'AGE_BUCKET', part.value, y.day, sum(spend_micros) / part.of, sum(impressions_paid) / part.of,
  sum(impressions_earned) / part.of, sum(clicks_paid) / part.of, sum(clicks_earned) / part.of, sum(checkouts) / part.of, sum(checkout_value_micros) / part.of
FROM ad_day AS y
CROSS JOIN (VALUES ('25-34', 2, '2026-04-01'::date), ('35-44', 8, '2026-04-01'), ('65+', 8, '2026-06-01')) AS part (value, of, since)
WHERE y.day >= part.since AND y.spend_micros > 0
GROUP BY y.advertiser_id, y.ad_group_id, y.day, part.value, part.of;

-- Keywords overlap: together they have more than there is.
INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, spend_micros, impressions_paid, clicks_paid)
SELECT y.advertiser_id, 'AD_GROUP', y.ad_group_id, 'KEYWORD', word, y.day, sum(spend_micros), sum(impressions_paid), sum(clicks_paid)
FROM ad_day AS y CROSS JOIN unnest(ARRAY['boots']) AS word
WHERE y.day >= '2026-06-01' AND y.ad_group_id = 111
GROUP BY y.advertiser_id, y.ad_group_id, y.day, word;
-- The paperwork of accounts 1 and 3, and some of the foreign account 2.
INSERT INTO billing_profile (advertiser_id, id, type, status, label, expires_on, is_default, balance_micros, threshold_micros, credit_limit_micros) VALUES
  (1, 11, 'CREDIT_CARD', 'INVALID', 'Mastercard •••• 4444', '2026-05-31', false, 0, NULL, NULL),
  (1, 12, 'CREDIT_CARD', 'VALID', 'Visa •••• 4242', '2028-02-29', true, 123450000, 500000000, NULL),
  (2, 21, 'INVOICE', 'VALID', 'Foreign invoice', NULL, true, 0, NULL, 9000000000),
  (3, 31, 'PREPAID', 'VALID', '前払い', NULL, true, 25000000000, NULL, NULL);

INSERT INTO invoice (advertiser_id, id, number, type, status, period_first, period_last, issued_on, due_on, net_micros, tax_micros, discount_micros, billed_micros, paid_at) VALUES
  (1, 101, 'INV-202603-1', 'INVOICE', 'CLOSED', '2026-03-01', '2026-03-31', '2026-04-01', '2026-05-01', 100000000, 8250000, 50000000, 58250000, '2026-04-20 10:00+00'),
  (1, 102, 'INV-202604-1', 'INVOICE', 'OPEN', '2026-04-01', '2026-04-30', '2026-05-01', '2026-05-31', 200000000, 16500000, 0, 216500000, NULL),
  (1, 103, 'CM-202603-1', 'CREDIT_MEMO', 'CLOSED', '2026-03-01', '2026-03-31', '2026-05-15', '2026-05-15', -4000000, -330000, 0, -4330000, '2026-05-15 10:00+00'),
  (1, 104, 'INV-202605-1', 'INVOICE', 'OPEN', '2026-05-01', '2026-05-31', '2026-06-01', '2026-07-01', 87650000, 7230000, 0, 94880000, NULL),
  (2, 201, 'INV-202605-1', 'INVOICE', 'OPEN', '2026-05-01', '2026-05-31', '2026-06-01', '2026-07-01', 1000000, 0, 0, 1000000, NULL),
  (3, 301, 'INV-202605-3', 'INVOICE', 'CLOSED', '2026-05-01', '2026-05-31', '2026-06-01', '2026-06-01', 12345000000, 1234000000, 0, 13579000000, '2026-06-01 01:00+00');

INSERT INTO order_line (advertiser_id, id, name, budget_micros, paid_type, status, starts_on, ends_on) VALUES
  (1, 401, 'Q2 brand', 5000000000, 'PAID', 'ACTIVE', '2026-04-01', '2026-06-30'),
  (1, 402, 'Q1 make-good', 250000000, 'MAKE_GOOD', 'PAUSED', '2026-05-01', NULL),
  (2, 403, 'Foreign order', 1000000, 'TEST', 'ACTIVE', '2026-04-01', NULL);

INSERT INTO ad_credit (advertiser_id, id, name, total_micros, remaining_micros, is_active, expires_on) VALUES
  (1, 501, 'Welcome credit', 50000000, 0, false, '2026-03-31'),
  (1, 502, 'Spring promotion', 200000000, 12500000, true, '2026-09-30'),
  (1, 503, 'Goodwill', 10000000, 10000000, true, NULL),
  (2, 504, 'Foreign credit', 77000000, 77000000, true, NULL);

INSERT INTO saved_view (advertiser_id, id, user_id, screen, name, spec, is_shared, created_at, updated_at) VALUES
  (1, 601, 1, 'CampaignsTable', 'running, by spend', '{"filter": {"delivery": ["RUNNING"]}, "orderBy": {"metric": "SPEND", "direction": "DESC"}}', false, '2026-05-01 08:00+00', '2026-05-02 08:00+00'),
  (1, 602, 3, 'CampaignsTable', 'Nina''s, shared', '{"columns": ["SPEND", "ROAS"]}', true, '2026-05-03 08:00+00', '2026-05-03 08:00+00'),
  (1, 603, 3, 'CampaignsTable', 'Nina''s own', '{}', false, '2026-05-04 08:00+00', '2026-05-04 08:00+00'),
  (1, 604, 1, 'AdsTable', 'Rejected', '{"filter": {"review": ["REJECTED"]}}', true, '2026-05-05 08:00+00', '2026-05-05 08:00+00'),
  (2, 605, 2, 'CampaignsTable', 'Foreign view', '{}', true, '2026-05-05 08:00+00', '2026-05-05 08:00+00');

INSERT INTO report_template (advertiser_id, id, owner_id, name, level, columns, filters, schedule, created_at, updated_at) VALUES
  (1, 701, 1, 'Weekly numbers', 'CAMPAIGN', '{name,SPEND,IMPRESSIONS,CTR}', '{"filter": {"status": ["ACTIVE"]}, "report": {"dates": {"preset": "LAST_7_DAYS"}}}', 'WEEKLY', '2026-04-01 08:00+00', '2026-05-01 08:00+00'),
  (1, 702, 3, 'Films', 'AD', '{name,VIDEO_STARTS,VIDEO_COMPLETION_RATE}', '{}', 'NONE', '2026-04-02 08:00+00', '2026-04-02 08:00+00'),
  (2, 703, 2, 'Foreign report', 'CAMPAIGN', '{name}', '{}', 'NONE', '2026-04-02 08:00+00', '2026-04-02 08:00+00');

INSERT INTO export_run (advertiser_id, id, user_id, name, level, format, state, rows, bytes, started_at, finished_at, error) VALUES
  (1, 801, 1, 'Campaigns, May', 'CAMPAIGN', 'CSV', 'FINISHED', 6, 1234, '2026-06-01 08:00+00', '2026-06-01 08:00:01.5+00', NULL),
  (1, 802, 3, 'All ads', 'AD', 'JSONL', 'FAILED', 120, 45678, '2026-06-02 08:00+00', '2026-06-02 08:01+00', 'The database took too long. Ask for less, or try again.'),
  (1, 803, 1, 'Ad groups', 'AD_GROUP', 'CSV', 'RUNNING', 0, 0, '2026-06-17 15:29+00', NULL, NULL),
  (2, 804, 2, 'Foreign export', 'AD', 'CSV', 'FINISHED', 1, 10, '2026-06-02 08:00+00', '2026-06-02 08:01+00', NULL);

INSERT INTO notification (advertiser_id, id, type, severity, entity_level, entity_id, text_key, params, state, created_at) VALUES
  (1, 901, 'AD_REJECTED', 'WARNING', 'AD', 1131, 'ad.rejected', '{"reasons": ["CLICKBAIT", "LANDING_PAGE_BROKEN"]}', 'READ', '2026-06-17 12:00+00'),
  (1, 902, 'BUDGET_SPENT', 'CRITICAL', 'CAMPAIGN', 15, 'campaign.budgetSpent', '{"budget": {"micros": "9000000", "currency": "USD"}}', 'UNREAD', '2026-05-26 04:00+00'),
  (1, 903, 'CAMPAIGN_ENDING', 'INFO', 'CAMPAIGN', 12, 'campaign.endsSoon', '{"endsAt": "2026-09-01T04:00:00Z"}', 'DISMISSED', '2026-06-17 13:00+00'),
  (1, 904, 'INVOICE_OVERDUE', 'CRITICAL', NULL, NULL, 'invoice.overdue', '{"number": "INV-202604-1", "dueOn": "2026-05-31"}', 'UNREAD', '2026-06-01 04:00+00'),
  (1, 905, 'TAG_SILENT', 'WARNING', 'CONVERSION_TAG', 802, 'tag.silent', '{"lastFiredAt": "2026-05-28T03:00:00Z"}', 'UNREAD', '2026-06-01 04:00+00'),
  (1, 906, 'AD_REJECTED', 'WARNING', 'AD', 1112, 'ad.rejected', '{"reasons": ["CLICKBAIT"]}', 'READ', '2026-02-06 04:00+00'),
  (2, 907, 'CREDIT_LOW', 'INFO', NULL, NULL, 'credit.low', '{}', 'UNREAD', '2026-06-01 04:00+00'),
  (3, 908, 'CREDIT_LOW', 'INFO', NULL, NULL, 'credit.low', '{}', 'UNREAD', '2026-06-01 04:00+00');

INSERT INTO recommendation (advertiser_id, id, type, entity_level, entity_id, params, state, spend_micros, spend_micros_after, pin_clicks, pin_clicks_after, checkouts, checkouts_after, created_at) VALUES
  (1, 951, 'RAISE_BUDGET', 'CAMPAIGN', 11, '{"budget": {"micros": "60000000", "currency": "USD"}}', 'OPEN', 12345678, 15000000, 123, 150, 9, 11, '2026-06-10 04:00+00'),
  (1, 952, 'FIX_REJECTED_AD', 'AD', 1131, '{}', 'OPEN', 0, 2500000, 0, 20, NULL, NULL, '2026-06-11 04:00+00'),
  (1, 953, 'WIDEN_TARGETING', 'AD_GROUP', 113, '{}', 'DISMISSED', NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-12 04:00+00'),
  (2, 954, 'RAISE_BUDGET', 'CAMPAIGN', 21, '{}', 'OPEN', 1, 2, NULL, NULL, NULL, NULL, '2026-06-10 04:00+00'),
  (3, 955, 'RAISE_BUDGET', 'CAMPAIGN', 9007199254740993, '{}', 'OPEN', 5000000000, 6000000000, NULL, NULL, NULL, NULL, '2026-06-10 04:00+00');

INSERT INTO invitation (advertiser_id, id, email, roles, invited_by, created_at, expires_at, accepted_at, revoked_at) VALUES
  (1, 971, 'both@example.com', '{FINANCE_MANAGER}', 3, '2026-03-01 09:00+00', '2026-03-15 09:00+00', '2026-03-02 09:00+00', NULL),
  (1, 972, 'late@example.com', '{ADMIN}', 21, '2026-05-01 09:00+00', '2026-05-15 09:00+00', NULL, NULL),
  (1, 973, 'mistake@example.com', '{OWNER}', 1, '2026-05-02 09:00+00', '2026-05-16 09:00+00', NULL, '2026-05-02 09:01+00'),
  (1, 974, 'new@example.com', '{AUDIENCE_MANAGER,CAMPAIGN_MANAGER}', NULL, '2026-06-10 09:00+00', '2026-06-24 09:00+00', NULL, NULL),
  (2, 975, 'foreign@example.com', '{ANALYST}', 2, '2026-06-10 09:00+00', '2026-06-24 09:00+00', NULL, NULL);

INSERT INTO member_change (advertiser_id, id, at, actor_id, user_id, email, role, action) VALUES
  (1, 981, '2024-01-02 03:04:05+00', NULL, 1, NULL, 'OWNER', 'GRANTED'),
  (1, 982, '2024-02-01 09:00+00', 1, 1, NULL, 'FINANCE_MANAGER', 'GRANTED'),
  (1, 983, '2024-02-01 09:01+00', 1, 3, NULL, 'ADMIN', 'GRANTED'),
  (1, 984, '2026-02-02 09:00+00', 1, 21, NULL, 'ADMIN', 'GRANTED'),
  (1, 985, '2026-03-01 09:00+00', 3, NULL, 'both@example.com', 'FINANCE_MANAGER', 'INVITED'),
  (1, 986, '2026-03-02 09:00+00', 3, 22, NULL, 'FINANCE_MANAGER', 'GRANTED'),
  (1, 987, '2026-03-03 09:00+00', 21, 22, NULL, 'ANALYST', 'GRANTED'),
  (1, 988, '2026-04-01 09:00+00', 1, 3, NULL, 'ADMIN', 'REVOKED'),
  (1, 989, '2026-05-01 09:00+00', 21, NULL, 'late@example.com', 'ADMIN', 'INVITED'),
  (1, 990, '2026-05-02 09:00+00', 1, NULL, 'mistake@example.com', 'OWNER', 'INVITED'),
  (1, 991, '2026-05-02 09:01+00', 1, NULL, 'mistake@example.com', 'OWNER', 'REVOKED'),
  (1, 992, '2026-05-15 09:00+00', NULL, NULL, 'late@example.com', 'ADMIN', 'EXPIRED'),
  (1, 993, '2026-06-10 09:00+00', NULL, NULL, 'new@example.com', 'CAMPAIGN_MANAGER', 'INVITED'),
  (1, 994, '2026-06-10 09:00+00', NULL, NULL, 'new@example.com', 'AUDIENCE_MANAGER', 'INVITED'),
  (2, 995, '2026-05-15 09:00+00', 2, 22, NULL, 'ADMIN', 'GRANTED');

INSERT INTO change (advertiser_id, id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at) VALUES
  (1, 801, 'CAMPAIGN', 11, 'status', '"DRAFT"', '"ACTIVE"', 3, 'UI', 'req-801', '2026-03-01 04:59+00'),
  (1, 802, 'CAMPAIGN', 11, 'name', '"Spring"', '"Spring sale"', 1, 'UI', 'req-802', '2026-06-02 03:59:59.999999+00'),
  (1, 803, 'CAMPAIGN', 11, 'budget', '{"micros": "40000000", "currency": "USD"}', '{"micros": "50000000", "currency": "USD"}', 1, 'API', 'req-802', '2026-06-02 04:00+00'),
  (1, 804, 'AD_GROUP', 112, 'status', '"ACTIVE"', '"PAUSED"', 21, 'BULK', 'req-804', '2026-06-03 16:00+00'),
  (1, 805, 'AD_GROUP', 112, 'bid', 'null', '{"micros": "1250000", "currency": "USD"}', 21, 'BULK', 'req-804', '2026-06-03 16:00+00'),
  (1, 806, 'AD', 1131, 'review', '"PENDING"', '"REJECTED"', NULL, 'SYSTEM', NULL, '2026-06-04 12:00+00'),
  (1, 807, 'AD', 1112, 'name', '"Boots"', NULL, 22, 'API', 'req-807', '2026-06-05 12:00+00'),
  (1, 808, 'MEMBER', 22, 'roles', '["ANALYST"]', '["ANALYST", "FINANCE_MANAGER"]', 1, 'UI', 'req-808', '2026-06-06 12:00+00'),
  (1, 809, 'ADVERTISER', 1, 'name', '"Acme"', '"Acme Outdoor"', 1, 'UI', 'req-809', '2026-06-07 12:00+00'),
  (1, 810, 'CAMPAIGN', 12, 'endAt', NULL, '"2026-09-01T04:00:00Z"', 1, 'UI', 'req-810', '2026-06-16 12:00+00'),
  (2, 811, 'CAMPAIGN', 21, 'name', '"Foreign"', '"Foreign campaign"', 2, 'UI', 'req-811', '2026-06-10 12:00+00'),
  (2, 812, 'CAMPAIGN', 11, 'name', '"Foreign"', '"Not Spring sale"', 2, 'UI', 'req-812', '2026-06-10 12:00+00'),
  (3, 813, 'CAMPAIGN', 9007199254740993, 'budget', NULL, '{"micros": "500000000000", "currency": "JPY"}', 1, 'UI', 'req-813', '2026-06-10 12:00+00');

-- What tests write comes after the rows above.
SELECT setval(pg_get_serial_sequence(t, 'id'), 100000) FROM unnest(ARRAY['campaign', 'ad_group', 'ad', 'keyword', 'change']) AS t;
