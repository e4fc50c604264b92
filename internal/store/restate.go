package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// VersionLife is how long the numbers that a load replaced can still be read by
// whoever began before it.
const VersionLife = 15 * time.Minute

// undoGrace is how much longer what was replaced is kept than cursors to it are
// accepted, so that an operation that was just let in finds it.
const undoGrace = 5 * time.Minute

// Restatement takes the numbers of some days of one advertiser in place of
// those that were there.
type Restatement struct {
	*Loading
	// AdDays, Conversions, Reach and Breakdowns take the rows, whose columns are
	// those of the tables ad_day, ad_conversion, reach and breakdown_day in their
	// order. Breakdowns are of ad groups.
	AdDays, Conversions, Reach, Breakdowns *Copy
	// AdHours takes the hours of the days, in the order of ad_hour's columns:
	// those of a day must add up to its AdDays.
	AdHours *Copy
}

// Restate replaces what is stored of the days from..to of an advertiser: its ad
// days and their hours, the conversions whose ad action was then, the reach
// counted up to one of those days, and the breakdowns of those days. Hours of
// days before those kept are removed. fill gives the new rows, which must be of
// those days. Roll-ups follow, and a data version is made, all in one
// transaction: others see nothing or everything. Restatements of one advertiser
// wait for each other.
func (s *Store) Restate(ctx context.Context, advertiser int64, from, to ads.Day, fill func(*Restatement) error) error {
	return Load(ctx, s.db, func(l *Loading) error {
		r := &Restatement{
			Loading: l,
			AdDays:  l.Table("ad_day", append([]string{"advertiser_id", "campaign_id", "ad_group_id", "ad_id", "day"}, measureColumns()...)...),
			Conversions: l.Table("ad_conversion", "advertiser_id", "campaign_id", "ad_group_id", "ad_id", "action_day", "lag_days", "event", "source",
				"credited_action", "conversions", "value_micros", "quantity"),
			Reach:      l.Table("reach", "advertiser_id", "level", "entity_id", "window_days", "as_of", "people"),
			Breakdowns: l.Table("breakdown_day", append([]string{"advertiser_id", "level", "entity_id", "dimension", "value", "day"}, breakdownColumns()...)...),
			AdHours:    l.Table("ad_hour", append([]string{"advertiser_id", "campaign_id", "ad_group_id", "ad_id", "pin_id", "hour"}, hourColumns()...)...),
		}
		version, err := newVersion(ctx, l.tx, advertiser, s.now())
		if err != nil {
			return err
		}
		days := []any{advertiser, version, string(from), string(to)}
		for _, u := range undos() {
			if err := run(ctx, l.tx, u.keep(), days...); err != nil {
				return err
			}
			if err := run(ctx, l.tx, u.remove(), advertiser, string(from), string(to)); err != nil {
				return err
			}
		}
		const removeBreakdowns = "-- name: RemoveBreakdowns\nDELETE FROM breakdown_day WHERE advertiser_id = $1 AND day BETWEEN $2 AND $3"
		if err := run(ctx, l.tx, removeBreakdowns, advertiser, string(from), string(to)); err != nil {
			return err
		}
		if err := removeHours(ctx, l.tx, advertiser, metrics.Range{From: from, To: to}, s.now()); err != nil {
			return err
		}
		if err := fill(r); err != nil {
			return err
		}
		if err := l.Flush(ctx); err != nil {
			return err
		}
		for _, u := range undos() {
			if err := run(ctx, l.tx, u.subtract(), days...); err != nil {
				return err
			}
		}
		if err := RollUp(ctx, l.tx, advertiser, string(from), string(to)); err != nil {
			return err
		}
		return notifyMetrics(ctx, l.tx, advertiser)
	})
}

// run executes a statement whose result does not matter.
func run(ctx context.Context, tx *sqlx.Tx, text string, args ...any) error {
	if _, err := tx.ExecContext(ctx, text, args...); err != nil {
		return wrap(ctx, statement{text: text}, err)
	}
	return nil
}

// newVersion takes the advertiser's lock, makes its next data version, and lets
// go of what is too old to be read.
func newVersion(ctx context.Context, tx *sqlx.Tx, advertiser int64, now time.Time) (int64, error) {
	last, err := lockVersion(ctx, tx, advertiser)
	if err != nil {
		return 0, err
	}
	return nextVersion(ctx, tx, advertiser, last, now)
}

// lockVersion takes the lock that loads of an advertiser take in turn, and returns
// its newest data version. Who takes several does so in the order of their ids.
func lockVersion(ctx context.Context, tx *sqlx.Tx, advertiser int64) (last int64, err error) {
	const first = `-- name: FirstVersion
INSERT INTO data_version (advertiser_id, version, oldest) VALUES ($1, 1, 1) ON CONFLICT DO NOTHING`
	const lock = `-- name: LockVersion
SELECT version FROM data_version WHERE advertiser_id = $1 FOR UPDATE`
	if err := run(ctx, tx, first, advertiser); err != nil {
		return 0, err
	}
	if err := tx.GetContext(ctx, &last, lock, advertiser); err != nil {
		return 0, fmt.Errorf("LockVersion: %w", err)
	}
	return last, nil
}

// nextVersion makes the version after the last one of an advertiser whose lock is
// taken, and lets go of what is too old to be read.
func nextVersion(ctx context.Context, tx *sqlx.Tx, advertiser, last int64, now time.Time) (int64, error) {
	const firstLoad = `-- name: FirstLoad
INSERT INTO data_load (advertiser_id, version) VALUES ($1, 1) ON CONFLICT DO NOTHING`
	const next = `-- name: NextVersion
UPDATE data_version
SET version = $2,
    oldest = greatest(oldest, (SELECT coalesce(max(o.version), 1) FROM data_load AS o WHERE o.advertiser_id = $1 AND o.version <= $3))
WHERE advertiser_id = $1`
	const load = `-- name: AddLoad
INSERT INTO data_load (advertiser_id, version) VALUES ($1, $2)`
	const forget = `-- name: ForgetLoads
DELETE FROM data_load
WHERE advertiser_id = $1 AND version < (SELECT o.oldest FROM data_version AS o WHERE o.advertiser_id = $1)`
	if last == 1 {
		if err := run(ctx, tx, firstLoad, advertiser); err != nil {
			return 0, err
		}
	}
	version := max(last+1, now.UnixMicro())
	if err := run(ctx, tx, next, advertiser, version, now.Add(-VersionLife).UnixMicro()); err != nil {
		return 0, err
	}
	if err := run(ctx, tx, load, advertiser, version); err != nil {
		return 0, err
	}
	if err := run(ctx, tx, forget, advertiser); err != nil {
		return 0, err
	}
	for _, u := range undos() {
		text := "-- name: ForgetUndone\nDELETE FROM " + u.into + " WHERE advertiser_id = $1 AND version <= $2"
		if err := run(ctx, tx, text, advertiser, now.Add(-VersionLife-undoGrace).UnixMicro()); err != nil {
			return 0, err
		}
	}
	return version, nil
}

// undo is a table of facts and the table that keeps what loads did to it, as
// differences: what was there before minus what is there now.
type undo struct {
	from, into string
	key        []string // beside advertiser_id
	day        string   // the column that a restatement's days are in
	values     []string
	// absent is the value that stands for a row that is not there.
	absent int
	// pins tells whether the ad's pin is kept too.
	pins bool
}

func undos() []undo {
	return []undo{
		{from: "ad_day", into: "ad_day_undo", key: []string{"campaign_id", "ad_group_id", "ad_id", "day"}, day: "day", values: measureColumns(), pins: true},
		{
			from: "ad_conversion", into: "ad_conversion_undo", day: "action_day",
			key:    []string{"campaign_id", "ad_group_id", "ad_id", "action_day", "lag_days", "event", "source", "credited_action"},
			values: []string{"conversions", "value_micros", "quantity"}, pins: true,
		},
		{from: "reach", into: "reach_undo", key: []string{"level", "entity_id", "window_days", "as_of"}, day: "as_of", values: []string{"people"}, absent: -1},
	}
}

// columns names the columns of the undo table beside advertiser_id and version.
func (u undo) columns() []string {
	columns := append([]string{}, u.key...)
	if u.pins {
		columns = append(columns, "pin_id")
	}
	return append(columns, u.values...)
}

// rows selects the facts of days $3 to $4, each value above absent times sign.
func (u undo) rows(sign string) string {
	columns := make([]string, 0, len(u.key)+len(u.values)+1)
	for _, c := range u.key {
		columns = append(columns, "y."+c)
	}
	joined := ""
	if u.pins {
		columns = append(columns, "x.pin_id")
		joined = "\n  LEFT JOIN ad AS x ON x.advertiser_id = $1 AND x.id = y.ad_id"
	}
	for _, c := range u.values {
		columns = append(columns, fmt.Sprintf("%s(y.%s - (%d)) AS %s", sign, c, u.absent, c))
	}
	return "SELECT " + strings.Join(columns, ", ") + "\n  FROM " + u.from + " AS y" + joined + "\n  WHERE y.advertiser_id = $1 AND y." + u.day + " BETWEEN $3 AND $4"
}

// keep returns the statement that keeps facts that are about to go.
func (u undo) keep() string {
	list := strings.Join(u.columns(), ", ")
	return "-- name: KeepReplaced\nINSERT INTO " + u.into + " (advertiser_id, version, " + list + ")\nSELECT $1, $2, " + list + " FROM (\n  " + u.rows("") + "\n) AS gone"
}

// remove returns the statement that removes facts.
func (u undo) remove() string {
	return "-- name: RemoveReplaced\nDELETE FROM " + u.from + " WHERE advertiser_id = $1 AND " + u.day + " BETWEEN $2 AND $3"
}

// subtract returns the statement that takes the new facts from those kept, and
// forgets where nothing changed.
func (u undo) subtract() string {
	columns := u.columns()
	list, keys := strings.Join(columns, ", "), len(columns)-len(u.values)
	sums, changed := make([]string, len(u.values)), make([]string, len(u.values))
	for i, c := range u.values {
		sums[i] = "sum(b." + c + ")::bigint"
		changed[i] = "sum(b." + c + ") <> 0"
	}
	key := "b." + strings.Join(columns[:keys], ", b.")
	return "-- name: SubtractNew\nWITH kept AS (\n  DELETE FROM " + u.into + " WHERE advertiser_id = $1 AND version = $2 RETURNING " + list + "\n)\nINSERT INTO " + u.into +
		" (advertiser_id, version, " + list + ")\nSELECT $1, $2, " + key + ", " + strings.Join(sums, ", ") + "\nFROM (\n  SELECT " + list + " FROM kept\n  UNION ALL\n  " +
		u.rows("-") + "\n) AS b\nGROUP BY " + key + "\nHAVING " + strings.Join(changed, " OR ")
}
