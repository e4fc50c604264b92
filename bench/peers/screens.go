package main

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"adsgraph/bench/hand"
	"adsgraph/internal/ads"
)

// screen is one of the things that all are asked for, with what varies from
// request to request.
type screen struct {
	title string
	hand  hand.Screen
	// days is how long its range is; the range before is as long. 0 for none.
	days int
	// subjects finds what is asked for, the largest first: an advertiser, and a
	// campaign or 0.
	subjects string
}

// Everybody is asked for several subjects and ranges in turn, so that no request
// is the one before.
var screens = []screen{ //nolint:gochecknoglobals // a table
	{"overview", hand.Overview, 60, largeAccounts},
	{"campaigns table", hand.CampaignsTable, 30, largeAccounts},
	{"campaigns table of the whale", hand.CampaignsTable, 30, whaleAccount},
	{"campaign detail", hand.CampaignDetail, 30, `-- name: BusyCampaigns
SELECT advertiser_id, campaign_id FROM ad_group_day
WHERE day > (SELECT max(day) FROM advertiser_day) - 30
GROUP BY advertiser_id, campaign_id ORDER BY count(DISTINCT ad_group_id) DESC, advertiser_id, campaign_id LIMIT 8`},
	{"nested list", hand.Nested, 0, whaleAccount},
}

const (
	largeAccounts = `-- name: LargeAccounts
SELECT advertiser_id, 0 FROM campaign WHERE advertiser_id > 2 GROUP BY advertiser_id ORDER BY count(*) DESC, advertiser_id LIMIT 4`
	whaleAccount = `-- name: WhaleAccount
SELECT advertiser_id, 0 FROM campaign GROUP BY advertiser_id ORDER BY count(*) DESC, advertiser_id LIMIT 1`
)

// bodies is how many requests take turns: many times the concurrency, so that the
// same are not under way at once, even if one takes as long as a lot of others.
const bodies = 512

// maxConcurrency keeps them from that.
const maxConcurrency = bodies / 16

// ends is how many days the ranges of a subject end on, one after another.
const ends = 8

// questions returns what a screen is asked for, in turn. The last range ends
// yesterday by the data, so that all of it is complete and in every account.
func (s screen) questions(ctx context.Context, db *sqlx.DB) ([]hand.Question, error) {
	var last string
	if err := db.GetContext(ctx, &last, "SELECT (max(day) - 1)::text FROM advertiser_day"); err != nil {
		return nil, fmt.Errorf("find the last day of the data: %w", err)
	}
	rows, err := db.QueryContext(ctx, s.subjects)
	if err != nil {
		return nil, fmt.Errorf("find what to ask for: %w", err)
	}
	defer func() { _ = rows.Close() }() // Err below tells what went wrong
	var list []hand.Question
	for rows.Next() {
		var q hand.Question
		if err := rows.Scan(&q.Advertiser, &q.Campaign); err != nil {
			return nil, err
		}
		if s.days == 0 {
			list = append(list, q)
			continue
		}
		for i := range ends {
			list = append(list, q.Ending(ads.Day(last).Add(-i), s.days))
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return list, nil
}
