package graph

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/ads"
	"adsgraph/internal/pgtest"
)

// attempts breaks each constraint of the tables that the API writes: by the
// constraint, what is sent instead of %s, and the code that must come back.
func attempts() map[string][2]string {
	a := advertiserID(1)
	update := func(kind, fields string) string {
		id := map[string]string{"Campaigns": campaignID(1, 11), "AdGroups": refOf(ads.LevelAdGroup, 1, 112), "Ads": refOf(ads.LevelAd, 1, 1111)}[kind]
		version := 1
		if kind == "Campaigns" {
			version = 3
		}
		return fmt.Sprintf(`update%s(input: {advertiserId: %q, %s: [{id: %q, version: %d, %s}]}) { userErrors { code message params } }`, kind, a, strings.ToLower(kind[:1])+kind[1:], id, version, fields)
	}
	campaign := func(fields string) string {
		return fmt.Sprintf(`createCampaigns(input: {advertiserId: %q, idempotencyKey: "key of KEY", campaigns: [{name: "New", objective: AWARENESS, %s}]}) { userErrors { code message params } }`, a, fields)
	}
	adGroup := func(parent, fields string) string {
		return fmt.Sprintf(`createAdGroups(input: {advertiserId: %q, idempotencyKey: "key of KEY", adGroups: [{campaignId: %q, adGroup: {name: "New", %s}}]}) { userErrors { code message params } }`, a, parent, fields)
	}
	ad := func(parent, pin string) string {
		return fmt.Sprintf(`createAds(input: {advertiserId: %q, idempotencyKey: "key of KEY", ads: [{adGroupId: %q, ad: {pinId: %q}}]}) { userErrors { code message params } }`, a, parent, pin)
	}
	label := func(kind, value string) string {
		return fmt.Sprintf(`createLabels(input: {advertiserId: %q, labels: [{type: %s, value: %q}]}) { userErrors { code message params } }`, a, kind, value)
	}
	view := func(screen, name, spec string) string {
		return fmt.Sprintf(`createSavedView(input: {advertiserId: %q, screen: %q, name: %q, spec: %s}) { userErrors { code message params } }`, a, screen, name, spec)
	}
	invite := func(email, roles string) string {
		return fmt.Sprintf(`inviteMember(input: {advertiserId: %q, email: %q, roles: [%s]}) { userErrors { code message params } }`, a, email, roles)
	}
	const unknown = "GRAPHQL_VALIDATION_FAILED" // the schema's enum has no such value
	long := strings.Repeat("x", 256)
	foreignCampaign, foreignGroup := campaignID(2, 21), refOf(ads.LevelAdGroup, 2, 211)
	return map[string][2]string{
		"ad_ad_group_fk":                {ad(foreignGroup, refOf(ads.LevelPin, 1, 1001)), "NOT_FOUND"},
		"ad_campaign_fk":                {ad(foreignGroup, refOf(ads.LevelPin, 1, 1001)), "NOT_FOUND"},
		"ad_pin_fk":                     {ad(refOf(ads.LevelAdGroup, 1, 111), refOf(ads.LevelPin, 2, 2001)), "NOT_FOUND"},
		"ad_name_ck":                    {update("Ads", `name: "`+long+`"`), "NAME_INVALID"},
		"ad_status_ck":                  {update("Ads", `status: GONE`), unknown},
		"ad_group_bid_ck":               {update("AdGroups", `bidMicros: "0"`), "AMOUNT_INVALID"},
		"ad_group_bid_strategy_ck":      {update("AdGroups", `bidStrategy: GUESS`), unknown},
		"ad_group_billable_event_ck":    {adGroup(campaignID(1, 11), "billableEvent: SMILE"), unknown},
		"ad_group_budget_ck":            {adGroup(campaignID(1, 12), `budgetType: DAILY, budgetMicros: "-10000"`), "AMOUNT_INVALID"},
		"ad_group_budget_type_ck":       {adGroup(campaignID(1, 12), `budgetType: WEEKLY`), unknown},
		"ad_group_campaign_fk":          {adGroup(foreignCampaign, ""), "NOT_FOUND"},
		"ad_group_cbo_ck":               {adGroup(campaignID(1, 12), `budgetMicros: "5000000"`), "NOT_ALLOWED"},
		"ad_group_dates_ck":             {update("AdGroups", `startAt: "2030-01-02T00:00:00Z", endAt: "2030-01-01T00:00:00Z"`), "SCHEDULE_ORDER"},
		"ad_group_lifetime_end_ck":      {strings.ReplaceAll(adGroup(campaignID(1, 12), `budgetType: LIFETIME, budgetMicros: "5000000"`), "adGroup: {", "status: ACTIVE, adGroup: {targeting: {locations: [\"US\"]}, "), "END_REQUIRED"},
		"ad_group_name_ck":              {update("AdGroups", `name: ""`), "NAME_INVALID"},
		"ad_group_pacing_ck":            {update("AdGroups", `pacing: CRAWL`), unknown},
		"ad_group_placement_ck":         {update("AdGroups", `placement: MOON`), unknown},
		"ad_group_status_ck":            {update("AdGroups", `status: GONE`), unknown},
		"ad_group_audience_audience_fk": {update("AdGroups", `targeting: {locations: ["US"], audienceIds: ["`+refOf(ads.LevelAudience, 2, 505)+`"]}`), "NOT_FOUND"},
		"campaign_cbo_ck":               {campaign(`budgetType: DAILY`), "REQUIRED"},
		"campaign_daily_ck":             {campaign(`budgetType: DAILY, budgetMicros: "0"`), "AMOUNT_INVALID"},
		"campaign_lifetime_ck":          {campaign(`budgetType: LIFETIME, endAt: "2030-01-01T00:00:00Z", budgetMicros: "-1"`), "AMOUNT_INVALID"},
		"campaign_dates_ck":             {update("Campaigns", `startAt: "2030-01-02T00:00:00Z", endAt: "2030-01-01T00:00:00Z"`), "SCHEDULE_ORDER"},
		"campaign_name_ck":              {update("Campaigns", `name: "`+strings.Repeat("🌞", 256)+`"`), "NAME_INVALID"},
		"campaign_objective_ck":         {strings.Replace(campaign(""), "AWARENESS", "FAME", 1), unknown},
		"campaign_status_ck":            {update("Campaigns", `status: GONE`), unknown},
		"campaign_advertiser_fk":        {strings.Replace(campaign(""), a, advertiserID(99), 1), "NOT_FOUND"},
		"campaign_label_campaign_fk":    {fmt.Sprintf(`setCampaignLabels(input: {advertiserId: %q, campaigns: [{id: %q, version: 1}], addLabelIds: [%q]}) { userErrors { code message params } }`, a, foreignCampaign, refOf(ads.LevelLabel, 1, 703)), "NOT_FOUND"},
		"campaign_label_label_fk":       {fmt.Sprintf(`setCampaignLabels(input: {advertiserId: %q, campaigns: [{id: %q, version: 3}], addLabelIds: [%q]}) { userErrors { code message params } }`, a, campaignID(1, 11), refOf(ads.LevelLabel, 2, 704)), "NOT_FOUND"},
		"idempotency_key_key_ck":        {strings.Replace(campaign(""), `"key of KEY"`, `"short"`, 1), "INVALID"},
		"label_advertiser_fk":           {strings.Replace(label("CUSTOM", "x"), a, advertiserID(99), 1), "NOT_FOUND"},
		"label_once_uq":                 {label("CUSTOM", "ALWAYS ON"), "NAME_TAKEN"},
		"label_type_ck":                 {label("OTHER", "x"), unknown},
		"label_value_ck":                {label("CUSTOM", strings.Repeat("x", 101)), "NAME_INVALID"},
		"saved_view_advertiser_fk":      {strings.Replace(view("campaigns", "x", "{}"), a, advertiserID(99), 1), "NOT_FOUND"},
		"saved_view_name_ck":            {view("campaigns", long, "{}"), "NAME_INVALID"},
		"saved_view_name_uq":            {view("CampaignsTable", "running, by spend", "{}"), "NAME_TAKEN"},
		"saved_view_screen_ck":          {view("no screen", "x", "{}"), "SCREEN_INVALID"},
		"saved_view_spec_ck":            {view("campaigns", "x", "[1]"), "SPEC_INVALID"},
		"invitation_advertiser_fk":      {strings.Replace(invite("x@example.com", "ANALYST"), a, advertiserID(99), 1), "NOT_FOUND"},
		"invitation_email_ck":           {invite("x", "ANALYST"), "EMAIL_INVALID"},
		"invitation_roles_ck":           {invite("x@example.com", ""), "REQUIRED"},
		"member_role_ck":                {invite("x@example.com", "KING"), unknown},
	}
}

// beyondReach is the constraints that no request can come near, and why.
var beyondReach = map[string]string{
	"ad_creative_type_ck": "it is the pin's", "ad_rejected_ck": "reviewers reject", "ad_review_status_ck": "reviewers decide",
	"ad_group_frequency_cap_ck": "it is copied only", "ad_group_audience_ad_group_fk": "the ad group is locked", "campaign_one_budget_ck": "an input has one amount",
	"change_advertiser_fk": "it was read before", "change_entity_ck": "it is ours", "change_source_ck": "it is ours", "idempotency_key_advertiser_fk": "it was read before",
	"invitation_accepted_ck": "the clock is ours", "invitation_expires_ck": "the clock is ours", "invitation_invited_by_fk": "it is the viewer", "invitation_outcome_ck": "both are our statements",
	"invitation_revoked_ck": "the clock is ours", "keyword_ad_group_fk": "it is copied only", "keyword_campaign_fk": "it is copied only", "keyword_campaign_negative_ck": "it is copied only",
	"keyword_match_type_ck": "it is copied only", "keyword_once_uq": "it is copied to what is new", "keyword_value_ck": "it is copied only",
	"member_added_by_fk": "it is the viewer", "member_advertiser_fk": "it was read before", "member_user_fk": "only members get roles", "saved_view_user_fk": "it is the viewer",
	"member_change_action_ck": "it is ours", "member_change_actor_fk": "it is the viewer", "member_change_advertiser_fk": "it was read before", "member_change_email_ck": "it is the invitation's",
	"member_change_of_ck": "it is ours", "member_change_role_ck": "it is the member's", "member_change_user_fk": "it is the member's", "member_change_whose_ck": "it is ours",
}

// TestEveryConstraint tries to violate every constraint of every table that the
// API writes: each attempt ends in an error that clients understand, and that tells
// nothing of tables.
func TestEveryConstraint(t *testing.T) {
	t.Parallel()
	w, dsn := writable(t)
	db := pgtest.DB(t, dsn)
	var there []string
	if err := db.Select(&there, `WITH written AS (
	  SELECT DISTINCT (quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass AS id FROM information_schema.role_table_grants
	  WHERE grantee = 'adsgraph_writer' AND privilege_type IN ('INSERT', 'UPDATE') AND table_schema = current_schema())
	SELECT c.conname FROM pg_constraint AS c JOIN written AS w ON w.id = c.conrelid WHERE c.contype IN ('c', 'f', 'u')
	UNION SELECT i.indexrelid::regclass::text FROM pg_index AS i JOIN written AS w ON w.id = i.indrelid WHERE i.indisunique AND NOT i.indisprimary ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	all := attempts()
	for _, name := range there {
		_, known := beyondReach[name]
		if attempt, ok := all[name]; ok == known {
			t.Errorf("%s is tried (%t) and beyond reach (%t)", name, ok, known)
		} else if ok {
			got := w.ask(t, "mutation { "+strings.ReplaceAll(attempt[0], "KEY", name)+" }", nil)
			code := got.codes()
			if got.errors == nil {
				_, rest, _ := strings.Cut(got.data, `"code":"`)
				first, _, _ := strings.Cut(rest, `"`)
				code = []string{first}
			}
			if len(code) == 0 || code[0] != attempt[1] {
				t.Errorf("%s: %s: %s %s", name, attempt[0], got.data, got.sortedErrors())
			}
			unspoken(t, got.data+got.sortedErrors())
		}
	}
	for name := range all {
		if !slices.Contains(there, name) {
			t.Errorf("there is no constraint %s", name)
		}
	}
	t.Logf("%d constraints, %d of them tried, the others beyond reach", len(there), len(all))
}
