package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// ImportPlan is what Finish needs to know beside the rows.
type ImportPlan struct {
	// New are the advertisers that the import creates, Existing others that it has
	// numbers or objects of.
	New, Existing []int64
	// First and Last are the days that there are numbers of; empty if there are none.
	First, Last ads.Day
	// HasDuplicates tells whether an ad has several rows for a day.
	HasDuplicates bool
	// Redo are the days of new advertisers whose roll-ups are not what NewPinDays and
	// NewGroupDays took.
	Redo map[int64][]string
	// AsOf is up to when everything is counted, by advertiser.
	AsOf map[int64]time.Time
	// Owner becomes owner of the new advertisers; empty for nobody.
	Owner string
}

// ImportChanges is what an import changed, or would change.
type ImportChanges struct {
	// Created and Changed count objects by level.
	Created, Changed map[ads.Level]int64
	// Days is how many days of advertisers were replaced because something of them
	// changed; Added, Updated and Removed how many rows of ads by day.
	Days, Added, Updated, Removed int64
	// Breakdowns is how many rows of numbers by viewer were written or removed.
	Breakdowns int64
	// KeptFiner is how many rows were left aside because the database holds finer
	// numbers of their days.
	KeptFiner int64
	// Compared is how many coarser rows were compared with the sums of finer ones,
	// Different how many of them differ.
	Compared, Different int64
	Totals              []ImportTotal
	// IsOwnerNew tells whether the owner was unknown before.
	IsOwnerNew bool
}

// ImportTotal is what an advertiser has delivered in all, before and after.
type ImportTotal struct {
	ID                int64  `db:"id"`
	Name              string `db:"name"`
	Currency          string `db:"currency"`
	SpendBefore       int64  `db:"spend_before"`
	SpendAfter        int64  `db:"spend_after"`
	ImpressionsBefore int64  `db:"impressions_before"`
	ImpressionsAfter  int64  `db:"impressions_after"`
}

// Finish works out what the gathered rows change and writes that, with roll-ups,
// data versions and freshness.
func (im *Import) Finish(ctx context.Context, p ImportPlan) (*ImportChanges, error) {
	done := &ImportChanges{Created: map[ads.Level]int64{}, Changed: map[ads.Level]int64{}}
	if err := im.wait(); err != nil {
		return nil, err
	}
	if err := im.Flush(ctx); err != nil {
		return nil, err
	}
	last := map[int64]int64{} // the newest version of each advertiser
	for _, id := range sorted(p.Existing) {
		v, err := lockVersion(ctx, im.tx, id)
		if err != nil {
			return nil, err
		}
		last[id] = v
	}
	if p.First != "" {
		first, errFirst := time.Parse(time.DateOnly, string(p.First))
		end, errLast := time.Parse(time.DateOnly, string(p.Last))
		if errFirst != nil || errLast != nil {
			return nil, fmt.Errorf("days %s to %s", p.First, p.Last)
		}
		if err := im.ensureMonths(ctx, first, end); err != nil {
			return nil, err
		}
	}
	all := append(append([]int64{}, p.New...), p.Existing...)
	const before = `-- name: ImportBefore
CREATE TEMP TABLE import_before (advertiser_id bigint, spend numeric, impressions numeric) ON COMMIT DROP`
	const sumBefore = `-- name: ImportTotalsBefore
INSERT INTO import_before
SELECT y.advertiser_id, sum(y.spend_micros), sum(y.impressions_paid + y.impressions_earned)
FROM advertiser_day AS y WHERE y.advertiser_id = ANY ($1) GROUP BY y.advertiser_id`
	if err := run(ctx, im.tx, before); err != nil {
		return nil, err
	}
	if err := run(ctx, im.tx, sumBefore, pq.Array(p.Existing)); err != nil {
		return nil, err
	}
	moved, err := im.writeObjects(ctx, done)
	if err != nil {
		return nil, err
	}
	if im.Sent.Rows() > 0 {
		if err := im.takeBack(ctx, done); err != nil {
			return nil, err
		}
	}
	if p.HasDuplicates {
		if err := im.removeDuplicates(ctx); err != nil {
			return nil, err
		}
	}
	if err := im.writeNew(ctx, p, done); err != nil {
		return nil, err
	}
	if err := im.writeExisting(ctx, p, done); err != nil {
		return nil, err
	}
	if err := im.writeBreakdowns(ctx, done); err != nil {
		return nil, err
	}
	if err := im.follow(ctx, p, last, moved); err != nil {
		return nil, err
	}
	if err := im.compare(ctx, done); err != nil {
		return nil, err
	}
	if p.Owner != "" && len(p.New) > 0 {
		if done.IsOwnerNew, err = im.own(ctx, p.Owner, p.New); err != nil {
			return nil, err
		}
	}
	if err := im.tx.SelectContext(ctx, &done.Totals, importTotals, pq.Array(all)); err != nil {
		return nil, fmt.Errorf("ImportTotals: %w", err)
	}
	return done, nil
}

const importTotals = `-- name: ImportTotals
SELECT a.id, a.name, a.currency, coalesce(b.spend, 0)::bigint AS spend_before, coalesce(b.impressions, 0)::bigint AS impressions_before,
       coalesce(n.spend, 0)::bigint AS spend_after, coalesce(n.impressions, 0)::bigint AS impressions_after
FROM advertiser AS a
LEFT JOIN import_before AS b ON b.advertiser_id = a.id
LEFT JOIN (
  SELECT y.advertiser_id, sum(y.spend_micros) AS spend, sum(y.impressions_paid + y.impressions_earned) AS impressions
  FROM advertiser_day AS y WHERE y.advertiser_id = ANY ($1) GROUP BY y.advertiser_id
) AS n ON n.advertiser_id = a.id
WHERE a.id = ANY ($1)
ORDER BY a.id`

// writeObjects writes objects that are new or changed, and returns the advertisers
// of which an ad now shows another pin.
func (im *Import) writeObjects(ctx context.Context, done *ImportChanges) (moved []int64, err error) {
	const movedPins = `-- name: ImportMovedPins
WITH moved AS (
  UPDATE ad_hour AS h SET pin_id = n.pin_id FROM import_ad AS n
  WHERE h.advertiser_id = n.advertiser_id AND h.ad_id = n.id AND h.pin_id IS DISTINCT FROM n.pin_id
)
SELECT DISTINCT x.advertiser_id FROM ad AS x JOIN import_ad AS n ON n.advertiser_id = x.advertiser_id AND n.id = x.id WHERE n.pin_id <> x.pin_id`
	if err := im.tx.SelectContext(ctx, &moved, movedPins); err != nil {
		return nil, fmt.Errorf("ImportMovedPins: %w", err)
	}
	for _, o := range []struct {
		table string
		level ads.Level
		fixed int // leading columns that never change
	}{
		{"advertiser", ads.LevelAdvertiser, 1},
		{"campaign", ads.LevelCampaign, 2},
		{"ad_group", ads.LevelAdGroup, 3},
		{"pin", ads.LevelPin, 2},
		{"ad", ads.LevelAd, 4},
	} {
		columns := importedColumns(o.table)
		list := strings.Join(columns, ", ")
		free := columns[o.fixed : len(columns)-2] // created_at and updated_at follow
		sets := make([]string, len(free))
		for i, c := range free {
			sets[i] = c + " = excluded." + c
		}
		key := "advertiser_id, id"
		if o.table == "advertiser" {
			key = "id"
			sets = sets[:len(sets)-3] // currency, time zone and status stay
			sets = append(sets, "status = excluded.status")
			free = append(append([]string{}, free[:2]...), "status")
		} else if o.table != "pin" {
			sets = append(sets, "version = t.version + 1")
		}
		text := "-- name: ImportObjects\nWITH written AS (\n  INSERT INTO " + o.table + " AS t (" + list + ")\n  SELECT " + list + " FROM import_" + o.table +
			"\n  ON CONFLICT (" + key + ") DO UPDATE SET " + strings.Join(append(sets, "updated_at = excluded.updated_at"), ", ") +
			"\n  WHERE (t." + strings.Join(free, ", t.") + ") IS DISTINCT FROM (excluded." + strings.Join(free, ", excluded.") + ")\n  RETURNING (xmax = 0) AS is_new\n)\n" +
			"SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
		var created, changed int64
		if err := im.tx.QueryRowContext(ctx, text).Scan(&created, &changed); err != nil {
			return nil, wrap(ctx, statement{text: text}, err)
		}
		done.Created[o.level] += created
		done.Changed[o.level] += changed
	}
	for _, level := range []ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd} {
		table := strings.ToLower(string(level))
		n, err := count(ctx, im.tx, "-- name: ImportNames\nUPDATE "+table+" AS t SET name = n.name, version = t.version + 1, updated_at = $2 FROM import_name AS n\n"+
			"WHERE n.level = $1 AND t.advertiser_id = n.advertiser_id AND t.id = n.id AND t.name IS DISTINCT FROM n.name", string(level), im.store.now())
		if err != nil {
			return nil, err
		}
		done.Changed[level] += n
	}
	const accounts = `-- name: ImportAccounts
INSERT INTO import_account (source, external_id, advertiser_id, version)
SELECT source, external_id, advertiser_id, version FROM import_new_account
ON CONFLICT (source, external_id) DO UPDATE SET version = excluded.version`
	const objects = `-- name: ImportedAs
INSERT INTO import_object (advertiser_id, level, external_id, stands_for, id, version)
SELECT advertiser_id, level, external_id, stands_for, id, version FROM import_new_object
ON CONFLICT (advertiser_id, level, external_id, stands_for) DO UPDATE SET version = excluded.version`
	if err := run(ctx, im.tx, accounts); err != nil {
		return nil, err
	}
	return moved, run(ctx, im.tx, objects)
}

// follow brings everything that is worked out from facts up to date: roll-ups,
// data versions with what was undone, hours, and freshness.
func (im *Import) follow(ctx context.Context, p ImportPlan, last map[int64]int64, moved []int64) error {
	if len(p.New) > 0 {
		if err := rollUpNew(ctx, im.tx, p); err != nil {
			return err
		}
	}
	var changed []struct {
		Advertiser int64          `db:"advertiser_id"`
		Days       pq.StringArray `db:"days"`
		Facts      bool           `db:"facts"`
	}
	if err := im.tx.SelectContext(ctx, &changed, changedDays, pq.Array(p.Existing)); err != nil {
		return fmt.Errorf("ImportChangedDays: %w", err)
	}
	now := im.store.now()
	for _, c := range changed {
		if err := rollUpDays(ctx, im.tx, c.Advertiser, c.Days); err != nil {
			return err
		}
		if c.Facts {
			if _, err := nextVersion(ctx, im.tx, c.Advertiser, last[c.Advertiser], now); err != nil {
				return err
			}
			end := ads.Day(c.Days[len(c.Days)-1])
			if err := removeHours(ctx, im.tx, c.Advertiser, metrics.Range{From: "2000-01-01", To: end}, now); err != nil {
				return err
			}
		}
		if err := notifyMetrics(ctx, im.tx, c.Advertiser); err != nil {
			return err
		}
	}
	for _, id := range sorted(p.New) {
		v, err := lockVersion(ctx, im.tx, id)
		if err != nil {
			return err
		}
		if _, err := nextVersion(ctx, im.tx, id, v, now); err != nil {
			return err
		}
	}
	for _, id := range moved {
		if err := rollUpPins(ctx, im.tx, id); err != nil {
			return err
		}
	}
	if err := im.keepUndone(ctx); err != nil {
		return err
	}
	return im.refresh(ctx, p.AsOf)
}

// rollUpNew works out the levels of new advertisers that did not come as rows.
func rollUpNew(ctx context.Context, tx *sqlx.Tx, p ImportPlan) error {
	levels := rollUps()
	groups, above, pins := levels[0], levels[1:3], levels[3]
	for _, id := range sorted(p.New) {
		if days := p.Redo[id]; len(days) > 0 {
			if err := rollUpLevels(ctx, tx, []rollUp{groups, pins}, "advertiser_id = $1", "day = ANY ($2::date[])", []any{id}, pq.Array(days)); err != nil {
				return err
			}
		}
	}
	const whose = "advertiser_id = ANY ($1)"
	if err := rollUpLevels(ctx, tx, above, whose, "true", []any{pq.Array(p.New)}); err != nil {
		return err
	}
	return rollUpRest(ctx, tx, whose, "true", []any{pq.Array(p.New)})
}

// changedDays are the days of which something changed, of advertisers that were
// there before.
const changedDays = `-- name: ImportChangedDays
SELECT advertiser_id, array_agg(day::text ORDER BY day) AS days, bool_or(facts) AS facts
FROM (
  SELECT advertiser_id, day, bool_or(facts) AS facts
  FROM (
    SELECT advertiser_id, day, true AS facts FROM import_diff
    UNION ALL SELECT advertiser_id, action_day, true FROM import_conversion_diff
    UNION ALL SELECT advertiser_id, day, false FROM import_breakdown_diff
  ) AS parts
  WHERE advertiser_id = ANY ($1)
  GROUP BY advertiser_id, day
) AS days
GROUP BY advertiser_id
ORDER BY advertiser_id`

// finalAfter is how many days before the newest data numbers stop changing:
// delivery is corrected for some days, and conversions come in for as long as the
// default attribution counts them.
const (
	finalDelivery   = 3
	finalConversion = 31
)

// refresh tells how far the numbers of advertisers go. Data never becomes older.
func (im *Import) refresh(ctx context.Context, asOf map[int64]time.Time) error {
	const upsert = `-- name: ImportFreshness
INSERT INTO freshness AS f (advertiser_id, family, data_as_of, final_through)
SELECT a.id, x.family, $2::timestamptz, ($2::timestamptz AT TIME ZONE a.time_zone)::date - x.final
FROM advertiser AS a, (VALUES ('DELIVERY', $3::int), ('CONVERSION', $4::int)) AS x (family, final)
WHERE a.id = $1
ON CONFLICT (advertiser_id, family) DO UPDATE SET data_as_of = excluded.data_as_of, final_through = greatest(f.final_through, excluded.final_through)
WHERE excluded.data_as_of > f.data_as_of`
	for id, at := range asOf {
		if err := run(ctx, im.tx, upsert, id, at, finalDelivery, finalConversion); err != nil {
			return err
		}
	}
	return nil
}

// own makes a person owner of new advertisers, and tells whether nobody knew the
// person before.
func (im *Import) own(ctx context.Context, email string, advertisers []int64) (isNew bool, err error) {
	const person = `-- name: ImportOwner
WITH made AS (
  INSERT INTO app_user (email, name) VALUES (lower($1), $1) ON CONFLICT (email) DO NOTHING RETURNING id
)
SELECT id, true AS is_new FROM made UNION ALL SELECT id, false FROM app_user WHERE email = lower($1)`
	const member = `-- name: ImportOwns
WITH owned AS (
  INSERT INTO member AS b (advertiser_id, user_id, role) SELECT a, $2, 'OWNER' FROM unnest($1::bigint[]) AS a RETURNING b.advertiser_id
)
INSERT INTO member_change (advertiser_id, at, user_id, role, action) SELECT advertiser_id, $3, $2, 'OWNER', 'GRANTED' FROM owned`
	var id int64
	if err := im.tx.QueryRowContext(ctx, person, email).Scan(&id, &isNew); err != nil {
		return false, fmt.Errorf("ImportOwner: %w", err)
	}
	return isNew, run(ctx, im.tx, member, pq.Array(advertisers), id, im.store.now())
}
