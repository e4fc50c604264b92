package graph

import (
	"regexp"
	"testing"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// addPeople adds the persons of the proof.
func addPeople(db *sqlx.DB) (viewers map[int64][]ads.Role) {
	viewers = map[int64][]ads.Role{outsider: nil, neighbour: nil}
	add := func(id int64) {
		db.MustExec(`INSERT INTO app_user (id, email, name) SELECT n, 'p' || n || '@example.com', 'Person ' || n FROM (SELECT $1::bigint AS n) AS x`, id)
	}
	for i, role := range ads.Roles() {
		id := int64(firstPerson + i)
		add(id)
		db.MustExec(`INSERT INTO member (advertiser_id, user_id, role) VALUES ($1, $2, $3)`, mine, id, role)
		viewers[id] = []ads.Role{role}
	}
	add(outsider)
	add(neighbour)
	db.MustExec(`INSERT INTO member (advertiser_id, user_id, role) VALUES ($1, $2, 'OWNER')`, theirs, neighbour)
	return viewers
}

// shown is what it takes to see a table's rows; "" for every member. Each table
// with texts has an entry.
var shown = map[string]ads.Capability{
	"advertiser": "", "notification": "", // see TestNotificationsAreThoseOfTheRole
	"campaign": ads.ViewCampaigns, "ad_group": ads.ViewCampaigns, "ad": ads.ViewCampaigns, "pin": ads.ViewCampaigns, "keyword": ads.ViewCampaigns,
	"label": ads.ViewCampaigns, "breakdown_day": ads.ViewCampaigns, "saved_view": ads.ViewCampaigns, "report_template": ads.ViewCampaigns,
	"export_run": ads.ViewCampaigns, "recommendation": ads.ViewCampaigns, "audience": ads.ViewAudiences, "conversion_tag": ads.ViewConversionTags,
	"billing_profile": ads.ViewBilling, "invoice": ads.ViewBilling, "ad_credit": ads.ViewBilling, "order_line": ads.ViewOrderLines,
	"invitation": ads.ViewMembers, "member_change": ads.ViewMembers,
	"change": ads.ViewCampaigns, // see TestChangesOfMembersAreForThoseWhoSeeMembers
}

// unshown are texts that no field of the schema shows.
var unshown = map[string]string{
	"idempotency_key.key": "who sent it knows it", "idempotency_key.outcome": "", "idempotency_key.request_hash": "",
	"ad_group.goal": "it has no field", "ad_conversion_undo.credited_action": "they have the vocabulary of ad_conversion", "ad_conversion_undo.event": "", "ad_conversion_undo.source": "",
	"reach_undo.level": "", "import_object.external_id": "ids of other systems have no field",
}

// bound are texts that cannot be free.
var bound = map[string]string{
	"ad.rejected_reasons": "reasons have a vocabulary", "billing_profile.label": "it must look like a masked number",
}

// plant makes every free text of every tenant table say whose it is, and returns
// the columns that do: "Canary<advertiser>x<table>.<column>".
func plant(t *testing.T, db *sqlx.DB) (planted []string) {
	t.Helper()
	var columns []struct{ Table, Column, Type string }
	if err := db.Select(&columns, `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
	  FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
	  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
	    AND format_type(a.atttypid, NULL) IN ('text', 'text[]', 'jsonb')
	    AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY(k.conkey)
	      AND (pg_get_constraintdef(k.oid) ~ 'ARRAY\[' OR pg_get_constraintdef(k.oid) ~ ' ~ '))
	  ORDER BY 1, 2`); err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		class, ok := store.Tables()[c.Table]
		if !ok || class != store.Tenant && c.Table != "advertiser" || c.Column == "time_zone" {
			continue
		}
		owner := "advertiser_id"
		if c.Table == "advertiser" {
			owner = "id"
		}
		canary := "'Canary' || " + owner + " || 'x" + c.Table + "." + c.Column + " '"
		value := map[string]string{
			"text": canary + " || substr(md5(ctid::text), 1, 8)", "text[]": "ARRAY[" + canary + "]", "jsonb": "jsonb_build_object('canary', jsonb_build_array(" + canary + "))",
		}[c.Type]
		if c.Column == "email" { // in lower case
			value = "lower(" + value + ")"
		}
		if c.Table == "breakdown_day" { // keywords are joined by it
			value = canary + " || value"
		}
		if _, err := db.Exec("UPDATE " + c.Table + " SET " + c.Column + " = " + value + " WHERE " + c.Column + " IS NOT NULL"); err != nil {
			if why := bound[c.Table+"."+c.Column]; why == "" {
				t.Errorf("%s.%s takes no canary: %v", c.Table, c.Column, err)
			}
			continue
		}
		planted = append(planted, c.Table+"."+c.Column)
	}
	db.MustExec(`UPDATE app_user SET name = 'CanaryUser' || id || 'x', email = 'canaryuser' || id || 'x@example.com'`)
	db.MustExec("ANALYZE")
	return planted
}

var (
	canary     = regexp.MustCompile(`(?i)Canary(\d+)x([a-z_]+)\.([a-z_]+)`)
	userCanary = regexp.MustCompile(`(?i)CanaryUser(\d+)x`)
)
