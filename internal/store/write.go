package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// MaxPatches is the most items of one write.
const MaxPatches = 500

// KeyLife is how long an idempotency key holds.
const KeyLife = 24 * time.Hour

// Update changes campaigns, ad groups or ads of one advertiser, for its viewer,
// who must have been found to be allowed to.
type Update struct {
	Advertiser *ads.Advertiser
	Level      ads.Level
	Patches    []ads.Patch
	// SkipFailed applies the patches that break no rule even if others do;
	// otherwise all are applied or none.
	SkipFailed bool
	// Key makes the update have one effect however often it is sent; empty for
	// none. Hash tells its input from others.
	Key, Hash string
	// RequestID is that of the request, for the history.
	RequestID string
}

// Outcome is what became of an update's patches.
type Outcome struct {
	// Applied says of each patch whether it was applied.
	Applied []bool `json:"applied"`
	// Problems are the rules broken, by patch.
	Problems []ItemProblem `json:"problems"`
	// IsReplay is true if the update had been made before, with the same key.
	IsReplay bool `json:"-"`
}

// ItemProblem is a problem of the patch at an index.
type ItemProblem struct {
	Index int
	ads.Problem
}

// writing is what the statements of an update differ in by level.
type writing struct {
	// lock selects settings, in the order of settingsDest, for update.
	lock string
	// update sets what changed; its arguments are arrays.
	update string
	// archive archives what is below, with its history; empty for ads.
	archive string
}

// writings returns the statements of a level.
func writings(level ads.Level) writing {
	switch level {
	case ads.LevelCampaign:
		return writing{lockCampaigns, updateCampaigns, archiveBelowCampaigns}
	case ads.LevelAdGroup:
		return writing{lockAdGroups, updateAdGroups, archiveBelowAdGroups}
	default:
		return writing{lockAds, updateAds, ""}
	}
}

const lockCampaigns = `-- name: LockCampaigns
SELECT c.id, c.version, c.name, c.status,
  CASE WHEN c.daily_budget_micros IS NOT NULL THEN 'DAILY' WHEN c.lifetime_budget_micros IS NOT NULL THEN 'LIFETIME' ELSE '' END,
  coalesce(c.daily_budget_micros, c.lifetime_budget_micros), '', NULL::bigint, c.start_at, c.end_at,
  c.id, '', NULL::timestamptz, NULL::timestamptz
FROM campaign AS c
WHERE c.advertiser_id = $1 AND c.id = ANY($2)
ORDER BY c.id
FOR UPDATE`

const lockAdGroups = `-- name: LockAdGroups
SELECT g.id, g.version, g.name, g.status, g.budget_type, g.budget_micros, coalesce(g.bid_strategy, ''), g.bid_micros, g.start_at, g.end_at,
  c.id, c.status, c.start_at, c.end_at
FROM ad_group AS g
JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = g.campaign_id
WHERE g.advertiser_id = $1 AND g.id = ANY($2)
ORDER BY g.id
FOR UPDATE OF g`

const lockAds = `-- name: LockAds
SELECT d.id, d.version, d.name, d.status, '', NULL::bigint, '', NULL::bigint, NULL::timestamptz, NULL::timestamptz,
  d.campaign_id, CASE WHEN c.status = 'ARCHIVED' THEN c.status ELSE g.status END, NULL::timestamptz, NULL::timestamptz
FROM ad AS d
JOIN ad_group AS g ON g.advertiser_id = $1 AND g.id = d.ad_group_id
JOIN campaign AS c ON c.advertiser_id = $1 AND c.id = d.campaign_id
WHERE d.advertiser_id = $1 AND d.id = ANY($2)
ORDER BY d.id
FOR UPDATE OF d`

const updateCampaigns = `-- name: UpdateCampaigns
UPDATE campaign AS c
SET name = u.name, status = u.status, start_at = u.start_at, end_at = u.end_at, version = c.version + 1, updated_at = $9,
  daily_budget_micros = CASE WHEN c.daily_budget_micros IS NOT NULL THEN u.budget END,
  lifetime_budget_micros = CASE WHEN c.lifetime_budget_micros IS NOT NULL THEN u.budget END
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
  AS u (id, name, status, budget, bid, start_at, end_at)
WHERE c.advertiser_id = $1 AND c.id = u.id`

const updateAdGroups = `-- name: UpdateAdGroups
UPDATE ad_group AS g
SET name = u.name, status = u.status, budget_micros = u.budget, bid_micros = u.bid, start_at = u.start_at, end_at = u.end_at,
  version = g.version + 1, updated_at = $9
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
  AS u (id, name, status, budget, bid, start_at, end_at)
WHERE g.advertiser_id = $1 AND g.id = u.id`

const updateAds = `-- name: UpdateAds
UPDATE ad AS d
SET name = u.name, status = u.status, version = d.version + 1, updated_at = $9
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[], $8::timestamptz[])
  AS u (id, name, status, budget, bid, start_at, end_at)
WHERE d.advertiser_id = $1 AND d.id = u.id`

// What is below an archived entity is archived with it; drafts that were thrown
// away stay so. $2 is the ids above, $3 the actor, $4 the source, $5 the request,
// $6 the present.
const archiveBelowCampaigns = `-- name: ArchiveBelowCampaigns
WITH groups AS (
  SELECT g.id, g.status FROM ad_group AS g
  WHERE g.advertiser_id = $1 AND g.campaign_id = ANY($2) AND g.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY g.id FOR UPDATE
), ads AS (
  SELECT d.id, d.status FROM ad AS d
  WHERE d.advertiser_id = $1 AND d.campaign_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY d.id FOR UPDATE
), archived_groups AS (
  UPDATE ad_group AS g SET status = 'ARCHIVED', version = g.version + 1, updated_at = $6 FROM groups AS o WHERE g.advertiser_id = $1 AND g.id = o.id
), archived_ads AS (
  UPDATE ad AS d SET status = 'ARCHIVED', version = d.version + 1, updated_at = $6 FROM ads AS o WHERE d.advertiser_id = $1 AND d.id = o.id
)
INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
SELECT $1, o.entity_type, o.id, 'status', to_jsonb(o.status), '"ARCHIVED"'::jsonb, $3::bigint, $4::text, $5::text, $6::timestamptz
FROM (SELECT 'AD_GROUP' AS entity_type, id, status FROM groups UNION ALL SELECT 'AD', id, status FROM ads) AS o`

const archiveBelowAdGroups = `-- name: ArchiveBelowAdGroups
WITH ads AS (
  SELECT d.id, d.status FROM ad AS d
  WHERE d.advertiser_id = $1 AND d.ad_group_id = ANY($2) AND d.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') ORDER BY d.id FOR UPDATE
), archived_ads AS (
  UPDATE ad AS d SET status = 'ARCHIVED', version = d.version + 1, updated_at = $6 FROM ads AS o WHERE d.advertiser_id = $1 AND d.id = o.id
)
INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
SELECT $1, 'AD', o.id, 'status', to_jsonb(o.status), '"ARCHIVED"'::jsonb, $3::bigint, $4::text, $5::text, $6::timestamptz FROM ads AS o`

// addChanges keeps the history, and tells whoever follows the account.
const addChanges = `-- name: AddChanges
WITH added AS (
  INSERT INTO change (advertiser_id, entity_type, entity_id, field, old_value, new_value, actor_id, source, request_id, at)
  SELECT $1, $2, u.id, u.field, u.old::jsonb, u.new::jsonb, $7::bigint, $8::text, $9::text, $10::timestamptz
  FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[]) AS u (id, field, old, new)
)
SELECT pg_notify('` + channel + `', n) FROM unnest($11::text[]) AS n`

// claimKey takes a key, unless it was taken within its life.
const claimKey = `-- name: ClaimKey
INSERT INTO idempotency_key AS k (advertiser_id, user_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (advertiser_id, user_id, key) DO UPDATE SET request_hash = excluded.request_hash, outcome = NULL, created_at = excluded.created_at
WHERE k.created_at < $6
RETURNING k.key`

const readKey = `-- name: ReadKey
SELECT k.request_hash, k.outcome FROM idempotency_key AS k WHERE k.advertiser_id = $1 AND k.user_id = $2 AND k.key = $3`

// keepOutcome keeps what became of a request, and forgets keys whose life is over.
const keepOutcome = `-- name: KeepOutcome
WITH forgotten AS (DELETE FROM idempotency_key AS o WHERE o.advertiser_id = $1 AND o.created_at < $5)
UPDATE idempotency_key AS k SET outcome = $4 WHERE k.advertiser_id = $1 AND k.user_id = $2 AND k.key = $3`

// Update applies patches, with their history, in one transaction, in at most six
// statements. Items that break a rule are in the outcome; the error is for what
// concerns the whole request, such as a key that was used for another one.
func (s *Store) Update(ctx context.Context, u Update) (*Outcome, error) {
	w := &writer{Update: u, now: s.now().UTC(), does: writings(u.Level)}
	ctx = context.WithValue(ctx, fenceKey{}, fence{advertisers: []int64{u.Advertiser.ID}})
	if err := enter(ctx); err != nil {
		return nil, wrap(ctx, statement{text: w.does.lock}, err)
	}
	defer leave(ctx)
	tx, err := s.writers.BeginTxx(ctx, nil)
	if err != nil {
		return nil, wrap(ctx, statement{text: w.does.lock}, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	w.tx = tx
	if done, isReplay, err := w.claim(ctx); isReplay || err != nil {
		return &done, err
	}
	outcome, err := w.apply(ctx)
	if err != nil {
		return nil, err
	}
	if u.Key != "" {
		text, err := json.Marshal(outcome)
		if err != nil {
			return nil, fmt.Errorf("keep the outcome: %w", err)
		}
		if err := w.exec(ctx, keepOutcome, u.Advertiser.ID, u.Advertiser.ViewerID, u.Key, string(text), w.now.Add(-KeyLife)); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, wrap(ctx, statement{text: w.does.update}, err)
	}
	return outcome, nil
}

// writer is an update on its way.
type writer struct {
	Update
	does writing
	tx   *sqlx.Tx
	now  time.Time
}

// exec runs a statement of the transaction, counted like every other.
func (w *writer) exec(ctx context.Context, text string, args ...any) error {
	start, q := time.Now(), statement{text: text} //nolint:forbidigo // a duration
	result, err := w.tx.ExecContext(ctx, text, args...)
	rows := int64(0)
	if err == nil {
		rows, _ = result.RowsAffected()
	}
	record(ctx, q.name(), int(rows), time.Since(start))
	if err != nil {
		return wrap(ctx, q, err)
	}
	return nil
}

// claim takes the idempotency key. If it was used before for the same request,
// claim returns what became of that; others who send it at the same time wait.
func (w *writer) claim(ctx context.Context) (done Outcome, isReplay bool, err error) {
	if w.Key == "" {
		return done, false, nil
	}
	a, start := w.Advertiser, time.Now() //nolint:forbidigo // a duration
	q := statement{text: claimKey}
	var key string
	err = w.tx.GetContext(ctx, &key, claimKey, a.ID, a.ViewerID, w.Key, w.Hash, w.now, w.now.Add(-KeyLife))
	record(ctx, q.name(), 1, time.Since(start))
	switch {
	case err == nil:
		return done, false, nil
	case !errors.Is(err, sql.ErrNoRows):
		return done, false, wrap(ctx, q, err)
	}
	var (
		hash string
		text sql.NullString
	)
	q, start = statement{text: readKey}, time.Now() //nolint:forbidigo // a duration
	err = w.tx.QueryRowContext(ctx, readKey, a.ID, a.ViewerID, w.Key).Scan(&hash, &text)
	record(ctx, q.name(), 1, time.Since(start))
	if err != nil {
		return done, false, wrap(ctx, q, err)
	}
	if hash != w.Hash {
		return done, false, fault.New(fault.Conflict, "This idempotency key was used for another request. Make a new key for each change that you want.").In("idempotencyKey")
	}
	if err := json.Unmarshal([]byte(text.String), &done); err != nil {
		return done, false, fmt.Errorf("read the outcome of a key: %w", err)
	}
	done.IsReplay = true
	return done, true, nil
}

// apply checks all patches, and writes those that may be.
func (w *writer) apply(ctx context.Context) (*Outcome, error) {
	outcome := &Outcome{Applied: make([]bool, len(w.Patches)), Problems: []ItemProblem{}}
	stored, err := w.lock(ctx)
	if err != nil {
		return nil, err
	}
	var before, after []ads.Settings
	seen := map[int64]bool{}
	for i, p := range w.Patches {
		var problems []ads.Problem
		s, ok := stored[p.ID]
		next := s
		switch {
		case seen[p.ID]:
			problems = []ads.Problem{{Code: ads.ProblemDuplicate, Field: "id", Message: "The same id came before in this request."}}
		case !ok:
			problems = []ads.Problem{{Code: ads.ProblemNotFound, Field: "id", Message: "There is no such " + levels[w.Level].noun + " in this account."}}
		case s.Version != p.Version:
			problems = []ads.Problem{w.stale(s, p)}
		default:
			next, problems = s.Apply(p, w.Advertiser.Currency, w.now)
		}
		seen[p.ID] = true
		for _, problem := range problems {
			outcome.Problems = append(outcome.Problems, ItemProblem{i, problem})
		}
		if problems == nil {
			outcome.Applied[i] = true
			before, after = append(before, s), append(after, next)
		}
	}
	if len(outcome.Problems) > 0 && !w.SkipFailed {
		clear(outcome.Applied)
		return outcome, nil
	}
	return outcome, w.write(ctx, before, after)
}

// lock reads the settings of all items, which nobody else changes from then on.
func (w *writer) lock(ctx context.Context) (map[int64]ads.Settings, error) {
	ids := make([]int64, len(w.Patches))
	for i, p := range w.Patches {
		ids[i] = p.ID
	}
	start, q, n := time.Now(), statement{text: w.does.lock}, 0 //nolint:forbidigo // a duration
	defer func() { record(ctx, q.name(), n, time.Since(start)) }()
	rows, err := w.tx.QueryxContext(ctx, q.text, w.Advertiser.ID, pq.Array(ids))
	if err != nil {
		return nil, wrap(ctx, q, err)
	}
	stored := make(map[int64]ads.Settings, len(ids))
	n, err = scanAll(rows, func(rows *sqlx.Rows) error {
		s := ads.Settings{Level: w.Level}
		err := rows.Scan(&s.ID, &s.Version, &s.Name, &s.Status, &s.BudgetType, &s.BudgetMicros, &s.BidStrategy, &s.BidMicros, &s.StartAt, &s.EndAt,
			&s.CampaignID, &s.ParentStatus, &s.ParentStart, &s.ParentEnd)
		stored[s.ID] = s
		return err
	})
	if err != nil {
		return nil, wrap(ctx, q, err)
	}
	return stored, nil
}

// stale is the problem of a patch that was made from an older version, with the
// present values of what it was to change.
func (w *writer) stale(s ads.Settings, p ads.Patch) ads.Problem {
	current := map[string]any{"version": s.Version}
	for _, f := range fieldsOf(s, w.Advertiser.Currency) {
		if touched(p, f.name) {
			current[f.name] = f.value
		}
	}
	return ads.Problem{
		Code: ads.ProblemStale, Field: "version", Params: map[string]any{"current": current},
		Message: fmt.Sprintf("It was changed meanwhile: version %d is now %d. Look at the present values, and send the change with that version.", p.Version, s.Version),
	}
}

// touched tells whether a patch sets a field.
func touched(p ads.Patch, field string) bool {
	switch field {
	case "name":
		return p.Name.IsSet
	case "status":
		return p.Status.IsSet
	case "budget":
		return p.Budget.IsSet
	case "bid":
		return p.Bid.IsSet
	case "startAt":
		return p.StartAt.IsSet
	default:
		return p.EndAt.IsSet
	}
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
	return []settingValue{
		{"name", s.Name},
		{"status", s.Status},
		{"budget", amount(s.BudgetMicros)},
		{"bid", amount(s.BidMicros)},
		{"startAt", instant(s.StartAt)},
		{"endAt", instant(s.EndAt)},
	}
}

// write stores what changed, and the history of it.
func (w *writer) write(ctx context.Context, before, after []ads.Settings) error {
	var (
		ids, campaigns, archived []int64
		names, statuses          []sql.NullString
		budgets, bids            []sql.NullInt64
		starts, ends             []sql.NullTime

		changed            []int64
		fields, olds, nows []string
	)
	for i, s := range after {
		old := fieldsOf(before[i], w.Advertiser.Currency)
		touched := false
		for j, f := range fieldsOf(s, w.Advertiser.Currency) {
			was, is := asJSON(old[j].value), asJSON(f.value)
			if was == is {
				continue
			}
			touched = true
			changed, fields, olds, nows = append(changed, s.ID), append(fields, f.name), append(olds, was), append(nows, is)
		}
		if !touched {
			continue // what is so already makes no new version
		}
		ids, campaigns = append(ids, s.ID), append(campaigns, s.CampaignID)
		if s.Status == ads.StatusArchived && before[i].Status != ads.StatusArchived {
			archived = append(archived, s.ID)
		}
		names, statuses = append(names, nullable(s.Name)), append(statuses, sql.NullString{String: string(s.Status), Valid: true})
		budgets, bids = append(budgets, nullableInt(s.BudgetMicros)), append(bids, nullableInt(s.BidMicros))
		starts, ends = append(starts, nullableTime(s.StartAt)), append(ends, nullableTime(s.EndAt))
	}
	if len(ids) == 0 {
		return nil
	}
	a := w.Advertiser
	if err := w.exec(ctx, w.does.update, a.ID, pq.Array(ids), pq.Array(names), pq.Array(statuses), pq.Array(budgets), pq.Array(bids), pq.Array(starts), pq.Array(ends), w.now); err != nil {
		return err
	}
	source := "API"
	if len(ids) > 1 {
		source = "BULK"
	}
	request := sql.NullString{String: w.RequestID, Valid: w.RequestID != ""}
	if len(archived) > 0 && w.does.archive != "" {
		if err := w.exec(ctx, w.does.archive, a.ID, pq.Array(archived), a.ViewerID, source, request, w.now); err != nil {
			return err
		}
	}
	return w.exec(ctx, addChanges, a.ID, string(w.Level), pq.Array(changed), pq.Array(fields), pq.Array(olds), pq.Array(nows), a.ViewerID, source, request, w.now, pq.Array(payloads(a.ID, campaigns)))
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "null" // cannot be: strings, numbers and maps of strings
	}
	return string(text)
}

func nullable(s *string) sql.NullString {
	if s == nil {
		return sql.NullString{}
	}
	return sql.NullString{String: *s, Valid: true}
}

func nullableInt(n *int64) sql.NullInt64 {
	if n == nil {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: *n, Valid: true}
}

func nullableTime(t *time.Time) sql.NullTime {
	if t == nil {
		return sql.NullTime{}
	}
	return sql.NullTime{Time: *t, Valid: true}
}
