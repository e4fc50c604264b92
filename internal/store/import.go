package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// Import takes what files of other systems hold into the database, in one
// transaction. Rows go to temporary tables first, in any order, but for most of those
// of advertisers that it creates; Finish works out what they change and writes that
// and nothing else. One import runs at a time.
type Import struct {
	*Loading
	store  *Store
	dryRun bool
	behind chan error // the sending that goes on, nil if none does
	// invented is how many ids a dry run made up.
	invented int64
	// from and until are the months whose partitions are known to be there.
	from, until time.Time

	// Days takes numbers of ads by day; of an ad and day the row with the highest
	// version counts, then that of the later line, then the greater one. Columns:
	// advertiser_id, campaign_id, ad_group_id, ad_id, day, version, line, and the
	// measures of the day tables.
	Days *Copy
	// NewDays, NewConversions, NewPinDays and NewGroupDays take rows of advertisers that
	// the import creates as they are to stand in ad_day, ad_conversion, pin_day and
	// ad_group_day; call HasMonth before. An ad and day is sent once. If another row of it
	// comes, that one goes to Days, the plan's Redo names the day, and Sent takes
	// advertiser_id, ad_id, day and version of the first.
	NewDays, NewConversions, NewPinDays, NewGroupDays, Sent *Copy
	// Scope takes what is to be replaced: advertiser_id, campaign_id, day, grain. A
	// campaign_id of 0 is the whole account. grain is how fine the numbers are: 0 for
	// accounts, 1 for campaigns, 2 for ad groups, 3 for ads.
	Scope *Copy
	// Coarse takes numbers that finer ones are compared with: advertiser_id, grain,
	// entity_id, day, version, line, spend_micros, impressions_paid, clicks_paid.
	Coarse *Copy
	// Breakdowns takes numbers of ad groups by viewer: advertiser_id, grain,
	// campaign_id, entity_id, item_id, dimension, value, day, version, line and the
	// measures of breakdown_day. entity_id is the ad group, item_id it or one of its
	// ads.
	Breakdowns *Copy
	// Advertisers, Campaigns, AdGroups, Pins and Ads take objects that are new, or
	// whose version is newer than the one stored, in columns of their tables. Names
	// takes the names of objects of which nothing else is new: advertiser_id, level,
	// id, name.
	Advertisers, Campaigns, AdGroups, Pins, Ads, Names *Copy
	// Accounts and Objects take what import_account and import_object are to hold.
	Accounts, Objects *Copy
}

// ErrDatabaseFull says that the database has no room left; nothing was imported.
var ErrDatabaseFull = errors.New("the database's disk is full; nothing was imported")

// importLock lets one import run at a time. The number means nothing.
const importLock = `-- name: ImportLock
SELECT pg_advisory_xact_lock(7312094866)`

// errDryRun undoes a transaction that went well.
var errDryRun = errors.New("dry run")

// Import runs fill in a transaction of its own. With dryRun everything is worked
// out and nothing is kept.
func (s *Store) Import(ctx context.Context, dryRun bool, fill func(*Import) error) error {
	err := Load(ctx, s.db, func(l *Loading) error {
		im := &Import{Loading: l, store: s, dryRun: dryRun}
		defer func() { _ = im.wait() }() // fill's error says what matters
		if err := run(ctx, l.tx, importLock); err != nil {
			return err
		}
		if err := prepareForSums(ctx, l.tx); err != nil {
			return err
		}
		if err := im.tables(ctx); err != nil {
			return err
		}
		if err := fill(im); err != nil {
			return err
		}
		if dryRun {
			return errDryRun
		}
		return nil
	})
	if pq.As(err, "53100") != nil {
		return errors.Join(ErrDatabaseFull, err)
	}
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// The columns of the tables of objects that an import sets.
func importedColumns(table string) []string {
	switch table {
	case "advertiser":
		return []string{"id", "name", "country", "currency", "time_zone", "status", "created_at", "updated_at"}
	case "campaign":
		return []string{
			"advertiser_id", "id", "name", "objective", "status", "is_cbo", "daily_budget_micros", "lifetime_budget_micros", "is_flexible_daily",
			"start_at", "end_at", "created_at", "updated_at",
		}
	case "ad_group":
		return []string{
			"advertiser_id", "id", "campaign_id", "name", "status", "budget_type", "budget_micros", "bid_strategy", "bid_micros", "billable_event",
			"pacing", "placement", "auto_targeting", "start_at", "end_at", "created_at", "updated_at",
		}
	case "pin":
		return []string{"advertiser_id", "id", "title", "creative_type", "created_at", "updated_at"}
	default:
		return []string{
			"advertiser_id", "id", "campaign_id", "ad_group_id", "pin_id", "name", "status", "creative_type", "destination_url", "review_status",
			"rejected_reasons", "created_at", "updated_at",
		}
	}
}

// tables makes the temporary tables that an import gathers in.
func (im *Import) tables(ctx context.Context) error {
	measures, viewers := strings.Join(measureColumns(), ", "), strings.Join(breakdownColumns(), ", ")
	create := func(table, like string, columns ...string) (*Copy, error) {
		text := "-- name: ImportTable\nCREATE TEMP TABLE " + table + " ON COMMIT DROP AS SELECT " + strings.Join(columns, ", ") + " FROM " + like + " WITH NO DATA"
		if err := run(ctx, im.tx, text); err != nil {
			return nil, err
		}
		names := []string{}
		for c := range strings.SplitSeq(strings.Join(columns, ", "), ", ") {
			if i := strings.LastIndex(c, " AS "); i >= 0 {
				c = c[i+4:]
			}
			names = append(names, c)
		}
		return im.Table(table, names...), nil
	}
	for _, t := range []struct {
		copy        **Copy
		table, like string
		columns     []string
	}{
		{&im.Days, "import_day", "ad_group_day", []string{"advertiser_id, campaign_id, ad_group_id, ad_group_id AS ad_id, day, 0::bigint AS version, 0::bigint AS line", measures}},
		{&im.Sent, "import_sent", "ad_group_day", []string{"advertiser_id, ad_group_id AS ad_id, day, 0::bigint AS version"}},
		{&im.Scope, "import_scope", "campaign_day", []string{"advertiser_id, campaign_id, day, 0::int AS grain"}},
		{&im.Coarse, "import_coarse", "ad_group_day", []string{"advertiser_id, 0::int AS grain, ad_group_id AS entity_id, day, 0::bigint AS version, 0::bigint AS line, spend_micros, impressions_paid, clicks_paid"}},
		{&im.Breakdowns, "import_breakdown", "breakdown_day", []string{"advertiser_id, 0::int AS grain, 0::bigint AS campaign_id, entity_id, 0::bigint AS item_id, dimension, value, day, 0::bigint AS version, 0::bigint AS line", viewers}},
		{&im.Advertisers, "import_advertiser", "advertiser", importedColumns("advertiser")},
		{&im.Campaigns, "import_campaign", "campaign", importedColumns("campaign")},
		{&im.AdGroups, "import_ad_group", "ad_group", importedColumns("ad_group")},
		{&im.Pins, "import_pin", "pin", importedColumns("pin")},
		{&im.Ads, "import_ad", "ad", importedColumns("ad")},
		{&im.Names, "import_name", "import_object", []string{"advertiser_id, level, id, external_id AS name"}},
		{&im.Accounts, "import_new_account", "import_account", []string{"source, external_id, advertiser_id, version"}},
		{&im.Objects, "import_new_object", "import_object", []string{"advertiser_id, level, external_id, stands_for, id, version"}},
	} {
		var err error
		if *t.copy, err = create(t.table, t.like, t.columns...); err != nil {
			return err
		}
	}
	im.NewDays = im.Table("ad_day", append(strings.Split(adDayKey, ", "), measureColumns()...)...)
	im.NewConversions = im.Table("ad_conversion", append(strings.Split(conversionKey, ", "), "conversions", "value_micros")...)
	im.NewPinDays = im.Table("pin_day", append([]string{"advertiser_id", "pin_id", "day"}, measureColumns()...)...)
	im.NewGroupDays = im.Table("ad_group_day", append([]string{"advertiser_id", "campaign_id", "ad_group_id", "day"}, measureColumns()...)...)
	return nil
}

// FlushBehind sends the gathered rows if they have become many, while the caller
// gathers the next ones. It waits for the sending before.
func (im *Import) FlushBehind(ctx context.Context) error {
	size := 0
	for _, c := range im.Tables() {
		size += len(c.text)
	}
	if size < copyBytes {
		return nil
	}
	if err := im.wait(); err != nil {
		return err
	}
	type block struct {
		*Copy
		text []byte
	}
	var blocks []block
	for _, c := range im.Tables() {
		if c.err != nil {
			return fmt.Errorf("copy into %s: %w", c.name, c.err)
		}
		if len(c.text) > 0 {
			blocks = append(blocks, block{c, c.text})
			c.text, c.spare = c.spare[:0], c.text
		}
	}
	done := make(chan error, 1)
	im.behind = done
	go func() {
		for _, b := range blocks {
			if err := im.conn.Raw(func(connection any) error { return b.send(ctx, connection, b.text) }); err != nil {
				done <- fmt.Errorf("copy into %s: %w", b.name, err)
				return
			}
		}
		done <- nil
	}()
	return nil
}

// wait ends when nothing is being sent.
func (im *Import) wait() error {
	if im.behind == nil {
		return nil
	}
	err := <-im.behind
	im.behind = nil
	return err
}

// ImportedAccount is an account of another system that was imported before.
type ImportedAccount struct {
	ID                 int64 `db:"id"`
	Version            int64
	Name               string
	Currency, TimeZone string
	Objects            []ImportedObject
}

// ImportedObject is an object of such an account.
type ImportedObject struct {
	Level      ads.Level
	ExternalID string `db:"external_id"`
	StandsFor  string `db:"stands_for"`
	ID         int64
	Version    int64
	// ParentID is the campaign of an ad group, or the ad group of an ad; PinID is
	// an ad's.
	ParentID int64 `db:"parent_id"`
	PinID    int64 `db:"pin_id"`
}

const importedAccount = `-- name: ImportedAccount
SELECT a.id, i.version, a.name, a.currency, a.time_zone AS timezone
FROM import_account AS i
JOIN advertiser AS a ON a.id = i.advertiser_id
WHERE i.source = $1 AND i.external_id = $2`

const importedObjects = `-- name: ImportedObjects
SELECT i.level, i.external_id, i.stands_for, i.id, i.version, coalesce(g.campaign_id, x.ad_group_id, 0) AS parent_id, coalesce(x.pin_id, 0) AS pin_id
FROM import_object AS i
LEFT JOIN ad_group AS g ON i.level = 'AD_GROUP' AND g.advertiser_id = $1 AND g.id = i.id
LEFT JOIN ad AS x ON i.level = 'AD' AND x.advertiser_id = $1 AND x.id = i.id
WHERE i.advertiser_id = $1`

// Account returns an account with all its objects, or nil if it was not imported
// before. It may be called while rows are being sent.
func (im *Import) Account(ctx context.Context, source, externalID string) (*ImportedAccount, error) {
	a := &ImportedAccount{}
	switch err := im.store.db.GetContext(ctx, a, importedAccount, source, externalID); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil //nolint:nilnil // there is none, and that is no error
	case err != nil:
		return nil, fmt.Errorf("ImportedAccount: %w", err)
	}
	if err := im.store.db.SelectContext(ctx, &a.Objects, importedObjects, a.ID); err != nil {
		return nil, fmt.Errorf("ImportedObjects: %w", err)
	}
	return a, nil
}

// NewIDs returns n ids for new objects of a level. Those of a dry run are no
// numbers of the database's.
func (im *Import) NewIDs(ctx context.Context, level ads.Level, n int) (ids []int64, err error) {
	const newIDs = `-- name: NewIDs
SELECT nextval(pg_get_serial_sequence($1, 'id')) FROM generate_series(1, $2)`
	if im.dryRun {
		for range n {
			im.invented++
			ids = append(ids, -im.invented)
		}
		return ids, nil
	}
	if err := im.store.db.SelectContext(ctx, &ids, newIDs, strings.ToLower(string(level)), n); err != nil {
		return nil, fmt.Errorf("NewIDs: %w", err)
	}
	return ids, nil
}

// HasMonth sees to it that facts of a day can be written.
func (im *Import) HasMonth(ctx context.Context, day time.Time) error {
	return im.ensureMonths(ctx, day, day)
}

// ensureMonths makes the partitions of the days that are to be written, and of
// those up to the present. It does so in a transaction of its own, since the one of
// an import may be long, and others could not make partitions meanwhile. Months that
// stay empty do no harm.
func (im *Import) ensureMonths(ctx context.Context, first, last time.Time) error {
	if !im.from.IsZero() && !first.Before(im.from) && !last.After(im.until) {
		return nil
	}
	if err := im.wait(); err != nil {
		return err
	}
	now := im.store.now()
	var oldest sql.NullString
	if err := im.tx.GetContext(ctx, &oldest, oldestPartition); err != nil {
		return fmt.Errorf("OldestPartition: %w", err)
	}
	if t, err := time.Parse("2006_01", oldest.String); err == nil && t.Before(first) {
		first = t
	}
	if ahead := now.AddDate(0, 1, 0); last.Before(ahead) {
		last = ahead
	}
	im.from, im.until = first, last
	if im.dryRun {
		return EnsurePartitions(ctx, im.tx, first, last)
	}
	tx, err := im.store.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	const patience = `-- name: ImportPatience
SET LOCAL lock_timeout = '10s'`
	for _, text := range []string{waitForOthers, patience} {
		if err := run(ctx, tx, text); err != nil {
			return err
		}
	}
	if err := EnsurePartitions(ctx, tx, first, last); err != nil {
		return err
	}
	return tx.Commit()
}

const oldestPartition = `-- name: OldestPartition
SELECT min(substring(c.relname FROM '\d{4}_\d\d$'))
FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
WHERE i.inhparent = 'ad_day'::regclass`

// sorted returns ids in ascending order, the order in which locks are taken.
func sorted(ids []int64) []int64 { return slices.Compact(slices.Sorted(slices.Values(ids))) }

// count runs a statement and returns how many rows it wrote.
func count(ctx context.Context, tx *sqlx.Tx, text string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, wrap(ctx, statement{text: text}, err)
	}
	return result.RowsAffected()
}
