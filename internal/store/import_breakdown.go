package store

import (
	"context"
	"strings"
)

// writeBreakdowns replaces the numbers by viewer: what a file holds of an
// advertiser, day and dimension takes the place of what was there, as far as the
// scope goes. Numbers of ad groups are preferred to sums of those of ads.
func (im *Import) writeBreakdowns(ctx context.Context, done *ImportChanges) error {
	if im.Breakdowns.Rows() == 0 {
		return nil
	}
	measures := breakdownColumns()
	list := strings.Join(measures, ", ")
	const key = "advertiser_id, entity_id, dimension, value, day"
	steps := []string{
		// The latest row of each, of the grain that counts.
		"CREATE TEMP TABLE import_viewer ON COMMIT DROP AS\nSELECT " + key + ", " + sumsOf(measures) + "\nFROM (\n  SELECT *, min(grain) OVER (PARTITION BY advertiser_id, day, dimension) AS best FROM (\n" +
			"    SELECT DISTINCT ON (advertiser_id, grain, item_id, dimension, day, value) * FROM import_breakdown\n    ORDER BY advertiser_id, grain, item_id, dimension, day, value, version DESC, line DESC, " +
			strings.Join(measures, " DESC, ") + " DESC\n  ) AS latest\n) AS n\nWHERE n.grain = n.best\nGROUP BY " + key,
		"CREATE TEMP TABLE import_viewer_scope ON COMMIT DROP AS SELECT DISTINCT advertiser_id, dimension, day FROM import_viewer",
		"ANALYZE import_viewer",
		"CREATE TEMP TABLE import_viewer_diff ON COMMIT DROP AS\nSELECT coalesce(n.advertiser_id, o.advertiser_id) AS advertiser_id, coalesce(n.entity_id, o.entity_id) AS entity_id, " +
			"coalesce(n.dimension, o.dimension) AS dimension, coalesce(n.value, o.value) AS value, coalesce(n.day, o.day) AS day, o.value IS NOT NULL AS was, n.value IS NOT NULL AS now\n" +
			"FROM (SELECT * FROM import_viewer AS v WHERE " + delivered("v", measures) + ") AS n\nFULL JOIN (\n  SELECT y.* FROM breakdown_day AS y\n" +
			"  JOIN import_viewer_scope AS s ON s.advertiser_id = y.advertiser_id AND s.dimension = y.dimension AND s.day = y.day\n  WHERE y.level = 'AD_GROUP'\n) AS o\n" +
			"  ON o.advertiser_id = n.advertiser_id AND o.entity_id = n.entity_id AND o.dimension = n.dimension AND o.value = n.value AND o.day = n.day\n" +
			"WHERE n.value IS NULL OR o.value IS NULL OR (" + prefixed("n", measures) + ") IS DISTINCT FROM (" + prefixed("o", measures) + ")",
		"DELETE FROM breakdown_day AS y USING import_viewer_diff AS d\nWHERE d.was AND y.level = 'AD_GROUP' AND y.advertiser_id = d.advertiser_id AND y.entity_id = d.entity_id AND y.dimension = d.dimension " +
			"AND y.value = d.value AND y.day = d.day",
		"INSERT INTO breakdown_day (advertiser_id, level, entity_id, dimension, value, day, " + list + ")\nSELECT n.advertiser_id, 'AD_GROUP', n.entity_id, n.dimension, n.value, n.day, " + prefixed("n", measures) +
			"\nFROM import_viewer AS n\nJOIN import_viewer_diff AS d ON d.advertiser_id = n.advertiser_id AND d.entity_id = n.entity_id AND d.dimension = n.dimension AND d.value = n.value AND d.day = n.day\nWHERE d.now",
		"INSERT INTO import_breakdown_diff SELECT DISTINCT advertiser_id, day FROM import_viewer_diff",
	}
	for _, step := range steps {
		if err := run(ctx, im.tx, "-- name: ImportBreakdowns\n"+step); err != nil {
			return err
		}
	}
	return im.tx.GetContext(ctx, &done.Breakdowns, "-- name: ImportBreakdownCount\nSELECT count(*) FROM import_viewer_diff")
}
