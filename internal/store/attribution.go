package store

import (
	"strings"

	"adsgraph/internal/metrics"
)

// source returns what a statement reads days from: the level's day table, whose
// conversions are those of the default attribution, or, for another one, that
// table and the conversions behind it.
//
// advertiser is the tenant as an expression. bounds are conditions on the day
// of action that any row must meet, or empty.
func source(b *builder, at metrics.Attribution, advertiser, table, idColumn string, measures metrics.Set, bounds string) string {
	if at == metrics.DefaultAttribution() || measures&metrics.Attributed == 0 {
		return table
	}
	ids := "advertiser_id"
	if idColumn != ids {
		ids += ", @." + idColumn
	}
	day := "v.action_day"
	if at.ReportTime == metrics.Conversion {
		day = "(v.action_day + v.lag_days::int)"
	}
	var s strings.Builder
	s.WriteString("(\n  SELECT t." + strings.ReplaceAll(ids, "@", "t") + ", t.day")
	for _, base := range (measures &^ metrics.Of(metrics.People)).Bases() {
		if metrics.Attributed.Has(base) {
			s.WriteString(", 0::bigint AS " + metrics.DayColumns[base])
		} else {
			s.WriteString(", t." + metrics.DayColumns[base])
		}
	}
	s.WriteString("\n  FROM " + table + " AS t\n  WHERE t.advertiser_id = " + advertiser + "\n  UNION ALL\n  SELECT v." + strings.ReplaceAll(ids, "@", "v") + ", " + day)
	for _, base := range (measures &^ metrics.Of(metrics.People)).Bases() {
		s.WriteString(", " + attributedMeasure(base))
	}
	s.WriteString("\n  FROM ad_conversion AS v\n  WHERE v.advertiser_id = " + advertiser + bounds + "\n    AND v.lag_days <= CASE v.credited_action WHEN 'CLICK' THEN " +
		b.arg(at.ClickWindowDays) + "::int WHEN 'ENGAGEMENT' THEN " + b.arg(at.EngagementWindowDays) + "::int ELSE " + b.arg(at.ViewWindowDays) + "::int END\n  )")
	return s.String()
}

// attributedMeasure is a measure of a row of conversions.
func attributedMeasure(base metrics.Base) string {
	event := func(name, column string) string {
		return "CASE v.event WHEN '" + name + "' THEN v." + column + " ELSE 0 END"
	}
	switch base {
	case metrics.Conversions:
		return "v.conversions"
	case metrics.PageVisits:
		return event("PAGE_VISIT", "conversions")
	case metrics.Signups:
		return event("SIGNUP", "conversions")
	case metrics.AddToCarts:
		return event("ADD_TO_CART", "conversions")
	case metrics.Checkouts:
		return event("CHECKOUT", "conversions")
	case metrics.CheckoutValueMicros:
		return event("CHECKOUT", "value_micros")
	default:
		return "0::bigint"
	}
}

// source returns what days of a level are read from; see the function.
func (d *days) source(t *tenant, table, idColumn string, measures metrics.Set) string {
	bounds := ""
	if at := d.window.Attribution; at != metrics.DefaultAttribution() && at.ReportTime == metrics.Conversion && measures&metrics.Attributed != 0 {
		first := d.window.From
		if d.window.Compares() {
			first = min(first, d.window.Previous.From)
		}
		bounds = "\n    AND v.action_day BETWEEN " + d.arg(first.Add(-metrics.MaxLagDays)) + " AND " + d.to() // so that only some partitions are read
	}
	return source(t.b, d.window.Attribution, t.id, table, idColumn, measures, bounds)
}
