package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
)

// day counts days, so that cursors hold a day exactly.
func day(expr string) string { return "(" + expr + " - DATE '2000-01-01')::bigint" }

func newInvoice() *level {
	return newObject(level{
		name: ads.LevelInvoice, title: "Invoice", noun: "invoice", table: "invoice", alias: "iv",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "iv.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "iv.id"}, "DUE_DATE": {expr: day("iv.due_on")}, "BILLING_PERIOD": {expr: day("iv.period_first")},
			"DOCUMENT_TYPE": {"iv.type", true, false}, "TOTAL_AMOUNT": {expr: "iv.billed_micros"}, "INVOICE_NUMBER": {"iv.number", true, false},
		},
		filters: map[string]string{
			"STATUS": "iv.status = ANY({v})", "TYPE": "iv.type = ANY({v})", "DUE_FROM": "iv.due_on >= {v}::date", "DUE_TO": "iv.due_on <= {v}::date",
		},
	}, []column[ads.Invoice]{
		{"number", "iv.number", "''", func(v *ads.Invoice) any { return &v.Number }, ""},
		{"type", "iv.type", "''", func(v *ads.Invoice) any { return &v.Type }, ""},
		{"status", "iv.status", "''", func(v *ads.Invoice) any { return &v.Status }, ""},
		{"periodFirst", "iv.period_first::text", "''", func(v *ads.Invoice) any { return &v.PeriodFirst }, ""},
		{"periodLast", "iv.period_last::text", "''", func(v *ads.Invoice) any { return &v.PeriodLast }, ""},
		{"issuedOn", "iv.issued_on::text", "''", func(v *ads.Invoice) any { return &v.IssuedOn }, ""},
		{"dueOn", "iv.due_on::text", "''", func(v *ads.Invoice) any { return &v.DueOn }, ""},
		{"net", "iv.net_micros", "0::bigint", func(v *ads.Invoice) any { return &v.Net.Micros }, ""},
		{"tax", "iv.tax_micros", "0::bigint", func(v *ads.Invoice) any { return &v.Tax.Micros }, ""},
		{"discount", "iv.discount_micros", "0::bigint", func(v *ads.Invoice) any { return &v.Discount.Micros }, ""},
		{"billed", "iv.billed_micros", "0::bigint", func(v *ads.Invoice) any { return &v.Billed.Micros }, ""},
		{"paidAt", "iv.paid_at", "NULL::timestamptz", func(v *ads.Invoice) any { return &v.PaidAt }, ""},
	}, func(v *ads.Invoice, a *ads.Advertiser, id int64) {
		v.Advertiser, v.ID = a, id
		v.Net.Currency, v.Tax.Currency, v.Discount.Currency, v.Billed.Currency = a.Currency, a.Currency, a.Currency, a.Currency
		v.PaidAt = utc(v.PaidAt)
	})
}

func newOrderLine() *level {
	return newObject(level{
		name: ads.LevelOrderLine, title: "OrderLine", noun: "order line", table: "order_line", alias: "ol",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "ol.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "ol.id"}},
	}, []column[ads.OrderLine]{
		{"name", "ol.name", "''", func(o *ads.OrderLine) any { return &o.Name }, ""},
		{"budget", "ol.budget_micros", "0::bigint", func(o *ads.OrderLine) any { return &o.Budget.Micros }, ""},
		{"paidType", "ol.paid_type", "''", func(o *ads.OrderLine) any { return &o.PaidType }, ""},
		{"status", "ol.status", "''", func(o *ads.OrderLine) any { return &o.Status }, ""},
		{"startsOn", "ol.starts_on::text", "''", func(o *ads.OrderLine) any { return &o.StartsOn }, ""},
		{"endsOn", "ol.ends_on::text", "NULL::text", func(o *ads.OrderLine) any { return &o.EndsOn }, ""},
	}, func(o *ads.OrderLine, a *ads.Advertiser, id int64) {
		o.Advertiser, o.ID = a, id
		o.Budget.Currency = a.Currency
	})
}

// maxBillingRows is the most payment methods, and the most credits, of an
// account that are shown.
const maxBillingRows = "50"

// The parts of a Billing statement: payment methods, the default one first;
// credits, active ones first; and what is due. They share the types of their
// columns.
const (
	billingProfiles = `p.type, p.status, p.label, p.expires_on::text, p.is_default, p.balance_micros, p.threshold_micros, p.credit_limit_micros
FROM billing_profile AS p
WHERE p.advertiser_id = {a}
ORDER BY p.is_default DESC, p.id
LIMIT ` + maxBillingRows
	billingCredits = `'', '', c.name, c.expires_on::text, c.is_active, c.remaining_micros, c.total_micros, NULL::bigint
FROM ad_credit AS c
WHERE c.advertiser_id = {a}
ORDER BY c.is_active DESC, c.expires_on, c.id
LIMIT ` + maxBillingRows
	billingDue = `'', '', '', NULL::text, false, coalesce(sum(iv.billed_micros), 0)::bigint, NULL::bigint, NULL::bigint
FROM invoice AS iv
WHERE iv.advertiser_id = {a} AND iv.status = 'OPEN'`
)

// Billings returns how each of some advertisers pays and stands.
func (s *Store) Billings(ctx context.Context, advertisers []*ads.Advertiser) ([]*ads.Billing, error) {
	found := make([]*ads.Billing, len(advertisers))
	b := &builder{}
	for i, a := range advertisers {
		t := b.tenant(a, s.now())
		for part, text := range []string{billingProfiles, billingCredits, billingDue} {
			if i+part > 0 {
				b.add("\nUNION ALL\n")
			}
			b.add("(SELECT ", strconv.Itoa(i), ", ", strconv.Itoa(part), ", ", t.fill(text), ")")
		}
		found[i] = &ads.Billing{
			CreditRemaining: ads.Money{Currency: a.Currency}, AmountDue: ads.Money{Currency: a.Currency},
			Profiles: []ads.BillingProfile{}, Credits: []ads.AdCredit{},
		}
	}
	err := s.each(ctx, b.statement("Billing"), func(rows *sqlx.Rows) error {
		var (
			number, part int
			row          billingRow
		)
		if err := rows.Scan(&number, &part, &row.kind, &row.status, &row.label, &row.expires, &row.first, &row.amount, &row.bound, &row.limit); err != nil {
			return err
		}
		to, currency := found[number], advertisers[number].Currency
		switch part {
		case 0:
			row.profile(to, currency)
		case 1:
			row.credit(to, currency)
		default:
			to.AmountDue.Micros = row.amount
		}
		return nil
	})
	return found, err
}

// billingRow is a row of any part of a Billing statement.
type billingRow struct {
	kind, status, label string
	expires             *ads.Day
	first               bool
	amount              ads.Micros
	bound, limit        *ads.Micros
}

// profile adds the row as a payment method.
func (r *billingRow) profile(to *ads.Billing, currency string) {
	p := ads.BillingProfile{
		Type: ads.BillingType(r.kind), Status: ads.BillingStatus(r.status), Label: r.label, ExpiresOn: r.expires, IsDefault: r.first,
		Balance: ads.Money{Micros: r.amount, Currency: currency}, Threshold: moneyOrNil(r.bound, currency), CreditLimit: moneyOrNil(r.limit, currency),
	}
	to.Profiles = append(to.Profiles, p)
	if p.IsDefault {
		to.Balance, to.Threshold, to.CreditLimit = &p.Balance, p.Threshold, p.CreditLimit
	}
}

// credit adds the row as a credit.
func (r *billingRow) credit(to *ads.Billing, currency string) {
	to.Credits = append(to.Credits, ads.AdCredit{
		Name: r.label, IsActive: r.first, ExpiresOn: r.expires,
		Remaining: ads.Money{Micros: r.amount, Currency: currency}, Total: ads.Money{Micros: *r.bound, Currency: currency},
	})
	if r.first {
		to.CreditRemaining.Micros += r.amount
	}
}

func moneyOrNil(n *ads.Micros, currency string) *ads.Money {
	if n == nil {
		return nil
	}
	return &ads.Money{Micros: *n, Currency: currency}
}
