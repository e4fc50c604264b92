package store

import (
	"math/bits"
	"strings"
	"time"

	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/metrics"
)

// Columns is a set of an entity's columns, so that a read brings no more than
// somebody asked for. The id is always read.
type Columns uint64

// deliveryColumn stands first among the columns of every level.
const deliveryColumn = 0

// column is one column of an entity: the GraphQL fields that need it, what to
// select, a value of the same type for rows that are not entities, and where
// it goes.
type column[T any] struct {
	fields string // separated by blanks
	expr   string
	blank  string
	dest   func(*T) any
	// join names one of the level's joins that brings the column in.
	join string
}

// sortField is a field that rows can be ordered by.
type sortField struct {
	expr string
	text bool // compares as text, not as a whole number
	// nullable is true when some rows have no value.
	nullable bool
}

// level is what the statements over campaigns, ad groups and ads differ in, and
// those over the objects beside them; see newObject.
type level struct {
	name  ads.Level
	title string // in statement names
	noun  string // in sentences
	table string
	alias string
	// nameColumn is what searching a text looks at.
	nameColumn string
	dayTable   string
	idColumn   string // of the day table
	parents    map[ads.Level]string
	sorts      map[string]sortField
	// sums composes m, the measures of each entity; nil for the way of levels that
	// have a day table.
	sums func(q *listQuery, current, prior metrics.Set)
	// isUnversioned is true where the numbers of earlier data versions are not
	// kept.
	isUnversioned bool
	// filters is conditions of the level's own, by name; {v} stands for the
	// value that a Condition gives.
	filters map[string]string
	// visible is the condition that the viewer may see a row, empty if every
	// member who has the level's capability may see all; see tenant.fill.
	visible string
	// delivery is the comma-separated reasons that keep a row from running.
	// {a}, {now} and {disabled} stand for arguments.
	delivery string
	// joins brings in what stands beside the level's own table: for delivery
	// its ancestors, "delivery", and related objects that are read with it.
	joins                          map[string]string
	fields, selects, blanks, needs []string // per column
	// scan returns places for the given columns, and a function that makes an
	// entity of what was read into them.
	scan func(Columns) (dest []any, take func(*ads.Advertiser, int64) any)
}

func newLevel[T any](l level, columns []column[T], finish func(row *T, a *ads.Advertiser, id int64, delivery *ads.Delivery) any) *level {
	for _, c := range columns {
		l.fields = append(l.fields, " "+c.fields+" ")
		l.selects = append(l.selects, c.expr)
		l.blanks = append(l.blanks, c.blank)
		l.needs = append(l.needs, c.join)
	}
	l.selects[deliveryColumn], l.needs[deliveryColumn] = l.delivery, "delivery"
	l.scan = func(set Columns) ([]any, func(*ads.Advertiser, int64) any) {
		var (
			scratch, empty T
			delivery       string
			chunk          []T
		)
		dest := []any{}
		l.each(set, func(i int) {
			if i == deliveryColumn {
				dest = append(dest, &delivery)
			} else {
				dest = append(dest, columns[i].dest(&scratch))
			}
		})
		empty = scratch // what dest points at stays where it is
		return dest, func(a *ads.Advertiser, id int64) any {
			var derived *ads.Delivery
			if set&DeliveryOnly != 0 {
				derived = ads.ParseDelivery(delivery)
			}
			if len(chunk) == cap(chunk) { // entities live and die together: a few allocations serve them all
				chunk = make([]T, 0, min(2*cap(chunk)+8, 128))
			}
			chunk = append(chunk, scratch)
			scratch = empty
			return finish(&chunk[len(chunk)-1], a, id, derived)
		}
	}
	return &l
}

// each calls f with the index of each column of the set, in order.
func (l *level) each(set Columns, f func(i int)) {
	for set &= 1<<len(l.selects) - 1; set != 0; set &= set - 1 {
		f(bits.TrailingZeros64(uint64(set)))
	}
}

// join composes the joins that the columns of a set need.
func (l *level) join(set Columns) string {
	text, done := "", map[string]bool{}
	l.each(set, func(i int) {
		if name := l.needs[i]; name != "" && !done[name] {
			done[name] = true
			text += l.joins[name]
		}
	})
	return text
}

// visibleTo composes the condition that the tenant's viewer may see a row.
func (l *level) visibleTo(t *tenant) string {
	if l.visible == "" {
		return ""
	}
	return "\n    AND " + t.fill(l.visible)
}

// ColumnsOf returns the columns that the given GraphQL fields of a level need.
func ColumnsOf(name ads.Level, fields []string) Columns {
	var set Columns
	for _, field := range fields {
		for i, needs := range levels[name].fields {
			if strings.Contains(needs, " "+field+" ") {
				set |= 1 << i
			}
		}
	}
	return set
}

// DeliveryOnly is the set of the delivery column alone.
const DeliveryOnly Columns = 1 << deliveryColumn

// utc returns an instant in UTC, whatever the time zone of the session.
func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// instant turns a time into a whole number, so that cursors hold it exactly.
func instant(expr string) string { return "(extract(epoch FROM " + expr + ") * 1000000)::bigint" }

// adGroupServes tells whether ad group g has something to show now.
const adGroupServes = `g.status = 'ACTIVE' AND (g.start_at IS NULL OR g.start_at <= {now}) AND (g.end_at IS NULL OR g.end_at > {now})
      AND EXISTS (SELECT 1 FROM ad AS x WHERE x.advertiser_id = {a} AND x.ad_group_id = g.id AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')`

// lifecycle is the reasons that take precedence over everything else.
func lifecycle(alias, level string) string {
	return `CASE ` + alias + `.status WHEN 'ARCHIVED' THEN '` + level + `_ARCHIVED' WHEN 'DELETED_DRAFT' THEN '` + level +
		`_DELETED_DRAFT' WHEN 'DRAFT' THEN '` + level + `_DRAFT' END`
}

func paused(alias, level string) string {
	return `CASE WHEN ` + alias + `.status = 'PAUSED' THEN '` + level + `_PAUSED' END`
}

func notStarted(alias, level string) string {
	return `CASE WHEN ` + alias + `.start_at > {now} THEN '` + level + `_NOT_STARTED' END`
}

func ended(alias, level string) string {
	return `CASE WHEN ` + alias + `.end_at <= {now} THEN '` + level + `_ENDED' END`
}

// budgetSpent compares a lifetime budget with the spend so far.
const (
	campaignBudgetSpent = `CASE WHEN c.lifetime_budget_micros <= (SELECT t.spend_micros FROM campaign_lifetime AS t
      WHERE t.advertiser_id = {a} AND t.campaign_id = c.id) THEN 'CAMPAIGN_BUDGET_SPENT' END`
	adGroupBudgetSpent = `CASE WHEN g.budget_type = 'LIFETIME' AND g.budget_micros <= (SELECT t.spend_micros FROM ad_group_lifetime AS t
      WHERE t.advertiser_id = {a} AND t.ad_group_id = g.id) THEN 'AD_GROUP_BUDGET_SPENT' END`
)

// reasons puts causes in order; the first that applies decides the status.
func reasons(causes ...string) string {
	return "concat_ws(',',\n    " + strings.Join(causes, ",\n    ") + ")"
}

const advertiserDisabled = `CASE WHEN {disabled} THEN 'ADVERTISER_DISABLED' END`

// adRow is an ad with the place that its pin is read into.
type adRow struct {
	ads.Ad
	pin *ads.Pin // nil if none is read
}

// shown returns the place that pins are read into.
func (a *adRow) shown() *ads.Pin {
	if a.pin == nil {
		a.pin = &ads.Pin{}
	}
	return a.pin
}

// levels is the three levels below the advertiser, pins, and the kinds of
// objects beside them.
var levels = map[ads.Level]*level{ //nolint:gochecknoglobals // a constant table
	ads.LevelCampaign: newLevel(level{
		name: ads.LevelCampaign, title: "Campaign", noun: "campaign", table: "campaign", alias: "c", nameColumn: "name", dayTable: "campaign_day", idColumn: "campaign_id",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "c.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "c.id"}, "NAME": {"lower(c.name)", true, false}, "STATUS": {"c.status", true, false}, "OBJECTIVE": {"c.objective", true, false},
			"BUDGET":   {expr: "coalesce(c.daily_budget_micros, c.lifetime_budget_micros)", nullable: true},
			"START_AT": {expr: instant("c.start_at"), nullable: true}, "END_AT": {expr: instant("c.end_at"), nullable: true},
			"CREATED_AT": {expr: instant("c.created_at")}, "UPDATED_AT": {expr: instant("c.updated_at")},
		},
		filters: map[string]string{"ID": "c.id = ANY({v})", "LABEL": `EXISTS (SELECT 1 FROM campaign_label AS h
      WHERE h.advertiser_id = {a} AND h.campaign_id = c.id AND h.label_id = ANY({v}))`},
		delivery: reasons(lifecycle("c", "CAMPAIGN"), advertiserDisabled, paused("c", "CAMPAIGN"), notStarted("c", "CAMPAIGN"),
			ended("c", "CAMPAIGN"), campaignBudgetSpent, `CASE WHEN c.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM ad_group AS g
      WHERE g.advertiser_id = {a} AND g.campaign_id = c.id AND `+adGroupServes+`) THEN 'CAMPAIGN_NO_SERVABLE_CHILD' END`),
	}, []column[ads.Campaign]{
		{fields: "delivery", blank: "''"},
		{"name", "c.name", "''", func(c *ads.Campaign) any { return &c.Name }, ""},
		{"objective", "c.objective", "''", func(c *ads.Campaign) any { return &c.Objective }, ""},
		{"status", "c.status", "''", func(c *ads.Campaign) any { return &c.Status }, ""},
		{"isCbo", "c.is_cbo", "false", func(c *ads.Campaign) any { return &c.IsCbo }, ""},
		{"budget budgetProgress", "c.daily_budget_micros", "NULL::bigint", func(c *ads.Campaign) any { return &c.DailyBudgetMicros }, ""},
		{"budget budgetProgress", "c.lifetime_budget_micros", "NULL::bigint", func(c *ads.Campaign) any { return &c.LifetimeBudgetMicros }, ""},
		{"budget", "c.is_flexible_daily", "false", func(c *ads.Campaign) any { return &c.IsFlexibleDaily }, ""},
		{"startAt budgetProgress", "c.start_at", "NULL::timestamptz", func(c *ads.Campaign) any { return &c.StartAt }, ""},
		{"endAt budgetProgress", "c.end_at", "NULL::timestamptz", func(c *ads.Campaign) any { return &c.EndAt }, ""},
		{"version", "c.version", "0", func(c *ads.Campaign) any { return &c.Version }, ""},
		{"createdAt budgetProgress", "c.created_at", "{now}", func(c *ads.Campaign) any { return &c.CreatedAt }, ""},
		{"updatedAt", "c.updated_at", "{now}", func(c *ads.Campaign) any { return &c.UpdatedAt }, ""},
	}, func(c *ads.Campaign, a *ads.Advertiser, id int64, delivery *ads.Delivery) any {
		c.Advertiser, c.ID = a, id
		c.Delivery = delivery
		c.CreatedAt, c.UpdatedAt = c.CreatedAt.UTC(), c.UpdatedAt.UTC()
		c.StartAt, c.EndAt = utc(c.StartAt), utc(c.EndAt)
		return c
	}),
	ads.LevelAdGroup: newLevel(level{
		name: ads.LevelAdGroup, title: "AdGroup", noun: "ad group", table: "ad_group", alias: "g", nameColumn: "name", dayTable: "ad_group_day", idColumn: "ad_group_id",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "g.advertiser_id", ads.LevelCampaign: "g.campaign_id"},
		sorts: map[string]sortField{
			"ID": {expr: "g.id"}, "NAME": {"lower(g.name)", true, false}, "STATUS": {"g.status", true, false},
			"BUDGET": {expr: "g.budget_micros", nullable: true}, "BID": {expr: "g.bid_micros", nullable: true},
			"START_AT": {expr: instant("g.start_at"), nullable: true}, "END_AT": {expr: instant("g.end_at"), nullable: true},
			"CREATED_AT": {expr: instant("g.created_at")}, "UPDATED_AT": {expr: instant("g.updated_at")},
		},
		filters: map[string]string{"ID": "g.id = ANY({v})", "AUDIENCE": `EXISTS (SELECT 1 FROM ad_group_audience AS k
      WHERE k.advertiser_id = {a} AND k.ad_group_id = g.id AND k.audience_id = ANY({v}))`},
		joins: map[string]string{"delivery": "\n  JOIN campaign AS c ON c.advertiser_id = {a} AND c.id = g.campaign_id"},
		delivery: reasons(lifecycle("g", "AD_GROUP"), lifecycle("c", "CAMPAIGN"), advertiserDisabled, paused("g", "AD_GROUP"),
			paused("c", "CAMPAIGN"), notStarted("g", "AD_GROUP"), notStarted("c", "CAMPAIGN"), ended("g", "AD_GROUP"),
			ended("c", "CAMPAIGN"), adGroupBudgetSpent, campaignBudgetSpent,
			`CASE WHEN g.status = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM ad AS x
      WHERE x.advertiser_id = {a} AND x.ad_group_id = g.id AND x.status = 'ACTIVE' AND x.review_status = 'APPROVED')
      THEN 'AD_GROUP_NO_SERVABLE_CHILD' END`),
	}, []column[ads.AdGroup]{
		{fields: "delivery", blank: "''"},
		{"campaign", "g.campaign_id", "0::bigint", func(g *ads.AdGroup) any { return &g.CampaignID }, ""},
		{"name", "g.name", "''", func(g *ads.AdGroup) any { return &g.Name }, ""},
		{"status", "g.status", "''", func(g *ads.AdGroup) any { return &g.Status }, ""},
		{"budgetType budget budgetProgress", "g.budget_type", "''", func(g *ads.AdGroup) any { return &g.BudgetType }, ""},
		{"budget budgetProgress", "g.budget_micros", "NULL::bigint", func(g *ads.AdGroup) any { return &g.BudgetMicros }, ""},
		{"bidStrategy", "g.bid_strategy", "NULL::text", func(g *ads.AdGroup) any { return &g.BidStrategy }, ""},
		{"bid", "g.bid_micros", "NULL::bigint", func(g *ads.AdGroup) any { return &g.BidMicros }, ""},
		{"billableEvent", "g.billable_event", "''", func(g *ads.AdGroup) any { return &g.BillableEvent }, ""},
		{"pacing", "g.pacing", "''", func(g *ads.AdGroup) any { return &g.Pacing }, ""},
		{"placement", "g.placement", "''", func(g *ads.AdGroup) any { return &g.Placement }, ""},
		{"startAt budgetProgress", "g.start_at", "NULL::timestamptz", func(g *ads.AdGroup) any { return &g.StartAt }, ""},
		{"endAt budgetProgress", "g.end_at", "NULL::timestamptz", func(g *ads.AdGroup) any { return &g.EndAt }, ""},
		{"targeting", "g.targeting", "'{}'::jsonb", func(g *ads.AdGroup) any { return &g.Targeting }, ""},
		{"autoTargeting", "g.auto_targeting", "false", func(g *ads.AdGroup) any { return &g.AutoTargeting }, ""},
		{"frequencyCap", "g.frequency_cap", "NULL::int", func(g *ads.AdGroup) any { return &g.FrequencyCap }, ""},
		{"isLearning", "g.is_learning", "false", func(g *ads.AdGroup) any { return &g.IsLearning }, ""},
		{"version", "g.version", "0", func(g *ads.AdGroup) any { return &g.Version }, ""},
		{"createdAt budgetProgress", "g.created_at", "{now}", func(g *ads.AdGroup) any { return &g.CreatedAt }, ""},
		{"updatedAt", "g.updated_at", "{now}", func(g *ads.AdGroup) any { return &g.UpdatedAt }, ""},
	}, func(g *ads.AdGroup, a *ads.Advertiser, id int64, delivery *ads.Delivery) any {
		g.Advertiser, g.ID = a, id
		g.Delivery = delivery
		g.CreatedAt, g.UpdatedAt = g.CreatedAt.UTC(), g.UpdatedAt.UTC()
		g.StartAt, g.EndAt = utc(g.StartAt), utc(g.EndAt)
		return g
	}),
	ads.LevelAd: newLevel(level{
		name: ads.LevelAd, title: "Ad", noun: "ad", table: "ad", alias: "d", nameColumn: "name", dayTable: "ad_day", idColumn: "ad_id",
		parents: map[ads.Level]string{
			ads.LevelAdvertiser: "d.advertiser_id", ads.LevelCampaign: "d.campaign_id", ads.LevelAdGroup: "d.ad_group_id",
			ads.LevelPin: "d.pin_id",
		},
		sorts: map[string]sortField{
			"ID": {expr: "d.id"}, "NAME": {"lower(d.name)", true, true}, "STATUS": {"d.status", true, false},
			"CREATED_AT": {expr: instant("d.created_at")}, "UPDATED_AT": {expr: instant("d.updated_at")},
		},
		filters: map[string]string{"ID": "d.id = ANY({v})"},
		joins: map[string]string{
			"delivery": "\n  JOIN ad_group AS g ON g.advertiser_id = {a} AND g.id = d.ad_group_id" +
				"\n  JOIN campaign AS c ON c.advertiser_id = {a} AND c.id = d.campaign_id",
			"pin": "\n  JOIN pin AS i ON i.advertiser_id = {a} AND i.id = d.pin_id",
		},
		delivery: reasons(lifecycle("d", "AD"), lifecycle("g", "AD_GROUP"), lifecycle("c", "CAMPAIGN"), advertiserDisabled,
			`CASE d.review_status WHEN 'REJECTED' THEN 'AD_REJECTED' WHEN 'PENDING' THEN 'AD_PENDING' WHEN 'OTHER' THEN 'AD_PENDING' END`,
			paused("d", "AD"), paused("g", "AD_GROUP"), paused("c", "CAMPAIGN"), notStarted("g", "AD_GROUP"),
			notStarted("c", "CAMPAIGN"), ended("g", "AD_GROUP"), ended("c", "CAMPAIGN"), adGroupBudgetSpent, campaignBudgetSpent),
	}, []column[adRow]{
		{fields: "delivery", blank: "''"},
		{"campaign", "d.campaign_id", "0::bigint", func(a *adRow) any { return &a.CampaignID }, ""},
		{"adGroup", "d.ad_group_id", "0::bigint", func(a *adRow) any { return &a.AdGroupID }, ""},
		{"pin", "i.id", "0::bigint", func(a *adRow) any { return &a.shown().ID }, "pin"},
		{"pin.title", "i.title", "''", func(a *adRow) any { return &a.shown().Title }, "pin"},
		{"pin.description", "i.description", "''", func(a *adRow) any { return &a.shown().Description }, "pin"},
		{"pin.creativeType", "i.creative_type", "''", func(a *adRow) any { return &a.shown().CreativeType }, "pin"},
		{"pin.mediaUrl", "i.media_url", "NULL::text", func(a *adRow) any { return &a.shown().MediaURL }, "pin"},
		{"pin.thumbUrl", "i.thumb_url", "NULL::text", func(a *adRow) any { return &a.shown().ThumbURL }, "pin"},
		{"pin.width", "i.width", "NULL::int", func(a *adRow) any { return &a.shown().Width }, "pin"},
		{"pin.height", "i.height", "NULL::int", func(a *adRow) any { return &a.shown().Height }, "pin"},
		{"pin.videoSeconds", "i.video_seconds", "NULL::int", func(a *adRow) any { return &a.shown().VideoSeconds }, "pin"},
		{"pin.isDeleted", "i.is_deleted", "false", func(a *adRow) any { return &a.shown().IsDeleted }, "pin"},
		{"name", "d.name", "NULL::text", func(a *adRow) any { return &a.Name }, ""},
		{"status", "d.status", "''", func(a *adRow) any { return &a.Status }, ""},
		{"creativeType", "d.creative_type", "''", func(a *adRow) any { return &a.CreativeType }, ""},
		{"destinationUrl", "d.destination_url", "NULL::text", func(a *adRow) any { return &a.DestinationURL }, ""},
		{"review", "d.review_status", "''", func(a *adRow) any { return &a.Review.Status }, ""},
		{"review", "d.rejected_reasons", "'{}'::text[]", func(a *adRow) any { return (*pq.StringArray)(&a.Review.RejectedReasons) }, ""},
		{"review", "d.reviewed_at", "NULL::timestamptz", func(a *adRow) any { return &a.Review.ReviewedAt }, ""},
		{"version", "d.version", "0", func(a *adRow) any { return &a.Version }, ""},
		{"createdAt", "d.created_at", "{now}", func(a *adRow) any { return &a.CreatedAt }, ""},
		{"updatedAt", "d.updated_at", "{now}", func(a *adRow) any { return &a.UpdatedAt }, ""},
	}, func(row *adRow, a *ads.Advertiser, id int64, delivery *ads.Delivery) any {
		d := &row.Ad
		d.Advertiser, d.ID = a, id
		d.Delivery = delivery
		d.CreatedAt, d.UpdatedAt = d.CreatedAt.UTC(), d.UpdatedAt.UTC()
		d.Review.ReviewedAt = utc(d.Review.ReviewedAt)
		if row.pin != nil {
			pin := *row.pin
			*row.pin = ads.Pin{} // the next row's
			if pin.ID != 0 {
				pin.Advertiser = a
				d.Pin = &pin
			}
		}
		return d
	}),
	ads.LevelPin: newLevel(level{
		name: ads.LevelPin, title: "Pin", noun: "pin", table: "pin", alias: "i", nameColumn: "title", dayTable: "pin_day", idColumn: "pin_id",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "i.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "i.id"}, "TITLE": {"lower(i.title)", true, false}, "CREATED_AT": {expr: instant("i.created_at")},
		},
		filters: map[string]string{
			"AD_STATUS": "EXISTS (SELECT 1 FROM ad AS x WHERE x.advertiser_id = {a} AND x.pin_id = i.id AND x.status = ANY({v}))",
		},
		delivery: "''", // pins have none of their own
	}, []column[ads.Pin]{
		{blank: "''"},
		{"title", "i.title", "''", func(p *ads.Pin) any { return &p.Title }, ""},
		{"description", "i.description", "''", func(p *ads.Pin) any { return &p.Description }, ""},
		{"creativeType", "i.creative_type", "''", func(p *ads.Pin) any { return &p.CreativeType }, ""},
		{"mediaUrl", "i.media_url", "NULL::text", func(p *ads.Pin) any { return &p.MediaURL }, ""},
		{"thumbUrl", "i.thumb_url", "NULL::text", func(p *ads.Pin) any { return &p.ThumbURL }, ""},
		{"width", "i.width", "NULL::int", func(p *ads.Pin) any { return &p.Width }, ""},
		{"height", "i.height", "NULL::int", func(p *ads.Pin) any { return &p.Height }, ""},
		{"videoSeconds", "i.video_seconds", "NULL::int", func(p *ads.Pin) any { return &p.VideoSeconds }, ""},
		{"isDeleted", "i.is_deleted", "false", func(p *ads.Pin) any { return &p.IsDeleted }, ""},
		{
			"lastDeliveredOn", "(SELECT max(y.day)::text FROM pin_day AS y WHERE y.advertiser_id = {a} AND y.pin_id = i.id)", "NULL::text",
			func(p *ads.Pin) any { return &p.LastDeliveredOn }, "",
		},
	}, func(p *ads.Pin, a *ads.Advertiser, id int64, _ *ads.Delivery) any {
		p.Advertiser, p.ID = a, id
		return p
	}),

	ads.LevelAudience:      newAudience(),
	ads.LevelKeyword:       newKeyword(),
	ads.LevelLabel:         newLabel(),
	ads.LevelConversionTag: newConversionTag(),

	ads.LevelInvoice: newInvoice(), ads.LevelOrderLine: newOrderLine(),
	ads.LevelSavedView: newSavedView(), ads.LevelReportTemplate: newReportTemplate(), ads.LevelExport: newExport(),
	ads.LevelNotification: newNotification(), ads.LevelRecommendation: newRecommendation(),
	ads.LevelMember: newMember(), ads.LevelInvitation: newInvitation(), ads.LevelAccessChange: newAccessChange(),
	ads.LevelChange: newChange(),
}
