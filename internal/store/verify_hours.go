package store

import (
	"fmt"
	"strings"
)

// hourlyDays compares the days that have hours with these: those from an
// advertiser's first day with hours on.
func hourlyDays() comparison {
	const day = "(h.hour AT TIME ZONE a.time_zone)::date"
	key, columns := []string{"advertiser_id", "ad_id", "day"}, hourColumns()
	sums, days := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		sums[i] = fmt.Sprintf("sum(h.%s)::bigint AS %[1]s", c)
		days[i] = "y." + c
	}
	list := strings.Join(days, ", ")
	return comparison{
		name:  "ad_hour adds up to ad_day",
		table: "ad_hour",
		expected: "SELECT y.advertiser_id, y.ad_id, y.day, " + list + `
FROM ad_day AS y
JOIN (
  SELECT h.advertiser_id, min(` + day + `) AS day
  FROM ad_hour AS h
  JOIN advertiser AS a ON a.id = h.advertiser_id
  GROUP BY h.advertiser_id
) AS kept ON kept.advertiser_id = y.advertiser_id AND kept.day <= y.day
WHERE greatest(` + list + ") > 0",
		found: "SELECT h.advertiser_id, h.ad_id, " + day + " AS day, " + strings.Join(sums, ", ") + `
FROM ad_hour AS h
JOIN advertiser AS a ON a.id = h.advertiser_id
GROUP BY h.advertiser_id, h.ad_id, ` + day,
		key:     key,
		columns: columns,
	}
}
