package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/demo"
	"adsgraph/internal/store"
)

// scaleDays is how many days of numbers everybody has: the range and the one
// before it.
const scaleDays = 60

// othersCampaigns is how many campaigns each advertiser has whom nobody asks for.
const othersCampaigns = 2

// sizes are how many campaigns the advertisers have who are asked for, by id from
// 1; mainSubject is the one that databases of all sizes are compared by.
func sizes() []int { return []int{10, 100, 1000, 10_000} }

const mainSubject = 2

// scaleShape is a temporary table of who has how many campaigns.
const scaleShape = `-- name: ScaleShape
CREATE TEMPORARY TABLE shape AS
SELECT a AS advertiser_id, CASE a WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 ELSE $2 END AS campaigns
FROM generate_series(1, $1::bigint) AS a`

// scaleData fills a migrated database from it. A campaign has an ad group with an ad.
// Numbers are laid down day by day, as they come in, so that those of an
// advertiser lie among those of all others. The owner sees who is asked for, and
// each other advertiser is somebody else's.
func scaleData() []string {
	return []string{
		`-- name: ScaleUsers
INSERT INTO app_user (id, email, name) SELECT advertiser_id, 'user' || advertiser_id || '@example.com', 'User' FROM shape`,
		`-- name: ScaleIdentity
INSERT INTO identity (issuer, subject, user_id) VALUES ('` + demo.Issuer + `', 'owner', 1)`,
		`-- name: ScaleAdvertisers
INSERT INTO advertiser (id, name, country, currency, time_zone) SELECT advertiser_id, 'Advertiser ' || advertiser_id, 'DE', 'EUR', 'Europe/Berlin' FROM shape`,
		`-- name: ScaleMembers
INSERT INTO member (advertiser_id, user_id, role) SELECT advertiser_id, CASE WHEN advertiser_id <= 4 THEN 1 ELSE advertiser_id END, 'OWNER' FROM shape`,
		`-- name: ScaleVersions
INSERT INTO data_version (advertiser_id, version, oldest) SELECT advertiser_id, 1, 1 FROM shape`,
		`-- name: ScaleLoads
INSERT INTO data_load (advertiser_id, version) SELECT advertiser_id, 1 FROM shape`,
		`-- name: ScaleFreshness
INSERT INTO freshness (advertiser_id, family, data_as_of, final_through)
SELECT advertiser_id, family, now(), current_date - 1 FROM shape CROSS JOIN (VALUES ('DELIVERY'), ('CONVERSION')) AS f (family)`,
		`-- name: ScaleCampaigns
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo, daily_budget_micros)
SELECT advertiser_id, advertiser_id * 100000 + n, 'Campaign ' || n, 'WEB_CONVERSION', true, 50000000 FROM shape CROSS JOIN LATERAL generate_series(1, campaigns) AS n`,
		`-- name: ScaleAdGroups
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, budget_type, billable_event) SELECT advertiser_id, id, id, 'Ad group', 'CBO_ADGROUP', 'CLICKTHROUGH' FROM campaign`,
		`-- name: ScalePins
INSERT INTO pin (advertiser_id, id, creative_type) SELECT advertiser_id, id, 'REGULAR' FROM campaign`,
		`-- name: ScaleAds
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, creative_type, review_status)
SELECT advertiser_id, id, id, id, id, 'Ad', 'REGULAR', 'APPROVED' FROM campaign`,
		`-- name: ScaleCampaignDays
INSERT INTO campaign_day (advertiser_id, campaign_id, day, spend_micros, impressions_paid, clicks_paid, checkouts, checkout_value_micros)
SELECT c.advertiser_id, c.id, current_date - d, 1000000 + (c.id * 7919 + d * 104729) % 90000000, 1000 + (c.id * 31 + d) % 9000, 10 + (c.id + d * 13) % 90,
  (c.id + d) % 5, ((c.id + d) % 5) * 25000000
FROM generate_series(` + fmt.Sprint(scaleDays) + `, 1, -1) AS d CROSS JOIN campaign AS c ORDER BY d DESC, c.advertiser_id, c.id`,
		`-- name: ScaleAdvertiserDays
INSERT INTO advertiser_day (advertiser_id, day, spend_micros, impressions_paid, clicks_paid, checkouts, checkout_value_micros)
SELECT advertiser_id, day, sum(spend_micros), sum(impressions_paid), sum(clicks_paid), sum(checkouts), sum(checkout_value_micros)
FROM campaign_day GROUP BY advertiser_id, day ORDER BY day, advertiser_id`,
		`-- name: ScaleLifetimes
INSERT INTO campaign_lifetime (advertiser_id, campaign_id, spend_micros, first_day, last_day)
SELECT advertiser_id, campaign_id, sum(spend_micros), min(day), max(day) FROM campaign_day GROUP BY advertiser_id, campaign_id`,
	}
}

// fillScale fills a migrated database with so many advertisers, all or none, unless
// it is filled.
func fillScale(ctx context.Context, db *sqlx.DB, advertisers int, progress io.Writer) error {
	filled, err := store.HasAdvertisers(ctx, db)
	if err != nil {
		return err
	}
	if !filled {
		if err := insertScale(ctx, db, advertisers, progress); err != nil {
			return err
		}
	}
	// What autovacuum would do by and by, while it is measured.
	_, err = db.ExecContext(ctx, "VACUUM ANALYZE")
	return err
}

func insertScale(ctx context.Context, db *sqlx.DB, advertisers int, progress io.Writer) error {
	began := time.Now()
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing after the commit
	if _, err := tx.ExecContext(ctx, scaleShape, advertisers, othersCampaigns); err != nil {
		return err
	}
	for _, text := range scaleData() {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("fill with %d advertisers: %w", advertisers, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(progress, "filled with %d advertisers in %.1f s\n", advertisers, time.Since(began).Seconds())
	return nil
}
