package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// MaxPatches is the most items of one write.
const MaxPatches = 500

// Update changes campaigns, ad groups or ads of one advertiser.
type Update struct {
	Request
	Level   ads.Level
	Patches []ads.Patch
	// SkipFailed applies the patches that break no rule even if others do;
	// otherwise all are applied or none.
	SkipFailed bool
	// IsPlan says that the patches were planned: whatever keeps one from being
	// applied makes the plan stale, and none is.
	IsPlan bool
	// Ends is until when a plan can be applied; zero for ever.
	Ends time.Time
}

// Outcome is what became of an update's patches.
type Outcome struct {
	// Applied says of each patch whether it was applied.
	Applied []bool `json:"applied"`
	// Problems are the rules broken, by patch.
	Problems []ItemProblem `json:"problems"`
	// Undo takes back what was changed, as far as it can be.
	Undo []ads.Patch `json:"undo,omitempty"`
	// IsLate is true if the plan had ended: nothing was done.
	IsLate bool `json:"isLate,omitempty"`
	// IsReplay is true if the update had been made before, with the same key.
	IsReplay bool `json:"-"`
}

// ItemProblem is a problem of the item at an index.
type ItemProblem struct {
	Index int
	ads.Problem
}

const updateCampaigns = `-- name: UpdateCampaigns
UPDATE campaign AS c
SET name = u.name, status = u.status, objective = u.objective, start_at = u.start_at, end_at = u.end_at, version = c.version + 1, updated_at = $3,
  is_cbo = u.is_cbo,
  daily_budget_micros = CASE u.budget_type WHEN 'DAILY' THEN u.budget END,
  lifetime_budget_micros = CASE u.budget_type WHEN 'LIFETIME' THEN u.budget END
FROM jsonb_to_recordset($2::jsonb) AS u ` + settingsColumns + `
WHERE c.advertiser_id = $1 AND c.id = u.id`

const updateAdGroups = `-- name: UpdateAdGroups
UPDATE ad_group AS g
SET name = u.name, status = u.status, budget_type = u.budget_type, budget_micros = u.budget, bid_strategy = u.bid_strategy, bid_micros = u.bid,
  billable_event = u.billable_event, pacing = u.pacing, placement = u.placement, targeting = u.targeting, start_at = u.start_at, end_at = u.end_at,
  version = g.version + 1, updated_at = $3
FROM jsonb_to_recordset($2::jsonb) AS u ` + settingsColumns + `
WHERE g.advertiser_id = $1 AND g.id = u.id`

// Where a review starts anew, its result goes.
const updateAds = `-- name: UpdateAds
UPDATE ad AS d
SET name = u.name, status = u.status, pin_id = u.pin_id, creative_type = CASE WHEN u.pin_id = d.pin_id THEN d.creative_type ELSE u.creative_type END, destination_url = u.destination_url, review_status = u.review,
  rejected_reasons = CASE WHEN u.review = d.review_status THEN d.rejected_reasons ELSE '{}' END,
  reviewed_at = CASE WHEN u.review = d.review_status THEN d.reviewed_at END, version = d.version + 1, updated_at = $3
FROM jsonb_to_recordset($2::jsonb) AS u ` + settingsColumns + `
WHERE d.advertiser_id = $1 AND d.id = u.id`

// linkAudiences makes the audiences of ad groups those of the pairs in $3; $2 is
// the ad groups.
const linkAudiences = `-- name: LinkAudiences
WITH wanted AS (
  SELECT u.ad_group_id, u.audience_id, u.is_included FROM jsonb_to_recordset($3::jsonb) AS u (ad_group_id bigint, audience_id bigint, is_included boolean)
), gone AS (
  DELETE FROM ad_group_audience AS k WHERE k.advertiser_id = $1 AND k.ad_group_id = ANY($2)
    AND NOT EXISTS (SELECT FROM wanted AS w WHERE w.ad_group_id = k.ad_group_id AND w.audience_id = k.audience_id)
)
INSERT INTO ad_group_audience AS k (advertiser_id, ad_group_id, audience_id, is_included)
SELECT $1, w.ad_group_id, w.audience_id, w.is_included FROM wanted AS w
ON CONFLICT (advertiser_id, ad_group_id, audience_id) DO UPDATE SET is_included = excluded.is_included`

// What is below something that was archived, or a draft that was thrown away, is so
// with it. $2 is the ids above, $3 the actor, $4 the source, $5 the request, $6 the
// present, $7 the status.
const endBelowCampaigns = `-- name: EndBelowCampaigns
WITH groups AS (
  SELECT g.id, g.status FROM ad_group AS g
  WHERE g.advertiser_id = $1 AND g.campaign_id = ANY($2) AND g.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY g.id FOR UPDATE
), ads AS (
  SELECT d.id, d.status FROM ad AS d
  WHERE d.advertiser_id = $1 AND d.campaign_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY d.id FOR UPDATE
), ended_groups AS (
  UPDATE ad_group AS g SET status = $7::text, version = g.version + 1, updated_at = $6 FROM groups AS o WHERE g.advertiser_id = $1 AND g.id = o.id
), ended_ads AS (
  UPDATE ad AS d SET status = $7::text, version = d.version + 1, updated_at = $6 FROM ads AS o WHERE d.advertiser_id = $1 AND d.id = o.id
)
INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
SELECT $1, o.entity_type, o.id, 'status', to_jsonb(o.status), to_jsonb($7::text), $3::bigint, $4::text, $5::text, $6::timestamptz
FROM (SELECT 'AD_GROUP' AS entity_type, id, status FROM groups UNION ALL SELECT 'AD', id, status FROM ads) AS o`

const endBelowAdGroups = `-- name: EndBelowAdGroups
WITH ads AS (
  SELECT d.id, d.status FROM ad AS d
  WHERE d.advertiser_id = $1 AND d.ad_group_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY d.id FOR UPDATE
), ended_ads AS (
  UPDATE ad AS d SET status = $7::text, version = d.version + 1, updated_at = $6 FROM ads AS o WHERE d.advertiser_id = $1 AND d.id = o.id
)
INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
SELECT $1, 'AD', o.id, 'status', to_jsonb(o.status), to_jsonb($7::text), $3::bigint, $4::text, $5::text, $6::timestamptz FROM ads AS o`

// addChanges keeps the history, and tells whoever follows the account.
const addChanges = `-- name: AddChanges
WITH added AS (
  INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
  SELECT $1, u.level, u.id, u.field, u.old::jsonb, u.new::jsonb, $7::bigint, $8::text, $9::text, $10::timestamptz
  FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[]) AS u (level, id, field, old, new)
)
SELECT pg_notify('` + channel + `', n) FROM unnest($11::text[]) AS n`

// Update applies patches, with their history, in one transaction, in at most seven
// statements. Items that break a rule are in the outcome; the error is for what
// concerns the whole request, such as a key that was used for another one.
func (s *Store) Update(ctx context.Context, u Update) (*Outcome, error) {
	_, lock, _, _ := writings(u.Level)
	outcome, isReplay, err := transact(ctx, s, u.Request, lock, func(ctx context.Context, w *writer) (*Outcome, error) {
		return w.update(ctx, u)
	})
	if err != nil {
		return nil, err
	}
	outcome.IsReplay = isReplay
	return outcome, nil
}

// update checks all patches, and writes those that may be.
func (w *writer) update(ctx context.Context, u Update) (*Outcome, error) {
	outcome := &Outcome{Applied: make([]bool, len(u.Patches)), Problems: []ItemProblem{}}
	if !u.Ends.IsZero() && w.now.After(u.Ends) {
		outcome.IsLate = true
		return outcome, nil
	}
	_, lock, _, _ := writings(u.Level)
	stored, err := w.settings(ctx, lock, u.Level, patchedIDs(u.Patches))
	if err != nil {
		return nil, err
	}
	var others creatives
	for _, p := range u.Patches {
		others.want(p)
	}
	if err := others.read(ctx, w, nil, nil); err != nil {
		return nil, err
	}
	results := checkPatches(w.Advertiser, u.Level, u.Patches, stored, &others, w.now)
	var before, after []ads.Settings
	for i, r := range results {
		for _, problem := range r.Problems {
			if u.IsPlan {
				problem = ads.Problem{Code: ads.ProblemPlanStale, Message: "What was planned cannot be done any more: " + problem.Message, Params: map[string]any{"code": problem.Code}}
			}
			outcome.Problems = append(outcome.Problems, ItemProblem{i, problem})
		}
		if r.Problems != nil {
			continue
		}
		outcome.Applied[i] = true
		before, after = append(before, r.Before), append(after, r.After)
		if p, ok := ads.Undo(r.Before, r.After, r.Before.Version+1); ok {
			outcome.Undo = append(outcome.Undo, p)
		}
	}
	if len(outcome.Problems) > 0 && (u.IsPlan || !u.SkipFailed) {
		clear(outcome.Applied)
		outcome.Undo = nil
		return outcome, nil
	}
	return outcome, w.write(ctx, before, after)
}

func patchedIDs(patches []ads.Patch) []int64 {
	ids := make([]int64, len(patches))
	for i, p := range patches {
		ids[i] = p.ID
	}
	return ids
}

// Checked is what a patch makes of settings, or which rules it breaks.
type Checked struct {
	Before, After ads.Settings
	Problems      []ads.Problem // nil for none
}

// checkPatches applies patches to the settings that are stored, by id, and returns what
// they make of them.
func checkPatches(a *ads.Advertiser, level ads.Level, patches []ads.Patch, stored map[int64]ads.Settings, others *creatives, now time.Time) []Checked {
	results := make([]Checked, len(patches))
	seen := map[int64]bool{}
	for i, p := range patches {
		s, ok := stored[p.ID]
		r := Checked{Before: s, After: s}
		switch {
		case seen[p.ID]:
			r.Problems = []ads.Problem{{Code: ads.ProblemDuplicate, Field: "id", Message: "The same id came before in this request."}}
		case !ok:
			r.Problems = []ads.Problem{{Code: ads.ProblemNotFound, Field: "id", Message: "There is no such " + levels[level].noun + " in this account."}}
		case s.Version != p.Version:
			r.Problems = []ads.Problem{stale(s, p, a.Currency)}
		default:
			r.After, r.Problems = s.Apply(p, a.Currency, now)
			r.Problems = append(r.Problems, others.complete(&r.After, p, a)...)
		}
		seen[p.ID] = true
		results[i] = r
	}
	return results
}

// settings reads the settings of entities by a statement that locks them: nobody
// else changes them from then on.
func (w *writer) settings(ctx context.Context, lock string, level ads.Level, ids []int64) (map[int64]ads.Settings, error) {
	stored := make(map[int64]ads.Settings, len(ids))
	err := w.query(ctx, lock, func(rows *sqlx.Rows) error {
		s, err := scanSettings(rows, level)
		s.Advertiser = w.Advertiser.ID
		stored[s.ID] = s
		return err
	}, w.Advertiser.ID, pq.Array(ids))
	return stored, err
}

// stale is the problem of a patch that was made from an older version, with the
// present values of what it was to change.
func stale(s ads.Settings, p ads.Patch, currency string) ads.Problem {
	current := map[string]any{"version": s.Version}
	touched := touchedBy(p)
	for _, f := range fieldsOf(s, currency) {
		if touched[f.name] {
			current[f.name] = f.value
		}
	}
	return ads.Problem{
		Code: ads.ProblemStale, Field: "version", Params: map[string]any{"current": current},
		Message: fmt.Sprintf("It was changed meanwhile: version %d is now %d. Look at the present values, and send the change with that version.", p.Version, s.Version),
	}
}

// touchedBy returns the fields that a patch sets, by their names in the history.
func touchedBy(p ads.Patch) map[string]bool {
	return map[string]bool{
		"name": p.Name.IsSet, "status": p.Status.IsSet, "objective": p.Objective.IsSet, "budgetType": p.BudgetType.IsSet, "budget": p.Budget.IsSet,
		"bidStrategy": p.BidStrategy.IsSet, "bid": p.Bid.IsSet, "billableEvent": p.BillableEvent.IsSet, "pacing": p.Pacing.IsSet,
		"placement": p.Placement.IsSet, "targeting": p.Targeting.IsSet, "startAt": p.StartAt.IsSet, "endAt": p.EndAt.IsSet,
		"pin": p.PinID.IsSet, "destinationUrl": p.DestinationURL.IsSet,
	}
}

// history is changes on their way into the table.
type history struct {
	levels             []string
	ids                []int64
	fields, olds, nows []string
	campaigns          []int64 // to tell of
}

// add adds what differs between settings, and tells whether anything does.
func (h *history) add(before, after ads.Settings, currency string) bool {
	old, found := fieldsOf(before, currency), len(h.ids)
	for i, f := range fieldsOf(after, currency) {
		if was, is := asJSON(old[i].value), asJSON(f.value); was != is {
			h.levels, h.ids, h.fields = append(h.levels, string(after.Level)), append(h.ids, after.ID), append(h.fields, f.name)
			h.olds, h.nows = append(h.olds, was), append(h.nows, is)
		}
	}
	if len(h.ids) == found {
		return false
	}
	campaign := after.CampaignID
	if after.Level == ads.LevelCampaign {
		campaign = after.ID
	}
	h.campaigns = append(h.campaigns, campaign)
	return true
}

// write stores what changed, and the history of it. What is so already makes no
// new version.
func (w *writer) write(ctx context.Context, before, after []ads.Settings) error {
	var (
		h          history
		rows       = map[ads.Level][]settingsRow{}
		ended      = map[ads.Level]map[ads.EntityStatus][]int64{}
		retargeted []int64
		links      = []audienceLink{}
		n          int
	)
	for i, s := range after {
		if !h.add(before[i], s, w.Advertiser.Currency) {
			continue
		}
		n++
		rows[s.Level] = append(rows[s.Level], rowOf(s))
		if s.Status == ads.StatusArchived || s.Status == ads.StatusDeletedDraft {
			if ended[s.Level] == nil {
				ended[s.Level] = map[ads.EntityStatus][]int64{}
			}
			ended[s.Level][s.Status] = append(ended[s.Level][s.Status], s.ID)
		}
		if string(s.Targeting) != string(before[i].Targeting) {
			retargeted = append(retargeted, s.ID)
			links = append(links, linksOf(s)...)
		}
	}
	if n == 0 {
		return nil
	}
	source, request := w.source(n), sql.NullString{String: w.RequestID, Valid: w.RequestID != ""}
	for _, level := range [...]ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd} {
		_, _, update, end := writings(level)
		if list := rows[level]; len(list) > 0 {
			if err := w.exec(ctx, update, w.Advertiser.ID, asJSON(list), w.now); err != nil {
				return err
			}
		}
		for _, status := range [...]ads.EntityStatus{ads.StatusArchived, ads.StatusDeletedDraft} {
			list := ended[level][status]
			if len(list) == 0 || end == "" {
				continue
			}
			if err := w.exec(ctx, end, w.Advertiser.ID, pq.Array(list), w.Advertiser.ViewerID, source, request, w.now, string(status)); err != nil {
				return err
			}
		}
	}
	if len(retargeted) > 0 {
		if err := w.exec(ctx, linkAudiences, w.Advertiser.ID, pq.Array(retargeted), asJSON(links)); err != nil {
			return err
		}
	}
	return w.tell(ctx, h, source)
}

// source is how a request of so many items came in.
func (w *writer) source(items int) string {
	if items > 1 {
		return "BULK"
	}
	return "API"
}

// tell writes the history, and tells followers.
func (w *writer) tell(ctx context.Context, h history, source string) error {
	request := sql.NullString{String: w.RequestID, Valid: w.RequestID != ""}
	return w.exec(ctx, addChanges, w.Advertiser.ID, pq.Array(h.levels), pq.Array(h.ids), pq.Array(h.fields), pq.Array(h.olds), pq.Array(h.nows),
		w.Advertiser.ViewerID, source, request, w.now, pq.Array(payloads(w.Advertiser.ID, h.campaigns)))
}
