package store_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// twoTenants is advertisers 1 and 2, whose objects have the same ids.
const twoTenants = `
INSERT INTO app_user (id, email, name) VALUES (1, 'owner@example.com', 'Olga Owner');
INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Mine', 'US', 'USD', 'America/New_York'), (2, 'Other', 'DE', 'EUR', 'Europe/Berlin');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 1, 'OWNER'), (2, 1, 'OWNER');
INSERT INTO campaign (advertiser_id, id, name, objective, is_cbo)
  SELECT a, n, 'Campaign ' || n, 'AWARENESS', false FROM generate_series(1, 2) AS a, generate_series(1, 3) AS n;
INSERT INTO ad_group (advertiser_id, id, campaign_id, name, status, budget_type, billable_event)
  SELECT a, n, 1 + n % 3, 'Group ' || n, CASE n WHEN 3 THEN 'ARCHIVED' ELSE 'ACTIVE' END, 'CBO_ADGROUP', 'IMPRESSION'
  FROM generate_series(1, 2) AS a, generate_series(1, 5) AS n;`

// withObjects returns a store over the two tenants and more rows, and the
// tenants.
func withObjects(t *testing.T, sql string) (*store.Store, []*ads.Advertiser) {
	t.Helper()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(twoTenants + sql)
	s := pgtest.OpenDSN(t, dsn)
	return s, advertisers(t, s, 1, 2)
}

// sorting is one way to sort objects, worked out once more in Go: value
// returns the sort value, false if there is none.
type sorting[T any] struct {
	field string
	value func(*T) (any, bool)
}

// checkPaging pages through all objects below a parent by each sort field, in
// both directions and in pages of several sizes: they come in order, rows
// without a value last, without gap or repeat.
func checkPaging[T any](t *testing.T, s *store.Store, key store.ListKey, id func(*T) int64, want int, sorts []sorting[T]) {
	t.Helper()
	for _, by := range sorts {
		for _, descending := range []bool{false, true} {
			for _, first := range []int{1, 7, 200} {
				l := *key.List
				l.First, l.Page, l.Next, l.Count, l.Order = first, true, true, first == 7, store.Order{Field: by.field, Descending: descending}
				k := key
				k.List = &l
				rows, last := pages(t, s, k)
				if l.Count && last.Count != want {
					t.Errorf("%s: count %d, want %d", by.field, last.Count, want)
				}
				got := make([]*T, len(rows))
				for i, r := range rows {
					got[i] = r.Entity.(*T)
				}
				if len(got) != want {
					t.Fatalf("%s, descending %v, pages of %d: %d rows, want %d", by.field, descending, first, len(got), want)
				}
				for i := range len(got) - 1 {
					if !before(by, id, got[i], got[i+1], descending) {
						t.Fatalf("%s, descending %v: rows %d and %d are out of order: %+v, %+v", by.field, descending, i, i+1, got[i], got[i+1])
					}
				}
			}
		}
	}
}

// before tells whether a comes strictly before b, so that a row that comes
// twice is out of order too.
func before[T any](by sorting[T], id func(*T) int64, a, b *T, descending bool) bool {
	va, oka := by.value(a)
	vb, okb := by.value(b)
	if oka != okb {
		return oka
	}
	order := 0
	if oka {
		order = compare(va, vb)
	}
	if order == 0 {
		order = cmp.Compare(id(a), id(b))
	}
	return order != 0 && (order < 0) != descending
}

// compare orders two values of one type.
func compare(a, b any) int {
	switch a := a.(type) {
	case int64:
		return cmp.Compare(a, b.(int64))
	case float64:
		return cmp.Compare(a, b.(float64))
	case time.Time:
		return a.Compare(b.(time.Time))
	default:
		return strings.Compare(a.(string), b.(string))
	}
}

// entitiesOf returns all objects of a list without the given filter, for a test
// to filter once more in Go.
func entitiesOf[T any](t *testing.T, s *store.Store, key store.ListKey) []*T {
	t.Helper()
	l := *key.List
	l.First, l.Page, l.Order = 200, true, store.Order{Field: "ID"}
	key.List = &l
	rows, _ := pages(t, s, key)
	list := make([]*T, len(rows))
	for i, r := range rows {
		list[i] = r.Entity.(*T)
	}
	return list
}

const someAudiences = `
INSERT INTO audience (advertiser_id, id, name, type, status, size, retention_days, rule, created_at, updated_at)
SELECT a, n, CASE n % 4 WHEN 0 THEN 'Buyers ' WHEN 1 THEN 'buyers ' WHEN 2 THEN 'Été ' ELSE 'Visitors ' END || n % 9 || CASE a WHEN 2 THEN ' of another' ELSE '' END,
  (ARRAY['CUSTOMER_LIST', 'VISITOR', 'ENGAGEMENT', 'ACTALIKE', 'PERSONA'])[1 + n % 5], (ARRAY['READY', 'INITIALIZING', 'TOO_SMALL'])[1 + n % 3],
  CASE WHEN n % 3 <> 1 THEN n % 7 * 1000 END, 1 + n % 540, '{"n": 1}', '2026-01-01 00:00+00'::timestamptz + n % 11 * interval '1 day 1 microsecond',
  '2026-03-01 00:00+00'::timestamptz - n % 5 * interval '1 hour'
FROM generate_series(1, 2) AS a, generate_series(1, 60) AS n WHERE a = 1 OR n <= 20;
INSERT INTO ad_group_audience (advertiser_id, ad_group_id, audience_id, is_included)
SELECT a, g, n, (n + g) % 3 <> 0 FROM generate_series(1, 2) AS a, generate_series(1, 5) AS g, generate_series(1, 10) AS n WHERE n % g = 0 OR a = 2;`

func audienceID(u *ads.Audience) int64 { return u.ID }

func allAudiences(a *ads.Advertiser) store.ListKey {
	return store.ListKey{Advertiser: a, Parent: a.ID, List: &store.List{
		Level: ads.LevelAudience, Under: ads.LevelAdvertiser,
		Columns: store.ColumnsOf(ads.LevelAudience, []string{"name", "type", "status", "size", "usedBy", "createdAt", "updatedAt"}),
	}}
}

func TestAudiencePaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someAudiences)
	checkPaging(t, s, allAudiences(tenants[0]), audienceID, 60, []sorting[ads.Audience]{
		{"ID", func(u *ads.Audience) (any, bool) { return u.ID, true }},
		{"NAME", func(u *ads.Audience) (any, bool) { return strings.ToLower(u.Name), true }},
		{"SIZE", func(u *ads.Audience) (any, bool) {
			if u.Size == nil {
				return nil, false
			}
			return *u.Size, true
		}},
		{"TYPE", func(u *ads.Audience) (any, bool) { return string(u.Type), true }},
		{"STATUS", func(u *ads.Audience) (any, bool) { return string(u.Status), true }},
		{"CREATED_AT", func(u *ads.Audience) (any, bool) { return u.CreatedAt, true }},
		{"UPDATED_AT", func(u *ads.Audience) (any, bool) { return u.UpdatedAt, true }},
	})
}

// TestAudienceFilters compares random filters with the same in Go.
func TestAudienceFilters(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someAudiences)
	all := entitiesOf[ads.Audience](t, s, allAudiences(tenants[0]))
	some := 0
	for i := range 60 {
		r := rand.New(rand.NewPCG(3, uint64(i)))
		key := allAudiences(tenants[0])
		var types []ads.AudienceType
		if r.IntN(2) == 0 {
			types = []ads.AudienceType{"VISITOR", "PERSONA", "ACTALIKE"}[:r.IntN(4)]
		}
		var statuses []ads.AudienceStatus
		if r.IntN(2) == 0 {
			statuses = []ads.AudienceStatus{"READY", "TOO_SMALL"}[:1+r.IntN(2)]
		}
		var text *string
		if r.IntN(2) == 0 {
			text = &[]string{"BUYERS", "été", "%", "s 3"}[r.IntN(4)]
		}
		store.AnyOf(&key.List.Filter, "TYPE", types)
		store.AnyOf(&key.List.Filter, "STATUS", statuses)
		store.Is(&key.List.Filter, "NAME", text)
		got := entitiesOf[ads.Audience](t, s, key)
		want := slices.DeleteFunc(slices.Clone(all), func(u *ads.Audience) bool {
			return types != nil && !slices.Contains(types, u.Type) || statuses != nil && !slices.Contains(statuses, u.Status) ||
				text != nil && !strings.Contains(strings.ToLower(u.Name), strings.ToLower(*text))
		})
		if !slices.EqualFunc(got, want, func(a, b *ads.Audience) bool { return a.ID == b.ID }) {
			t.Fatalf("filter %d: %d rows, want %d: %+v", i, len(got), len(want), key.List.Filter)
		}
		if len(want) > 0 && len(want) < len(all) {
			some++
		}
	}
	if some < 20 {
		t.Errorf("only %d filters kept some", some)
	}
}

// TestAudienceUse counts links in Go.
func TestAudienceUse(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someAudiences)
	used := 0
	for _, u := range entitiesOf[ads.Audience](t, s, allAudiences(tenants[0])) {
		want := ads.AudienceUse{}
		for g := int64(1); g <= 5; g++ {
			switch {
			case g == 3 || u.ID > 10 || u.ID%g != 0: // archived, or not linked
			case (u.ID+g)%3 != 0:
				want.Included++
			default:
				want.Excluded++
			}
		}
		if u.UsedBy != want {
			t.Errorf("audience %d: used by %+v, want %+v", u.ID, u.UsedBy, want)
		}
		used += want.Included + want.Excluded
	}
	if used == 0 {
		t.Error("no audience is used")
	}
}

// TestObjectsAreTheTenants reads the lists of two tenants, whose objects have
// the same ids, in one statement, and an id that only one of them has.
func TestObjectsAreTheTenants(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someAudiences)
	mine, other := allAudiences(tenants[0]), allAudiences(tenants[1])
	mine.List.First, mine.List.Page, mine.List.Count, mine.List.Order = 200, true, true, store.Order{Field: "ID"}
	other.List = mine.List
	ctx, stats := store.WithStats(t.Context())
	listings, errs := s.Lists(ctx, []store.ListKey{mine, other})
	if errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	for i, want := range []int{60, 20} {
		if got := listings[i]; got.Count != want || len(got.Rows) != want {
			t.Errorf("advertiser %d: count %d, %d rows, want %d", i+1, got.Count, len(got.Rows), want)
		}
		for _, row := range listings[i].Rows {
			u := row.Entity.(*ads.Audience)
			if u.Advertiser != tenants[i] || strings.Contains(u.Name, "of another") != (i == 1) {
				t.Fatalf("advertiser %d sees %+v", i+1, u)
			}
		}
	}
	found, err := s.Entities(ctx, ads.LevelAudience, []store.EntityKey{{tenants[0], 50, 0}, {tenants[1], 50, 0}, {tenants[1], 3, 0}})
	if err != nil || found[0] == nil || found[1] != nil || found[2] == nil {
		t.Errorf("found %v, %v", found, err)
	}
	if n := len(stats.Executions()); n != 2 {
		t.Errorf("%d statements, want 2", n)
	}
}

// TestObjectCursorsAreTheLists gives cursors of one list to another.
func TestObjectCursorsAreTheLists(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, someAudiences)
	page := func(a *ads.Advertiser, filter func(*store.Filter), after string) (*store.Listing, error) {
		key := allAudiences(a)
		key.List.First, key.List.Page, key.List.Next, key.List.Order, key.List.After = 3, true, true, store.Order{Field: "SIZE"}, after
		filter(&key.List.Filter)
		listings, errs := s.Lists(t.Context(), []store.ListKey{key})
		return listings[0], errs[0]
	}
	none := func(*store.Filter) {}
	first, err := page(tenants[0], none, "")
	if err != nil {
		t.Fatal(err)
	}
	cursor := first.Rows[2].Cursor()
	if _, err := page(tenants[0], none, cursor); err != nil {
		t.Error(err)
	}
	visitors := func(f *store.Filter) { store.AnyOf(f, "TYPE", []ads.AudienceType{"VISITOR"}) }
	if _, err := page(tenants[0], visitors, cursor); fault.CodeOf(err) != fault.InvalidCursor {
		t.Errorf("another filter: %v, want INVALID_CURSOR", err)
	}
	if _, err := page(tenants[1], none, cursor); fault.CodeOf(err) != fault.InvalidCursor {
		t.Errorf("another advertiser: %v, want INVALID_CURSOR", err)
	}
}
