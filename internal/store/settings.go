package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// The settings of each level, in one order of columns: see scanSettings. Those of
// an ad come with what the rules ask about its pin.
const (
	campaignSettings = `SELECT c.id, c.version, c.name, c.status, c.objective,
  CASE WHEN c.daily_budget_micros IS NOT NULL THEN 'DAILY' WHEN c.lifetime_budget_micros IS NOT NULL THEN 'LIFETIME' ELSE '' END,
  coalesce(c.daily_budget_micros, c.lifetime_budget_micros), c.is_cbo,
  '', NULL::bigint, '', '', '', NULL::jsonb, c.start_at, c.end_at, 0, '', false, NULL::text, '', c.id, 0::bigint, '', NULL::timestamptz, NULL::timestamptz
FROM campaign AS c
WHERE c.advertiser_id = $1 AND `

	adGroupColumns = `SELECT g.id, g.version, g.name, g.status, c.objective, g.budget_type, g.budget_micros, c.is_cbo,
  coalesce(g.bid_strategy, ''), g.bid_micros, g.billable_event, g.pacing, g.placement, g.targeting, g.start_at, g.end_at, 0, '', false, NULL::text, '',
  c.id, 0::bigint, c.status, c.start_at, c.end_at
`
	adGroupSettings = adGroupColumns + `FROM ad_group AS g
JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = g.campaign_id
WHERE g.advertiser_id = $1 AND `

	adSettings = `SELECT d.id, d.version, d.name, d.status, c.objective, '', NULL::bigint, false,
  '', NULL::bigint, '', '', '', NULL::jsonb, NULL::timestamptz, NULL::timestamptz, d.pin_id, i.creative_type, i.is_deleted, d.destination_url, d.review_status,
  d.campaign_id, d.ad_group_id, CASE WHEN c.status = 'ARCHIVED' THEN c.status ELSE g.status END, NULL::timestamptz, NULL::timestamptz
FROM ad AS d
JOIN ad_group AS g ON g.advertiser_id = $1 AND g.id = d.ad_group_id
JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = d.campaign_id
JOIN pin AS i ON i.advertiser_id = $1 AND i.id = d.pin_id
WHERE d.advertiser_id = $1 AND `
)

// Statements that read settings, and those that keep others from changing them
// until the transaction ends.
const (
	readCampaigns = "-- name: CampaignSettings\n" + campaignSettings + "c.id = ANY($2)\nORDER BY c.id"
	readAdGroups  = "-- name: AdGroupSettings\n" + adGroupSettings + "g.id = ANY($2)\nORDER BY g.id"
	readAds       = "-- name: AdSettings\n" + adSettings + "d.id = ANY($2)\nORDER BY d.id"

	lockCampaigns = "-- name: LockCampaigns\n" + campaignSettings + "c.id = ANY($2)\nORDER BY c.id\nFOR UPDATE OF c"
	lockAdGroups  = "-- name: LockAdGroups\n" + adGroupSettings + "g.id = ANY($2)\nORDER BY g.id\nFOR UPDATE OF g"
	lockAds       = "-- name: LockAds\n" + adSettings + "d.id = ANY($2)\nORDER BY d.id\nFOR UPDATE OF d"

	lockCampaignsOfAdGroups = "-- name: LockCampaignsOfAdGroups\n" + campaignSettings +
		"c.id IN (SELECT g.campaign_id FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.id = ANY($2))\nORDER BY c.id\nFOR UPDATE OF c"

	// Those of parents lock what these belong to as well, and first: rows are locked in
	// the order of FROM.
	lockParentAdGroups = "-- name: LockParentAdGroups\n" + adGroupColumns + parentAdGroups + "g.id = ANY($2)" + parentOrder
	lockAdGroupsOfAds  = "-- name: LockAdGroupsOfAds\n" + adGroupColumns + parentAdGroups +
		"g.id IN (SELECT d.ad_group_id FROM ad AS d WHERE d.advertiser_id = $1 AND d.id = ANY($2))" + parentOrder
	parentAdGroups = `FROM campaign AS c
JOIN ad_group AS g ON g.advertiser_id = $1 AND g.campaign_id = c.id
WHERE c.advertiser_id = $1 AND `
	parentOrder = "\nORDER BY c.id, g.id\nFOR UPDATE OF c, g"

	// What is archived or thrown away is of no interest below anything.
	lockAdGroupsOfCampaigns = "-- name: LockAdGroupsOfCampaigns\n" + adGroupSettings + "g.campaign_id = ANY($2) AND g.status NOT IN ('ARCHIVED', 'DELETED_DRAFT')\nORDER BY g.id\nFOR UPDATE OF g"
	lockAdsOfCampaigns      = "-- name: LockAdsOfCampaigns\n" + adSettings + "d.campaign_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT')\nORDER BY d.id\nFOR UPDATE OF d"
	lockAdsOfAdGroups       = "-- name: LockAdsOfAdGroups\n" + adSettings + "d.ad_group_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT')\nORDER BY d.id\nFOR UPDATE OF d"
)

// writings returns the statements of a level: to read settings, to lock them, to
// store what changed, and to end what is below, which ads have none of.
func writings(level ads.Level) (read, lock, update, end string) {
	switch level {
	case ads.LevelCampaign:
		return readCampaigns, lockCampaigns, updateCampaigns, endBelowCampaigns
	case ads.LevelAdGroup:
		return readAdGroups, lockAdGroups, updateAdGroups, endBelowAdGroups
	default:
		return readAds, lockAds, updateAds, ""
	}
}

// scanSettings reads the settings of a level from a row.
func scanSettings(rows *sqlx.Rows, level ads.Level) (ads.Settings, error) {
	s := ads.Settings{Level: level}
	err := rows.Scan(&s.ID, &s.Version, &s.Name, &s.Status, &s.Objective, &s.BudgetType, &s.BudgetMicros, &s.IsCBO,
		&s.BidStrategy, &s.BidMicros, &s.BillableEvent, &s.Pacing, &s.Placement, &s.Targeting, &s.StartAt, &s.EndAt,
		&s.Pin.ID, &s.Pin.CreativeType, &s.Pin.IsDeleted, &s.DestinationURL, &s.Review,
		&s.CampaignID, &s.AdGroupID, &s.ParentStatus, &s.ParentStart, &s.ParentEnd)
	return s, err
}

// settingsRow is settings on their way into a table, as JSON.
type settingsRow struct {
	ID             int64           `json:"id"`
	CampaignID     int64           `json:"campaign_id"`
	AdGroupID      int64           `json:"ad_group_id,omitempty"`
	Name           *string         `json:"name"`
	Status         string          `json:"status"`
	Objective      string          `json:"objective,omitempty"`
	BudgetType     *string         `json:"budget_type"`
	IsCBO          bool            `json:"is_cbo"`
	Budget         *int64          `json:"budget"`
	BidStrategy    *string         `json:"bid_strategy"`
	Bid            *int64          `json:"bid"`
	BillableEvent  string          `json:"billable_event,omitempty"`
	Pacing         string          `json:"pacing,omitempty"`
	Placement      string          `json:"placement,omitempty"`
	Targeting      json.RawMessage `json:"targeting,omitempty"`
	StartAt        *time.Time      `json:"start_at"`
	EndAt          *time.Time      `json:"end_at"`
	PinID          int64           `json:"pin_id,omitempty"`
	CreativeType   string          `json:"creative_type,omitempty"`
	DestinationURL *string         `json:"destination_url"`
	Review         string          `json:"review,omitempty"`
	CopyOf         int64           `json:"copy_of,omitempty"`
}

// settingsColumns names the fields of settingsRow and their types, for
// jsonb_to_recordset.
const settingsColumns = `(id bigint, campaign_id bigint, ad_group_id bigint, name text, status text, objective text, budget_type text, is_cbo boolean, budget bigint,
    bid_strategy text, bid bigint, billable_event text, pacing text, placement text, targeting jsonb, start_at timestamptz, end_at timestamptz,
    pin_id bigint, creative_type text, destination_url text, review text, copy_of bigint)`

func rowOf(s ads.Settings) settingsRow {
	return settingsRow{
		ID: s.ID, CampaignID: s.CampaignID, AdGroupID: s.AdGroupID, Name: s.Name, Status: string(s.Status), Objective: string(s.Objective),
		BudgetType: textOrNull(string(s.BudgetType)), IsCBO: s.IsCBO, Budget: s.BudgetMicros, BidStrategy: textOrNull(string(s.BidStrategy)), Bid: s.BidMicros,
		BillableEvent: string(s.BillableEvent), Pacing: string(s.Pacing), Placement: string(s.Placement), Targeting: json.RawMessage(s.Targeting),
		StartAt: s.StartAt, EndAt: s.EndAt, PinID: s.Pin.ID, CreativeType: string(s.Pin.CreativeType), DestinationURL: s.DestinationURL, Review: string(s.Review),
	}
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// settingValue is a field of settings as the history keeps it.
type settingValue struct {
	name  string
	value any
}

// fieldsOf returns the fields of settings, as the contract shows them.
func fieldsOf(s ads.Settings, currency string) []settingValue {
	amount := func(micros *int64) any {
		if micros == nil {
			return nil
		}
		return map[string]string{"micros": fmt.Sprint(*micros), "currency": currency}
	}
	instant := func(t *time.Time) any {
		if t == nil {
			return nil
		}
		return t.UTC().Format(time.RFC3339)
	}
	objective, event := textOrNull(string(s.Objective)), textOrNull(string(s.BillableEvent))
	if s.Level != ads.LevelCampaign {
		objective = nil // it is the campaign's
	}
	if s.Level != ads.LevelAdGroup {
		event = nil // it is the ad group's
	}
	var pin any
	if s.Pin.ID != 0 {
		pin = ads.Ref{Level: ads.LevelPin, Advertiser: s.Advertiser, ID: s.Pin.ID}.String()
	}
	return []settingValue{
		{"name", s.Name},
		{"status", s.Status},
		{"objective", objective},
		{"budgetType", textOrNull(string(s.BudgetType))},
		{"budget", amount(s.BudgetMicros)},
		{"bidStrategy", textOrNull(string(s.BidStrategy))},
		{"bid", amount(s.BidMicros)},
		{"billableEvent", event},
		{"pacing", textOrNull(string(s.Pacing))},
		{"placement", textOrNull(string(s.Placement))},
		{"targeting", document(s.Targeting)},
		{"startAt", instant(s.StartAt)},
		{"endAt", instant(s.EndAt)},
		{"pin", pin},
		{"destinationUrl", s.DestinationURL},
		{"review", textOrNull(string(s.Review))},
	}
}

// document returns a JSON document so that equal ones are written alike.
func document(j ads.JSON) any {
	var v any
	if len(j) == 0 || json.Unmarshal(j, &v) != nil {
		return nil
	}
	return v
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "null" // cannot be: strings, numbers and maps of strings
	}
	return string(text)
}

// Settings returns the settings of campaigns, ad groups or ads of an advertiser as
// they are, by id.
func (s *Store) Settings(ctx context.Context, a *ads.Advertiser, level ads.Level, ids []int64) (map[int64]ads.Settings, error) {
	read, _, _, _ := writings(level)
	stored := make(map[int64]ads.Settings, len(ids))
	q := statement{text: read, args: []any{a.ID, pq.Array(ids)}, fence: fence{advertisers: []int64{a.ID}}}
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		one, err := scanSettings(rows, level)
		one.Advertiser = a.ID
		stored[one.ID] = one
		return err
	})
	return stored, err
}

// CheckPatches returns what patches make of settings, as Update would, and writes
// nothing. It needs a statement only for patches that name pins or audiences.
func (s *Store) CheckPatches(ctx context.Context, a *ads.Advertiser, level ads.Level, patches []ads.Patch, stored map[int64]ads.Settings) ([]Checked, error) {
	var others creatives
	for _, p := range patches {
		others.want(p)
	}
	if err := others.find(ctx, s, a); err != nil {
		return nil, err
	}
	return checkPatches(a, level, patches, stored, &others, s.now()), nil
}

// Differ tells whether settings differ in anything that a person sets.
func Differ(before, after ads.Settings) bool {
	return (&history{}).add(before, after, "")
}

// Namesakes counts the campaigns, ad groups or ads that have a name, in any case,
// and are neither archived nor thrown away.
func (s *Store) Namesakes(ctx context.Context, a *ads.Advertiser, level ads.Level, name string) (n int, err error) {
	lv := levels[level]
	b := &builder{}
	t := b.tenant(a, s.now())
	b.add("SELECT count(*) FROM ", lv.table, " AS ", lv.alias, "\nWHERE ", lv.alias, ".advertiser_id = ", t.id,
		" AND lower(", lv.alias, ".name) = lower(", b.arg(name), ") AND ", lv.alias, ".status NOT IN ('ARCHIVED', 'DELETED_DRAFT')")
	err = s.each(ctx, b.statement(lv.title+"Namesakes"), func(rows *sqlx.Rows) error { return rows.Scan(&n) })
	return n, err
}

// FieldStep is a field before and after, as the history shows it.
type FieldStep struct {
	Field    string
	Old, New ads.JSON
}

// Others returns the fields in which settings differ that ads.Diff does not have.
func Others(before, after ads.Settings, currency string) (steps []FieldStep) {
	old := fieldsOf(before, currency)
	for i, f := range fieldsOf(after, currency) {
		switch f.name {
		case "name", "status", "budget", "bid", "startAt", "endAt":
			continue
		}
		if was, is := asJSON(old[i].value), asJSON(f.value); was != is {
			steps = append(steps, FieldStep{f.name, ads.JSON(was), ads.JSON(is)})
		}
	}
	return steps
}
