package store

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// Planner returns a Store without a database, for operations that PlanOnly was
// asked of.
func Planner(now func() time.Time) *Store {
	return New(sqlx.NewDb(sql.OpenDB(noDatabase{}), "postgres"), now)
}

type noDatabase struct{}

func (noDatabase) Connect(context.Context) (driver.Conn, error) { return nil, errPlanning }
func (noDatabase) Driver() driver.Driver                        { return pq.Driver{} }

// PlanOnly lets the operation run nothing from now on: its reads are only noted
// down, see Planned, and return samples: a row for each list, something for each
// id, so that whoever reads below these goes on. Writes fail.
func (s *Stats) PlanOnly() { s.plans = true }

// Analyze lets PostgreSQL explain each read that the operation runs from now on,
// by running it once more.
func (s *Stats) Analyze() { s.analyzes = true }

// Planned returns the statements that were noted down instead of run.
func (s *Stats) Planned() []Execution {
	if !s.plans {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.statements)
}

// planning tells whether the operation that ctx belongs to runs nothing.
func planning(ctx context.Context) bool {
	s, ok := ctx.Value(statsKey{}).(*Stats)
	return ok && s.plans
}

// errPlanning is why a plan does not reach the database.
var errPlanning = errors.New("a plan neither writes nor reads")

type batchKey struct{}

// WithBatch returns a context whose statements belong to the batch of a loader,
// which has a number from 1 on.
func WithBatch(ctx context.Context, number int) context.Context {
	return context.WithValue(ctx, batchKey{}, number)
}

func batchOf(ctx context.Context) int {
	number, _ := ctx.Value(batchKey{}).(int)
	return number
}

// analyze runs a read that went well once more, for PostgreSQL's plan, if that is
// wanted. What it costs is not the operation's. The number is that of its record.
func (s *Store) analyze(ctx context.Context, q statement, number int) {
	stats, ok := ctx.Value(statsKey{}).(*Stats)
	if !ok || !stats.analyzes {
		return
	}
	on := s
	if to := routed(ctx); to != nil {
		on = to.replica.Store
	}
	db := on.db
	if q.fence.viewer != 0 {
		db = on.finders
	}
	var text []byte
	plan := json.RawMessage(`{"error":"it could not be explained"}`)
	err := db.QueryRowxContext(context.WithValue(ctx, fenceKey{}, q.fence), "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "+q.text, q.args...).Scan(&text)
	if err == nil {
		if p, err := planOf(text); err == nil {
			plan = p
		}
	}
	stats.mu.Lock()
	defer stats.mu.Unlock()
	stats.statements[number].Plan = plan
}

// told is what is told of a node of PostgreSQL's plan. Conditions and expressions
// are not among it: they hold values.
func told() []string {
	return []string{
		"Node Type", "Strategy", "Operation", "Parent Relationship", "Subplan Name", "Join Type", "Relation Name", "Alias", "CTE Name", "Function Name",
		"Index Name", "Scan Direction", "Parallel Aware", "Startup Cost", "Total Cost", "Plan Rows", "Plan Width",
		"Actual Startup Time", "Actual Total Time", "Actual Rows", "Actual Loops", "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter",
		"Heap Fetches", "Shared Hit Blocks", "Shared Read Blocks", "Temp Read Blocks", "Temp Written Blocks",
		"Sort Method", "Sort Space Used", "Sort Space Type", "Peak Memory Usage", "Disk Usage", "Hash Batches", "Cache Hits", "Cache Misses", "Subplans Removed",
	}
}

// planOf takes from the output of EXPLAIN (FORMAT JSON) what may be told.
func planOf(output []byte) (json.RawMessage, error) {
	var explained []map[string]any
	dec := json.NewDecoder(bytes.NewReader(output))
	dec.UseNumber()
	if err := dec.Decode(&explained); err != nil {
		return nil, err
	}
	if len(explained) != 1 {
		return nil, errors.New("PostgreSQL explained no single statement")
	}
	whole := map[string]any{"Plan": tellNode(explained[0]["Plan"])}
	for _, name := range []string{"Planning Time", "Execution Time"} {
		whole[name] = explained[0][name]
	}
	return json.Marshal(whole)
}

func tellNode(node any) map[string]any {
	from, _ := node.(map[string]any)
	to := map[string]any{}
	for _, name := range told() {
		if v, ok := from[name]; ok {
			to[name] = v
		}
	}
	if below, _ := from["Plans"].([]any); below != nil {
		list := make([]map[string]any, len(below))
		for i, n := range below {
			list[i] = tellNode(n)
		}
		to["Plans"] = list
	}
	return to
}

// The samples. They have what lets fields below them be read: a budget, parents,
// something that a notice is about.

// sampleAdvertiser stands for an advertiser that a plan asks for. The viewer may
// see all of it.
func sampleAdvertiser(id, viewer int64) *ads.Advertiser {
	return &ads.Advertiser{
		ID: id, ViewerID: viewer, Currency: "USD", TimeZone: "UTC", Zone: time.UTC, ViewerRoles: []ads.Role{ads.RoleOwner},
	}
}

// sampleOf completes what a level makes of a row without values. There is one
// sample for each kind of entity that it can be about.
func sampleOf(entity any) []any {
	one := int64(1)
	switch e := entity.(type) {
	case *ads.Campaign:
		e.DailyBudgetMicros = &one
	case *ads.AdGroup:
		e.CampaignID, e.BudgetMicros, e.BudgetType = one, &one, ads.BudgetDaily
	case *ads.Ad:
		e.CampaignID, e.AdGroupID, e.PinID, e.Pin = one, one, one, &ads.Pin{Advertiser: e.Advertiser, ID: one}
	case *ads.Keyword:
		e.CampaignID, e.AdGroupID = one, &one
	case *ads.Notification:
		return each(subjects(), func(s ads.Subject) any { c := *e; c.Subject = s; return &c })
	case *metrics.Recommendation:
		return each(subjects(), func(s ads.Subject) any { c := *e; c.Subject = s; return &c })
	case *ads.Change:
		return each(subjects(), func(s ads.Subject) any {
			c := *e
			c.EntityLevel, c.EntityID, c.EntityName = ads.ChangeLevel(s.Level), s.ID, s.Name
			return &c
		})
	}
	return []any{entity}
}

// subjects is what notices can be about.
func subjects() (list []ads.Subject) {
	name := ""
	for _, level := range []ads.Level{ads.LevelCampaign, ads.LevelAdGroup, ads.LevelAd, ads.LevelConversionTag} {
		list = append(list, ads.Subject{Level: level, ID: 1, Name: &name})
	}
	return list
}

func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}
