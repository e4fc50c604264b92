package store_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// somePaperwork is documents, views and notifications of two tenants, under the
// same ids. Users 1 and 2 are members of both.
const somePaperwork = `
INSERT INTO app_user (id, email, name) VALUES (2, 'other@example.com', 'Otto Other');
INSERT INTO member (advertiser_id, user_id, role) VALUES (1, 2, 'ANALYST'), (2, 2, 'ANALYST');
INSERT INTO invoice (advertiser_id, id, number, type, status, period_first, period_last, issued_on, due_on, net_micros, tax_micros, discount_micros, billed_micros)
SELECT a, n, CASE n % 3 WHEN 0 THEN 'b' ELSE 'A' END || n, CASE WHEN n % 5 = 0 THEN 'CREDIT_MEMO' ELSE 'INVOICE' END, (ARRAY['OPEN', 'CLOSED'])[1 + n % 2],
  '2026-01-01'::date + n % 4 * 30, '2026-01-31'::date + n % 4 * 30, '2026-02-01', '2026-02-01'::date + n % 7, s * n % 9 * 1000000, s * 10000, 0, s * n % 9 * 1000000 + s * 10000
FROM generate_series(1, 2) AS a, generate_series(1, 60) AS n, LATERAL (SELECT CASE WHEN n % 5 = 0 THEN -1 ELSE 1 END AS s) AS x WHERE a = 1 OR n <= 20;
INSERT INTO saved_view (advertiser_id, id, user_id, screen, name, spec, is_shared)
SELECT a, n, 1 + n % 2, (ARRAY['CampaignsTable', 'AdsTable'])[1 + n % 3 / 2], CASE n % 4 WHEN 0 THEN 'view ' ELSE 'VIEW ' END || n, '{}', n % 5 = 0
FROM generate_series(1, 2) AS a, generate_series(1, 40) AS n;
INSERT INTO notification (advertiser_id, id, type, severity, entity_level, entity_id, text_key, state, created_at)
SELECT a, n, (ARRAY['BUDGET_SPENT', 'AD_REJECTED', 'TAG_SILENT'])[1 + n % 3], (ARRAY['INFO', 'WARNING', 'CRITICAL'])[1 + n % 3],
  (ARRAY['CAMPAIGN', 'AD_GROUP', NULL])[1 + n % 3], CASE n % 3 WHEN 2 THEN NULL ELSE 1 + n % 3 END, 'key', (ARRAY['UNREAD', 'READ', 'DISMISSED'])[1 + n * 7 % 11 % 3],
  '2026-06-01 00:00+00'::timestamptz + n % 6 * interval '1 hour 1 microsecond' FROM generate_series(1, 2) AS a, generate_series(1, 60) AS n WHERE a = 1 OR n <= 20;
INSERT INTO billing_profile (advertiser_id, id, type, status, label, is_default, balance_micros, threshold_micros, credit_limit_micros)
SELECT a, n, 'CREDIT_CARD', 'VALID', 'Card ' || a || n, n = 2, a * 1000 + n, CASE n WHEN 2 THEN 77 END, CASE a WHEN 2 THEN 88 END FROM generate_series(1, 2) AS a, generate_series(1, 3) AS n;
INSERT INTO ad_credit (advertiser_id, id, name, total_micros, remaining_micros, is_active)
SELECT a, n, 'Credit ' || a || n, 100, a * 10 + n, n <> 1 FROM generate_series(1, 2) AS a, generate_series(1, 3) AS n;`

func all(level ads.Level, a *ads.Advertiser, fields ...string) store.ListKey {
	return store.ListKey{Advertiser: a, Parent: a.ID, List: &store.List{Level: level, Under: ads.LevelAdvertiser, Columns: store.ColumnsOf(level, fields)}}
}

func allInvoices(a *ads.Advertiser) store.ListKey {
	return all(ads.LevelInvoice, a, "number", "type", "status", "periodFirst", "dueOn", "billed")
}

func TestInvoicePaging(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, somePaperwork)
	checkPaging(t, s, allInvoices(tenants[0]), func(v *ads.Invoice) int64 { return v.ID }, 60, []sorting[ads.Invoice]{
		{"ID", func(v *ads.Invoice) (any, bool) { return v.ID, true }},
		{"DUE_DATE", func(v *ads.Invoice) (any, bool) { return string(v.DueOn), true }},
		{"BILLING_PERIOD", func(v *ads.Invoice) (any, bool) { return string(v.PeriodFirst), true }},
		{"DOCUMENT_TYPE", func(v *ads.Invoice) (any, bool) { return string(v.Type), true }},
		{"TOTAL_AMOUNT", func(v *ads.Invoice) (any, bool) { return int64(v.Billed.Micros), true }},
		{"INVOICE_NUMBER", func(v *ads.Invoice) (any, bool) { return v.Number, true }},
	})
}

// TestInvoiceFilters compares random filters with the same in Go.
func TestInvoiceFilters(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, somePaperwork)
	everything := entitiesOf[ads.Invoice](t, s, allInvoices(tenants[0]))
	some := 0
	for i := range 60 {
		r := rand.New(rand.NewPCG(5, uint64(i)))
		key := allInvoices(tenants[0])
		var (
			status   []ads.InvoiceStatus
			kinds    []ads.InvoiceType
			from, to *string
		)
		if r.IntN(2) == 0 {
			status = []ads.InvoiceStatus{"OPEN", "CLOSED"}[:r.IntN(3)]
		}
		if r.IntN(2) == 0 {
			kinds = []ads.InvoiceType{"CREDIT_MEMO"}
		}
		if r.IntN(2) == 0 {
			from = new(string(ads.Day("2026-02-01").Add(r.IntN(7))))
		}
		if r.IntN(2) == 0 {
			to = new(string(ads.Day("2026-02-01").Add(r.IntN(7))))
		}
		store.AnyOf(&key.List.Filter, "STATUS", status)
		store.AnyOf(&key.List.Filter, "TYPE", kinds)
		store.Is(&key.List.Filter, "DUE_FROM", from)
		store.Is(&key.List.Filter, "DUE_TO", to)
		got := entitiesOf[ads.Invoice](t, s, key)
		want := slices.DeleteFunc(slices.Clone(everything), func(v *ads.Invoice) bool {
			return status != nil && !slices.Contains(status, v.Status) || kinds != nil && !slices.Contains(kinds, v.Type) ||
				from != nil && string(v.DueOn) < *from || to != nil && string(v.DueOn) > *to
		})
		if !slices.EqualFunc(got, want, func(a, b *ads.Invoice) bool { return a.ID == b.ID }) {
			t.Fatalf("filter %d: %d rows, want %d: %+v", i, len(got), len(want), key.List.Filter)
		}
		if len(want) > 0 && len(want) < len(everything) {
			some++
		}
	}
	if some < 15 {
		t.Errorf("only %d filters kept some", some)
	}
}

// TestNotificationOrder pages through notifications: unread ones first, then
// the newest, then the highest id; each comes once.
func TestNotificationOrder(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, somePaperwork)
	unread := 0
	for _, first := range []int{1, 7, 200} {
		key := all(ads.LevelNotification, tenants[0], "state", "createdAt")
		key.List.First, key.List.Page, key.List.Next, key.List.Order = first, true, true, store.Order{Field: "UNREAD_FIRST", Descending: true}
		rows, _ := pages(t, s, key)
		if len(rows) != 60 {
			t.Fatalf("pages of %d: %d rows", first, len(rows))
		}
		unread = 0
		for i, r := range rows {
			b := r.Entity.(*ads.Notification)
			if b.State == "UNREAD" {
				unread++
			}
			if i == 0 {
				continue
			}
			a := rows[i-1].Entity.(*ads.Notification)
			inOrder := a.CreatedAt.After(b.CreatedAt) || a.CreatedAt.Equal(b.CreatedAt) && a.ID > b.ID
			if (a.State == "UNREAD") != (b.State == "UNREAD") {
				inOrder = a.State == "UNREAD"
			}
			if !inOrder {
				t.Fatalf("pages of %d: %+v before %+v", first, a, b)
			}
		}
	}
	counts, err := s.UnreadNotifications(t.Context(), tenants)
	if err != nil || counts[0] != unread || counts[1] >= unread || counts[1] == 0 {
		t.Errorf("counts %v, want %d of the first advertiser: %v", counts, unread, err)
	}
}

// TestSubjectsComeWithTheirNames reads what notifications are about.
func TestSubjectsComeWithTheirNames(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, somePaperwork)
	want := map[ads.Level]string{"": "", ads.LevelCampaign: "Campaign 1", ads.LevelAdGroup: "Group 2"}
	seen := map[ads.Level]int{}
	for _, n := range entitiesOf[ads.Notification](t, s, all(ads.LevelNotification, tenants[0], "entity")) {
		seen[n.Subject.Level]++
		if n.Subject.Name == nil && n.Subject.Level != "" || n.Subject.Name != nil && *n.Subject.Name != want[n.Subject.Level] {
			t.Errorf("notification %d is about %+v", n.ID, n.Subject)
		}
	}
	if len(seen) != 3 {
		t.Errorf("levels %v", seen)
	}
}

// TestSavedViewsAreTheirOwners reads views as each of two members, in lists and
// by id, on two accounts at once.
func TestSavedViewsAreTheirOwners(t *testing.T) {
	t.Parallel()
	s, _ := withObjects(t, somePaperwork)
	for user := int64(1); user <= 2; user++ {
		found, err := s.Advertisers(t.Context(), user, []int64{1, 2})
		if err != nil {
			t.Fatal(err)
		}
		ids := map[int64]bool{}
		for _, v := range entitiesOf[ads.SavedView](t, s, all(ads.LevelSavedView, found[1], "name", "isMine", "isShared", "owner", "owner.name", "screen")) {
			ids[v.ID] = true
			if v.IsMine != (v.Owner.ID == user) || !v.IsMine && !v.IsShared || v.Owner.Name == "" {
				t.Errorf("user %d sees %+v", user, v)
			}
		}
		var keys []store.EntityKey
		for id := int64(1); id <= 40; id++ {
			if want := id%5 == 0 || 1+id%2 == user; ids[id] != want {
				t.Errorf("user %d, view %d: listed %t, want %t", user, id, ids[id], want)
			}
			keys = append(keys, store.EntityKey{Advertiser: found[1], ID: id}, store.EntityKey{Advertiser: found[2], ID: id})
		}
		entities, err := s.Entities(t.Context(), ads.LevelSavedView, keys)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range entities {
			if want := ids[keys[i].ID]; (e != nil) != want {
				t.Errorf("user %d, view %d: found by id %t, want %t", user, keys[i].ID, e != nil, want)
			}
		}
	}
}

// TestPaperworkIsTheTenants reads the lists of two tenants in one statement
// each, and their billing in one.
func TestPaperworkIsTheTenants(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, somePaperwork)
	ctx, stats := store.WithStats(t.Context())
	mine, other := allInvoices(tenants[0]), allInvoices(tenants[1])
	mine.List.First, mine.List.Page, mine.List.Count, mine.List.Order = 200, true, true, store.Order{Field: "DUE_DATE"}
	other.List = mine.List
	listings, errs := s.Lists(ctx, []store.ListKey{mine, other})
	if errs[0] != nil || errs[1] != nil {
		t.Fatal(errs)
	}
	for i, want := range []int{60, 20} {
		if got := listings[i]; got.Count != want || len(got.Rows) != want || got.Rows[0].Entity.(*ads.Invoice).Billed.Currency != tenants[i].Currency {
			t.Errorf("advertiser %d: count %d, %d rows, want %d", i+1, got.Count, len(got.Rows), want)
		}
	}
	billings, err := s.Billings(ctx, tenants)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range billings {
		n := ads.Micros(i + 1)
		due := ads.Micros(0)
		for _, r := range listings[i].Rows {
			if v := r.Entity.(*ads.Invoice); v.Status == "OPEN" {
				due += v.Billed.Micros
			}
		}
		switch {
		case b.Balance.Micros != n*1000+2 || b.Balance.Currency != tenants[i].Currency || b.Threshold.Micros != 77 || (b.CreditLimit != nil) != (i == 1):
			t.Errorf("advertiser %d stands at %+v", i+1, b)
		case b.CreditRemaining.Micros != n*20+5 || b.AmountDue.Micros != due || due == 0:
			t.Errorf("advertiser %d has credits of %v and owes %v, want %d", i+1, b.CreditRemaining, b.AmountDue, due)
		case len(b.Profiles) != 3 || !b.Profiles[0].IsDefault || !strings.HasPrefix(b.Profiles[0].Label, "Card "+string(rune('1'+i))):
			t.Errorf("advertiser %d pays with %+v", i+1, b.Profiles)
		case len(b.Credits) != 3 || b.Credits[2].IsActive || b.Credits[2].Total.Micros != 100:
			t.Errorf("advertiser %d has %+v", i+1, b.Credits)
		}
	}
	if n := len(stats.Executions()); n != 2 {
		t.Errorf("%d statements, want 2", n)
	}
}

// TestPaperworkRefusesNonsense checks what only the database can.
func TestPaperworkRefusesNonsense(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	db.MustExec(twoTenants)
	for name, sql := range map[string]string{
		"WholeCardNumber": `INSERT INTO billing_profile (advertiser_id, type, status, label) VALUES (1, 'CREDIT_CARD', 'VALID', 'Visa 4242-4242 4242 4242')`,
		"TwoDefaults":     `INSERT INTO billing_profile (advertiser_id, type, status, label, is_default) VALUES (1, 'PREPAID', 'VALID', 'A', true), (1, 'PREPAID', 'VALID', 'B', true)`,
		"WrongSum": `INSERT INTO invoice (advertiser_id, number, type, status, period_first, period_last, issued_on, due_on, net_micros, tax_micros, discount_micros, billed_micros)
		  VALUES (1, 'A', 'INVOICE', 'OPEN', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-01', 5, 1, 1, 7)`,
		"MemoThatBills": `INSERT INTO invoice (advertiser_id, number, type, status, period_first, period_last, issued_on, due_on, net_micros, tax_micros, discount_micros, billed_micros)
		  VALUES (1, 'A', 'CREDIT_MEMO', 'OPEN', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-01', 5, 0, 0, 5)`,
		"SameView":          `INSERT INTO saved_view (advertiser_id, user_id, screen, name, spec) VALUES (1, 1, 'A', 'a', '{}'), (1, 1, 'A', 'a', '{}')`,
		"LevelAlone":        `INSERT INTO notification (advertiser_id, type, severity, entity_level, text_key) VALUES (1, 'AD_REJECTED', 'INFO', 'AD', 'k')`,
		"HalfAnImpact":      `INSERT INTO recommendation (advertiser_id, type, spend_micros) VALUES (1, 'RAISE_BUDGET', 5)`,
		"FailedForNoReason": `INSERT INTO export_run (advertiser_id, user_id, name, level, format, state, finished_at) VALUES (1, 1, 'a', 'AD', 'CSV', 'FAILED', now())`,
	} {
		if _, err := db.Exec(sql); err == nil {
			t.Errorf("%s was stored", name)
		}
	}
}

// TestDemoInvoicesEqualSpend compares the stored invoices with the account's
// day table: those of the months that are over bill what was spent in them.
func TestDemoInvoicesEqualSpend(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Demo(t, "small"))
	var accounts []struct {
		ID                           int64
		Currency                     string
		Spent, Billed, Months, Bills int64
	}
	if err := db.Select(&accounts, `SELECT a.id, a.currency,
	    (SELECT coalesce(sum(y.spend_micros), 0)::bigint FROM advertiser_day AS y WHERE y.advertiser_id = a.id AND y.day < date_trunc('month', $1::timestamptz AT TIME ZONE a.time_zone)) AS spent,
	    (SELECT coalesce(sum(iv.net_micros), 0)::bigint FROM invoice AS iv WHERE iv.advertiser_id = a.id AND iv.type = 'INVOICE') AS billed,
	    (SELECT count(DISTINCT date_trunc('month', y.day)) FROM advertiser_day AS y WHERE y.advertiser_id = a.id AND y.spend_micros > 0
	       AND y.day < date_trunc('month', $1::timestamptz AT TIME ZONE a.time_zone)) AS months,
	    (SELECT count(*) FROM invoice AS iv WHERE iv.advertiser_id = a.id AND iv.type = 'INVOICE') AS bills
	  FROM advertiser AS a ORDER BY a.id`, pgtest.Present.Format(time.RFC3339)); err != nil {
		t.Fatal(err)
	}
	bills := int64(0)
	for _, a := range accounts {
		unit := int64(10_000)
		if a.Currency == "JPY" {
			unit = 1_000_000
		}
		if max(a.Spent-a.Billed, a.Billed-a.Spent)*2 > unit || a.Bills > a.Months || a.Billed%unit != 0 {
			t.Errorf("advertiser %d spent %d in %d months, %d invoices bill %d", a.ID, a.Spent, a.Months, a.Bills, a.Billed)
		}
		bills += a.Bills
	}
	if bills < 50 {
		t.Errorf("only %d invoices", bills)
	}
}

// TestImpactSaysWhatWasEstimated makes impacts of numbers as they are stored.
func TestImpactSaysWhatWasEstimated(t *testing.T) {
	t.Parallel()
	s, tenants := withObjects(t, `INSERT INTO recommendation (advertiser_id, id, type, spend_micros, spend_micros_after, checkouts, checkouts_after)
	  VALUES (1, 1, 'RAISE_BUDGET', 5, 7, NULL, NULL), (1, 2, 'RAISE_BUDGET', NULL, NULL, 1, 2)`)
	list := entitiesOf[metrics.Recommendation](t, s, all(ads.LevelRecommendation, tenants[0], "impact"))
	if len(list) != 2 || len(list[0].Impact) != 1 || len(list[1].Impact) != 1 {
		t.Fatalf("got %+v", list)
	}
	if i := list[0].Impact[0]; i.Metric != metrics.NameSpend || *i.Estimated.Money != (ads.Money{Micros: 7, Currency: "USD"}) || i.Current.Count != nil {
		t.Errorf("got %+v", i)
	}
	if i := list[1].Impact[0]; i.Metric != metrics.NameCheckouts || *i.Current.Count != 1 || *i.Estimated.Count != 2 || i.Current.Money != nil {
		t.Errorf("got %+v", i)
	}
}
