package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// adDayKey names the columns of ad_day before the measures.
const adDayKey = "advertiser_id, campaign_id, ad_group_id, ad_id, day"

// prefixed puts an alias before each name of a list.
func prefixed(alias string, names []string) string {
	return alias + "." + strings.Join(names, ", "+alias+".")
}

// delivered is the condition that a row of measures is not all zeros: days without
// delivery have no row.
func delivered(alias string, columns []string) string {
	return "greatest(" + prefixed(alias, columns) + ") > 0"
}

// removeDuplicates leaves one row per ad and day. Which one does not depend on the
// order in which rows came, unless it is that of the lines that decides.
func (im *Import) removeDuplicates(ctx context.Context) error {
	text := "-- name: ImportDuplicates\nDELETE FROM import_day AS d USING (\n  SELECT ctid AS place, row_number() OVER (PARTITION BY advertiser_id, ad_id, day ORDER BY version DESC, line DESC, " +
		strings.Join(measureColumns(), " DESC, ") + " DESC) AS n FROM import_day\n) AS ranked\nWHERE ranked.n > 1 AND d.ctid = ranked.place"
	return run(ctx, im.tx, text)
}

// convertedDays selects, as rows of ad_conversion, the conversions of gathered days
// of some advertisers. Reports count conversions as their own windows attribute
// them, and so these count in every window: at once, after a click.
const convertedDays = `SELECT n.advertiser_id, n.campaign_id, n.ad_group_id, n.ad_id, n.day AS action_day, 0::smallint AS lag_days, c.event, 'WEB' AS source,
       'CLICK' AS credited_action, c.conversions, c.value_micros, 0::bigint AS quantity
FROM import_day AS n
CROSS JOIN LATERAL (VALUES ('PAGE_VISIT', n.page_visits, 0), ('SIGNUP', n.signups, 0), ('ADD_TO_CART', n.add_to_carts, 0),
  ('CHECKOUT', n.checkouts, n.checkout_value_micros)) AS c (event, conversions, value_micros)
WHERE n.advertiser_id = ANY ($1) AND n.conversions > 0 AND c.conversions > 0`

const conversionKey = "advertiser_id, campaign_id, ad_group_id, ad_id, action_day, lag_days, event, source, credited_action"

// takeBack puts rows that were sent at once, and of whose ads and days others came
// later, to these.
func (im *Import) takeBack(ctx context.Context, done *ImportChanges) error {
	measures := strings.Join(measureColumns(), ", ")
	n, err := count(ctx, im.tx, "-- name: ImportTakeBack\nWITH taken AS (\n  DELETE FROM ad_day AS y USING import_sent AS s\n"+
		"  WHERE y.advertiser_id = s.advertiser_id AND y.ad_id = s.ad_id AND y.day = s.day\n  RETURNING y.*, s.version\n)\nINSERT INTO import_day ("+adDayKey+", version, line, "+measures+
		")\nSELECT "+adDayKey+", version, 0, "+measures+" FROM taken")
	if err != nil {
		return err
	}
	done.Added -= n
	return run(ctx, im.tx, "-- name: ImportTakeBackConversions\nDELETE FROM ad_conversion AS v USING import_sent AS s\n"+
		"WHERE v.advertiser_id = s.advertiser_id AND v.ad_id = s.ad_id AND v.action_day = s.day")
}

// writeNew writes the days of new advertisers that were not sent at once: there is
// nothing to replace, and nobody can have read an earlier version of them.
func (im *Import) writeNew(ctx context.Context, p ImportPlan, done *ImportChanges) error {
	if len(p.New) == 0 {
		return nil
	}
	columns := adDayKey + ", " + strings.Join(measureColumns(), ", ")
	n, err := count(ctx, im.tx, "-- name: ImportNewDays\nINSERT INTO ad_day ("+columns+")\nSELECT "+columns+" FROM import_day AS n\nWHERE n.advertiser_id = ANY ($1) AND "+
		delivered("n", measureColumns()), pq.Array(p.New))
	if err != nil {
		return err
	}
	done.Added += im.NewDays.Rows() + n
	if err := im.tx.GetContext(ctx, &done.Days, "-- name: ImportNewDayCount\nSELECT count(*) FROM (SELECT DISTINCT advertiser_id, day FROM import_scope WHERE advertiser_id = ANY ($1)) AS d", pq.Array(p.New)); err != nil {
		return fmt.Errorf("ImportNewDayCount: %w", err)
	}
	return run(ctx, im.tx, "-- name: ImportNewConversions\nINSERT INTO ad_conversion ("+conversionKey+", conversions, value_micros, quantity)\n"+convertedDays, pq.Array(p.New))
}

// inScope is the condition that a fact is to be replaced.
func inScope(alias, day string) string {
	return fmt.Sprintf("EXISTS (SELECT FROM import_scope AS s WHERE s.advertiser_id = %[1]s.advertiser_id AND s.day = %[1]s.%[2]s AND (s.campaign_id = 0 OR s.campaign_id = %[1]s.campaign_id))", alias, day)
}

// writeExisting writes the days of advertisers that were there before: only rows
// that differ are touched.
func (im *Import) writeExisting(ctx context.Context, p ImportPlan, done *ImportChanges) error {
	measures := measureColumns()
	differences := make([]string, len(measures))
	for i, c := range measures {
		differences[i] = fmt.Sprintf("coalesce(o.%[1]s, 0) - coalesce(n.%[1]s, 0) AS %[1]s", c)
	}
	for _, table := range []string{
		"import_diff ON COMMIT DROP AS SELECT " + adDayKey + ", true AS was, true AS now, " + strings.Join(measures, ", ") + " FROM ad_day WITH NO DATA",
		"import_conversion_diff ON COMMIT DROP AS SELECT " + conversionKey + ", true AS was, true AS now, conversions, value_micros, quantity, conversions AS new_conversions, value_micros AS new_value_micros FROM ad_conversion WITH NO DATA",
		"import_breakdown_diff ON COMMIT DROP AS SELECT advertiser_id, day FROM ad_day WITH NO DATA",
	} {
		if err := run(ctx, im.tx, "-- name: ImportTable\nCREATE TEMP TABLE "+table); err != nil {
			return err
		}
	}
	if len(p.Existing) == 0 || p.First == "" {
		return nil
	}
	existing, first, last := pq.Array(p.Existing), string(p.First), string(p.Last)
	if err := im.keepFiner(ctx, existing, done); err != nil {
		return err
	}
	for _, table := range []string{"import_day", "import_scope"} {
		if err := run(ctx, im.tx, "-- name: ImportAnalyze\nANALYZE "+table); err != nil {
			return err
		}
	}
	steps := []struct {
		text string
		args []any
	}{
		{"-- name: ImportDifferences\nINSERT INTO import_diff\nSELECT coalesce(n.advertiser_id, o.advertiser_id), coalesce(n.campaign_id, o.campaign_id), coalesce(n.ad_group_id, o.ad_group_id), " +
			"coalesce(n.ad_id, o.ad_id), coalesce(n.day, o.day), o.ad_id IS NOT NULL, n.ad_id IS NOT NULL, " + strings.Join(differences, ", ") +
			"\nFROM (SELECT * FROM import_day AS d WHERE d.advertiser_id = ANY ($1) AND " + delivered("d", measures) + ") AS n" +
			"\nFULL JOIN (SELECT y.* FROM ad_day AS y WHERE y.advertiser_id = ANY ($1) AND y.day BETWEEN $2 AND $3 AND " + inScope("y", "day") + ") AS o" +
			"\n  ON o.advertiser_id = n.advertiser_id AND o.ad_id = n.ad_id AND o.day = n.day" +
			"\nWHERE n.ad_id IS NULL OR o.ad_id IS NULL OR (" + prefixed("n", measures) + ") IS DISTINCT FROM (" + prefixed("o", measures) + ")", []any{existing, first, last}},
		{"-- name: ImportRemoveDays\nDELETE FROM ad_day AS y USING import_diff AS d\nWHERE d.was AND y.advertiser_id = d.advertiser_id AND y.ad_id = d.ad_id AND y.day = d.day", nil},
		{"-- name: ImportDays\nINSERT INTO ad_day (" + adDayKey + ", " + strings.Join(measures, ", ") + ")\nSELECT n.advertiser_id, n.campaign_id, n.ad_group_id, n.ad_id, n.day, " + prefixed("n", measures) +
			"\nFROM import_day AS n\nJOIN import_diff AS d ON d.advertiser_id = n.advertiser_id AND d.ad_id = n.ad_id AND d.day = n.day\nWHERE d.now", nil},
		{"-- name: ImportConversionDifferences\nINSERT INTO import_conversion_diff\nSELECT coalesce(n.advertiser_id, o.advertiser_id), coalesce(n.campaign_id, o.campaign_id), coalesce(n.ad_group_id, o.ad_group_id), " +
			"coalesce(n.ad_id, o.ad_id), coalesce(n.action_day, o.action_day), coalesce(n.lag_days, o.lag_days), coalesce(n.event, o.event), coalesce(n.source, o.source), " +
			"coalesce(n.credited_action, o.credited_action), o.ad_id IS NOT NULL, n.ad_id IS NOT NULL, coalesce(o.conversions, 0) - coalesce(n.conversions, 0), " +
			"coalesce(o.value_micros, 0) - coalesce(n.value_micros, 0), coalesce(o.quantity, 0) - coalesce(n.quantity, 0), n.conversions, n.value_micros" +
			"\nFROM (" + convertedDays + ") AS n\nFULL JOIN (SELECT v.* FROM ad_conversion AS v WHERE v.advertiser_id = ANY ($1) AND v.action_day BETWEEN $2 AND $3 AND " + inScope("v", "action_day") + ") AS o" +
			"\n  ON o.advertiser_id = n.advertiser_id AND o.ad_id = n.ad_id AND o.action_day = n.action_day AND o.lag_days = n.lag_days AND o.event = n.event AND o.source = n.source AND o.credited_action = n.credited_action" +
			"\nWHERE n.ad_id IS NULL OR o.ad_id IS NULL OR (n.conversions, n.value_micros, n.quantity) IS DISTINCT FROM (o.conversions, o.value_micros, o.quantity)", []any{existing, first, last}},
		{"-- name: ImportRemoveConversions\nDELETE FROM ad_conversion AS v USING import_conversion_diff AS d\nWHERE d.was AND v.advertiser_id = d.advertiser_id AND v.ad_id = d.ad_id AND v.action_day = d.action_day " +
			"AND v.lag_days = d.lag_days AND v.event = d.event AND v.source = d.source AND v.credited_action = d.credited_action", nil},
		{"-- name: ImportConversions\nINSERT INTO ad_conversion (" + conversionKey + ", conversions, value_micros)\nSELECT " + conversionKey + ", new_conversions, new_value_micros FROM import_conversion_diff AS d WHERE d.now", nil},
	}
	for _, step := range steps {
		if err := run(ctx, im.tx, step.text, step.args...); err != nil {
			return err
		}
	}
	var added, updated, removed, days int64
	const counts = `-- name: ImportCounts
SELECT count(*) FILTER (WHERE now AND NOT was), count(*) FILTER (WHERE now AND was), count(*) FILTER (WHERE was AND NOT now), count(DISTINCT (advertiser_id, day)) FROM import_diff`
	if err := im.tx.QueryRowContext(ctx, counts).Scan(&added, &updated, &removed, &days); err != nil {
		return fmt.Errorf("ImportCounts: %w", err)
	}
	done.Added, done.Updated, done.Removed, done.Days = done.Added+added, done.Updated+updated, done.Removed+removed, done.Days+days
	return nil
}

// grainOf is how fine the numbers of a row of ad_day are that import_object names.
const grainOf = "CASE i.stands_for WHEN 'ADVERTISER' THEN 0 WHEN 'CAMPAIGN' THEN 1 WHEN 'AD_GROUP' THEN 2 ELSE 3 END"

// keepFiner leaves days aside of which the database holds finer numbers than the
// files have: those of the files are compared with them instead.
func (im *Import) keepFiner(ctx context.Context, existing any, done *ImportChanges) error {
	const find = `-- name: ImportFiner
CREATE TEMP TABLE import_finer ON COMMIT DROP AS
SELECT advertiser_id, campaign_id, day, grain FROM import_scope WITH NO DATA`
	const fill = `-- name: ImportFindFiner
INSERT INTO import_finer
SELECT DISTINCT s.advertiser_id, s.campaign_id, s.day, s.grain
FROM import_scope AS s
JOIN ad_day AS y ON y.advertiser_id = s.advertiser_id AND y.day = s.day AND (s.campaign_id = 0 OR s.campaign_id = y.campaign_id)
LEFT JOIN import_object AS i ON i.advertiser_id = y.advertiser_id AND i.level = 'AD' AND i.id = y.ad_id
WHERE s.advertiser_id = ANY ($1) AND s.grain < 3 AND ` + grainOf + ` > s.grain`
	const aside = `-- name: ImportAside
WITH gone AS (
  DELETE FROM import_day AS d USING import_finer AS f
  WHERE d.advertiser_id = f.advertiser_id AND d.day = f.day AND (f.campaign_id = 0 OR f.campaign_id = d.campaign_id)
  RETURNING d.advertiser_id, f.grain, d.campaign_id, d.ad_group_id, d.day, d.version, d.line, d.spend_micros, d.impressions_paid, d.clicks_paid
)
INSERT INTO import_coarse
SELECT advertiser_id, grain, CASE grain WHEN 0 THEN advertiser_id WHEN 1 THEN campaign_id ELSE ad_group_id END, day, version, line, spend_micros, impressions_paid, clicks_paid FROM gone`
	const forget = `-- name: ImportForgetScope
DELETE FROM import_scope AS s USING import_finer AS f
WHERE s.advertiser_id = f.advertiser_id AND s.campaign_id = f.campaign_id AND s.day = f.day`
	if err := run(ctx, im.tx, find); err != nil {
		return err
	}
	found, err := count(ctx, im.tx, fill, existing)
	if err != nil || found == 0 {
		return err
	}
	if done.KeptFiner, err = count(ctx, im.tx, aside); err != nil {
		return err
	}
	return run(ctx, im.tx, forget)
}

// keepUndone keeps what the import did to facts, for whoever reads them at the
// version before.
func (im *Import) keepUndone(ctx context.Context) error {
	keep := func(into, from, key string, values []string) error {
		names := strings.Split(key, ", ")
		return run(ctx, im.tx, "-- name: ImportUndo\nINSERT INTO "+into+" (version, pin_id, "+key+", "+strings.Join(values, ", ")+")\nSELECT v.version, x.pin_id, "+
			prefixed("d", names)+", "+prefixed("d", values)+"\nFROM "+from+" AS d\nJOIN data_version AS v ON v.advertiser_id = d.advertiser_id\n"+
			"LEFT JOIN ad AS x ON x.advertiser_id = d.advertiser_id AND x.id = d.ad_id")
	}
	if err := keep("ad_day_undo", "import_diff", adDayKey, measureColumns()); err != nil {
		return err
	}
	return keep("ad_conversion_undo", "import_conversion_diff", conversionKey, []string{"conversions", "value_micros", "quantity"})
}

// compare counts coarser rows whose finer ones add up to something else.
func (im *Import) compare(ctx context.Context, done *ImportChanges) error {
	const text = `-- name: ImportCompare
SELECT count(*), count(*) FILTER (WHERE (c.spend_micros, c.impressions_paid, c.clicks_paid)
  IS DISTINCT FROM (coalesce(f.spend_micros, 0), coalesce(f.impressions_paid, 0), coalesce(f.clicks_paid, 0)))
FROM (
  SELECT DISTINCT ON (advertiser_id, grain, entity_id, day) * FROM import_coarse
  ORDER BY advertiser_id, grain, entity_id, day, version DESC, line DESC, spend_micros DESC, impressions_paid DESC, clicks_paid DESC
) AS c
LEFT JOIN LATERAL (
  SELECT y.spend_micros, y.impressions_paid, y.clicks_paid FROM advertiser_day AS y
  WHERE c.grain = 0 AND y.advertiser_id = c.advertiser_id AND y.day = c.day
  UNION ALL
  SELECT y.spend_micros, y.impressions_paid, y.clicks_paid FROM campaign_day AS y
  WHERE c.grain = 1 AND y.advertiser_id = c.advertiser_id AND y.campaign_id = c.entity_id AND y.day = c.day
  UNION ALL
  SELECT y.spend_micros, y.impressions_paid, y.clicks_paid FROM ad_group_day AS y
  WHERE c.grain = 2 AND y.advertiser_id = c.advertiser_id AND y.ad_group_id = c.entity_id AND y.day = c.day
) AS f ON true`
	if err := im.tx.QueryRowContext(ctx, text).Scan(&done.Compared, &done.Different); err != nil {
		return fmt.Errorf("ImportCompare: %w", err)
	}
	return nil
}

// rollUpPins works out the numbers of an advertiser's pins anew.
func rollUpPins(ctx context.Context, tx *sqlx.Tx, advertiser int64) error {
	const whose = "\nWHERE advertiser_id = $1"
	pins := rollUps()[len(rollUps())-1]
	if err := run(ctx, tx, "-- name: RollUpRemove\nDELETE FROM "+pins.into+whose, advertiser); err != nil {
		return err
	}
	return pins.fill(ctx, tx, whose, "advertiser_id = $1", []any{advertiser}, []any{advertiser})
}
