package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Health is what a check of Examine found.
type Health string

// The values of Health.
const (
	Fine   Health = "ok"
	Warned Health = "warn" // it works, and somebody should look at it
	Failed Health = "fail" // something does not work, or is about not to
)

// Finding is what one check found.
type Finding struct {
	Check  string `json:"check"`
	Health Health `json:"health"`
	// Detail says what is so, Do what to do about it; empty if nothing is.
	Detail string `json:"detail"`
	Do     string `json:"do,omitempty"`
}

// Examination is what a database is examined for.
type Examination struct {
	// Connections is the size of a server's pool; see Resize.
	Connections int
	// Timeout is how long its requests may take.
	Timeout time.Duration
	// Fenced is whether it uses row-level security.
	Fenced bool
	// Full compares all roll-ups with facts, not those of some advertisers.
	Full bool
	// Only names the checks to make besides those of version and schema; nil for all.
	Only []string
	// Now is the clock of this machine.
	Now func() time.Time
}

// StaleAfter is how old the numbers of an advertiser may be that comes in once a
// day, before somebody is told.
const StaleAfter = 26 * time.Hour

// examiner makes the checks of one examination.
type examiner struct {
	Examination
	db *sqlx.DB
	// current and target are the versions of the schema.
	current, target int64
}

// errStop ends an examination: what is left would only say the same again.
var errStop = errors.New("nothing else can be examined")

// alwaysMade is how many checks are made whatever is asked for: the others rely on
// them.
const alwaysMade = 2

type namedCheck struct {
	name string
	make func(context.Context) (Finding, error)
}

func (x *examiner) checks() []namedCheck {
	return []namedCheck{
		{"postgres", x.postgres},
		{"schema", x.schema},
		{"objects", x.objects},
		{"row security", x.rowSecurity},
		{"partitions", x.partitions},
		{"connections", x.connections},
		{"durability", x.durability},
		{"planner", x.planner},
		{"statement timeout", x.statementTimeout},
		{"writable", x.writable},
		{"clock", x.clock},
		{"freshness", x.freshness},
		{"statistics", x.statistics},
		{"vacuum", x.vacuum},
		{"roll-ups", x.rollUps},
	}
}

// CheckNames returns the names of the checks.
func CheckNames() (names []string) {
	for _, c := range (&examiner{}).checks() {
		names = append(names, c.name)
	}
	return names
}

// Examine looks at a database as its owner, and passes what it finds to report,
// check by check. A check that cannot be made has failed.
func Examine(ctx context.Context, db *sqlx.DB, e Examination, report func(Finding)) {
	x := &examiner{Examination: e, db: db}
	for i, c := range x.checks() {
		if x.Only != nil && i >= alwaysMade && !slices.Contains(x.Only, c.name) {
			continue
		}
		f, err := c.make(ctx)
		f.Check = c.name
		if f.Health == "" {
			f.Health = Fine
		}
		if err != nil && !errors.Is(err, errStop) {
			f = Finding{c.name, Failed, err.Error(), "find out why the check cannot be made"}
		}
		report(f)
		if errors.Is(err, errStop) || ctx.Err() != nil {
			return
		}
	}
}

func warn(do, format string, args ...any) Finding {
	return Finding{Health: Warned, Detail: fmt.Sprintf(format, args...), Do: do}
}

func fail(do, format string, args ...any) Finding {
	return Finding{Health: Failed, Detail: fmt.Sprintf(format, args...), Do: do}
}

func fine(format string, args ...any) Finding {
	return Finding{Health: Fine, Detail: fmt.Sprintf(format, args...)}
}

// some names the first few of a list.
func some(list []string) string {
	const most = 5
	if len(list) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(list[:most], ", "), len(list)-most)
	}
	return strings.Join(list, ", ")
}

func (x *examiner) postgres(ctx context.Context) (Finding, error) {
	var (
		version string
		number  int
	)
	if err := x.db.QueryRowContext(ctx, serverVersion).Scan(&version, &number); err != nil {
		return Finding{}, err
	}
	if err := checkServer(number, version); err != nil {
		return fail("upgrade PostgreSQL", "%v", err), errStop
	}
	return fine("PostgreSQL %s", version), nil
}

func (x *examiner) schema(ctx context.Context) (f Finding, err error) {
	x.current, x.target, err = versions(ctx, x.db)
	switch {
	case err != nil:
		return f, err
	case x.current < x.target:
		return fail("run adsgraph migrate", "the database has schema version %d, this program needs %d", x.current, x.target), errStop
	case x.current > x.target:
		return warn("bring this program up to date soon: a schema suits the release before it, and no older one",
			"the database has schema version %d, this program knows %d", x.current, x.target), nil
	}
	return fine("version %d", x.current), nil
}

// theObjects lists tables, views, indexes and constraints by name. Those of partitions
// have names that depend on the month, and come with those of their parents.
const theObjects = `-- name: SchemaObjects
SELECT o.object FROM (
  SELECT CASE c.relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || c.relname AS object
  FROM pg_class AS c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
  UNION ALL
  SELECT 'index ' || i.relname || ' of ' || c.relname
  FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_class AS c ON c.oid = x.indrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
  UNION ALL
  SELECT 'constraint ' || k.conname || ' of ' || c.relname
  FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
  WHERE c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition AND k.contype IN ('p', 'u', 'f', 'c', 'x')
) AS o
ORDER BY o.object COLLATE "C"`

const brokenObjects = `-- name: BrokenObjects
SELECT 'index ' || x.indexrelid::regclass FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT (x.indisvalid AND x.indisready)
UNION ALL
SELECT 'constraint ' || k.conname || ' of ' || k.conrelid::regclass FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT k.convalidated AND k.contype IN ('f', 'c')`

func (x *examiner) objects(ctx context.Context) (Finding, error) {
	var found, broken []string
	if err := x.db.SelectContext(ctx, &found, theObjects); err != nil {
		return Finding{}, err
	}
	if err := x.db.SelectContext(ctx, &broken, brokenObjects); err != nil {
		return Finding{}, err
	}
	expected := strings.Split(strings.TrimSpace(schemaObjects), "\n")
	missing := slices.DeleteFunc(slices.Clone(expected), func(o string) bool { return slices.Contains(found, o) })
	switch {
	case len(missing) > 0 && x.current > x.target:
		return warn("nothing, if the newer migrations removed it", "missing: %s", some(missing)), nil
	case len(missing) > 0:
		return fail("make it again as internal/store/migrations has it", "missing: %s", some(missing)), nil
	case len(broken) > 0:
		return fail("REINDEX INDEX CONCURRENTLY, or ALTER TABLE ... VALIDATE CONSTRAINT", "not valid: %s", some(broken)), nil
	}
	return fine("%d tables, views, indexes and constraints are there and valid", len(expected)), nil
}

const partitionNames = `-- name: PartitionNames
SELECT p.relname FROM pg_inherits AS i JOIN pg_class AS p ON p.oid = i.inhrelid WHERE i.inhparent = ANY ($1::regclass[])`

func (x *examiner) partitions(ctx context.Context) (Finding, error) {
	var found []string
	if err := x.db.SelectContext(ctx, &found, partitionNames, pq.Array(partitionedTables())); err != nil {
		return Finding{}, err
	}
	const do = "run adsgraph migrate, once a month at least; imports make the partitions that they need"
	var soon, later []string
	now := x.Now().UTC()
	for ahead := range monthsAhead + 1 {
		month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, ahead, 0)
		for _, table := range partitionedTables() {
			name := table + "_" + month.Format("2006_01")
			switch {
			case slices.Contains(found, name):
			case ahead <= 1:
				soon = append(soon, name)
			default:
				later = append(later, name)
			}
		}
	}
	switch {
	case len(soon) > 0:
		return fail(do, "missing: %s", some(append(soon, later...))), nil
	case len(later) > 0:
		return warn(do, "missing: %s", some(later)), nil
	}
	return fine("this month and %d more have theirs", monthsAhead), nil
}

func (x *examiner) clock(ctx context.Context) (Finding, error) {
	ahead, err := skew(ctx, x.db, x.Now)
	if err != nil {
		return Finding{}, err
	}
	if ahead.Abs() > MaxSkew {
		return warn("look at time synchronisation on both: what is valid for tokens and when changes were made depends on it",
			"the database's clock is %s ahead of this machine's", ahead.Round(time.Millisecond)), nil
	}
	return fine("the clocks differ by less than %s", MaxSkew), nil
}

const staleAdvertisers = `-- name: StaleAdvertisers
SELECT count(*), count(*) FILTER (WHERE f.oldest IS NULL), count(*) FILTER (WHERE f.oldest < $1)
FROM advertiser AS a
LEFT JOIN (SELECT o.advertiser_id, min(o.data_as_of) AS oldest FROM freshness AS o GROUP BY o.advertiser_id) AS f ON f.advertiser_id = a.id`

func (x *examiner) freshness(ctx context.Context) (Finding, error) {
	var all, never, stale int
	if err := x.db.QueryRowContext(ctx, staleAdvertisers, x.Now().Add(-StaleAfter)).Scan(&all, &never, &stale); err != nil {
		return Finding{}, err
	}
	if stale+never > 0 {
		return warn("look at what brings the numbers, such as adsgraph import", "of %d advertisers %d have numbers older than %s, and %d have none", all, stale, StaleAfter, never), nil
	}
	return fine("the numbers of %d advertisers are younger than %s", all, StaleAfter), nil
}

const sampledAdvertisers = `-- name: SampledAdvertisers
SELECT a.id FROM advertiser AS a ORDER BY random() LIMIT $1`

// sampled is how many advertisers' roll-ups are compared, unless all are.
const sampled = 3

func (x *examiner) rollUps(ctx context.Context) (Finding, error) {
	var only []int64
	whose := "all advertisers"
	if !x.Full {
		if err := x.db.SelectContext(ctx, &only, sampledAdvertisers, sampled); err != nil {
			return Finding{}, err
		}
		whose = fmt.Sprintf("%d advertisers by chance; --full compares all", len(only))
		if len(only) == 0 {
			return fine("there are no advertisers"), nil
		}
	}
	rows := int64(0)
	err := verify(ctx, x.db, only, func(c Check) { rows += c.Rows })
	if d, ok := errors.AsType[*DifferenceError](err); ok {
		return fail("import the days again, and keep the database as it is until it is known why; adsgraph verify says more", "%v", d), nil
	}
	if err != nil {
		return Finding{}, err
	}
	return fine("%d rows agree, of %s", rows, whose), nil
}
