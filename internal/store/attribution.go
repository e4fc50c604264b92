package store

import (
	"strings"

	"adsgraph/internal/metrics"
)

// dayRows is what a statement reads the days of a level from.
type dayRows struct {
	b *builder
	// advertiser is the tenant as an expression.
	advertiser string
	// table is the level's day table, idColumn its column of entities.
	table, idColumn string
	measures        metrics.Set
	attribution     metrics.Attribution
	// version is a data version as an argument, empty for the newest numbers.
	version string
	// bounds are conditions on the day of action that conversions must meet, or
	// empty.
	bounds string
}

// source returns the level's day table, whose conversions are those of the
// default attribution; for another one, that table without its conversions and
// the rows of conversions; and for an earlier data version, also what was
// undone since: the sums over all of these are the numbers asked for.
func (d dayRows) source() string {
	attributed := d.attribution != metrics.DefaultAttribution() && d.measures&metrics.Attributed != 0
	if !attributed && d.version == "" {
		return d.table
	}
	parts := []string{d.days(d.table, attributed, "")}
	if attributed {
		parts = append(parts, d.conversions("ad_conversion", ""))
	}
	if d.version != "" {
		parts = append(parts, d.days("ad_day_undo", attributed, "\n    AND t.version > "+d.version))
		if attributed {
			parts = append(parts, d.conversions("ad_conversion_undo", "\n    AND v.version > "+d.version))
		}
	}
	return "(\n  " + strings.Join(parts, "\n  UNION ALL\n  ") + "\n  )"
}

// days selects rows of a day table, without conversions if others take their
// place.
func (d dayRows) days(table string, attributed bool, since string) string {
	var s strings.Builder
	s.WriteString("SELECT t.advertiser_id")
	if d.idColumn != "advertiser_id" {
		s.WriteString(", t." + d.idColumn)
	}
	s.WriteString(", t.day")
	for _, base := range (d.measures &^ metrics.Of(metrics.People)).Bases() {
		if attributed && metrics.Attributed.Has(base) {
			s.WriteString(", 0::bigint AS " + metrics.DayColumns[base])
		} else {
			s.WriteString(", t." + metrics.DayColumns[base])
		}
	}
	s.WriteString("\n  FROM " + table + " AS t\n  WHERE t.advertiser_id = " + d.advertiser + since)
	return s.String()
}

// conversions selects the conversions that count, as rows of a day table.
func (d dayRows) conversions(table, since string) string {
	var s strings.Builder
	pins := d.idColumn == "pin_id" && table == "ad_conversion" // conversions name the ad, which names the pin
	s.WriteString("SELECT v.advertiser_id")
	switch {
	case pins:
		s.WriteString(", x.pin_id")
	case d.idColumn != "advertiser_id":
		s.WriteString(", v." + d.idColumn)
	}
	if d.attribution.ReportTime == metrics.Conversion {
		s.WriteString(", (v.action_day + v.lag_days::int)")
	} else {
		s.WriteString(", v.action_day")
	}
	for _, base := range (d.measures &^ metrics.Of(metrics.People)).Bases() {
		s.WriteString(", " + attributedMeasure(base))
	}
	s.WriteString("\n  FROM " + table + " AS v")
	if pins {
		s.WriteString("\n  JOIN ad AS x ON x.advertiser_id = " + d.advertiser + " AND x.id = v.ad_id")
	}
	at := d.attribution
	s.WriteString("\n  WHERE v.advertiser_id = " + d.advertiser + since + d.bounds + "\n    AND v.lag_days <= CASE v.credited_action WHEN 'CLICK' THEN " +
		d.b.arg(at.ClickWindowDays) + "::int WHEN 'ENGAGEMENT' THEN " + d.b.arg(at.EngagementWindowDays) + "::int ELSE " + d.b.arg(at.ViewWindowDays) + "::int END")
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

// source returns what days of a level are read from.
func (d *days) source(t *tenant, table, idColumn string, measures metrics.Set) string {
	bounds := ""
	if at := d.window.Attribution; at != metrics.DefaultAttribution() && at.ReportTime == metrics.Conversion && measures&metrics.Attributed != 0 {
		first := d.window.From
		if d.window.Compares() {
			first = min(first, d.window.Previous.From)
		}
		bounds = "\n    AND v.action_day BETWEEN " + d.arg(first.Add(-metrics.MaxLagDays)) + " AND " + d.to() // so that only some partitions are read
	}
	return dayRows{
		b: t.b, advertiser: t.id, table: table, idColumn: idColumn, measures: measures,
		attribution: d.window.Attribution, version: d.version(), bounds: bounds,
	}.source()
}

// sumsOf joins m, the sums of the days of one entity. An entity is looked up by
// itself, by the primary key of its days: for many at once, a plan for any
// arguments would read them by day, scattered over the table, and sort them.
func (d *days) sumsOf(t *tenant, table, idColumn, id string, current, prior metrics.Set) string {
	return "\nLEFT JOIN LATERAL (\n  SELECT count(*) AS n" + d.sums(current, prior) + "\n  FROM " + d.source(t, table, idColumn, current|prior) +
		" AS y\n  WHERE y.advertiser_id = " + t.id + " AND y." + idColumn + " = " + id + " AND " + d.withinOf(table, idColumn, id, prior != 0) + "\n) AS m ON true"
}
