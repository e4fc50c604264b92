package hand

import (
	"context"
	"database/sql"
	"encoding/base64"
	"net/http"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
)

// The nested list again, as flat statements whose rows are put together in Go.
const (
	flatCampaigns = `-- name: FlatCampaigns
SELECT 0, c.id, c.name, c.status, c.objective, c.version, a.name
FROM campaign AS c
JOIN advertiser AS a ON a.id = c.advertiser_id
WHERE c.advertiser_id = $1 AND EXISTS (SELECT 1 FROM member AS b WHERE b.advertiser_id = $1 AND b.user_id = $2)
ORDER BY c.id DESC LIMIT 50`
	flatAdGroups = `-- name: FlatAdGroups
SELECT * FROM (SELECT g.campaign_id, g.id, g.name, g.status, g.placement, g.version,
    row_number() OVER (PARTITION BY g.campaign_id ORDER BY g.id DESC) AS rank
  FROM ad_group AS g WHERE g.advertiser_id = $1 AND g.campaign_id = ANY($2)) AS r
WHERE rank <= 4 ORDER BY campaign_id, rank`
	flatAds = `-- name: FlatAds
SELECT * FROM (SELECT d.ad_group_id, d.id, d.name, d.status, d.creative_type, d.version,
    row_number() OVER (PARTITION BY d.ad_group_id ORDER BY d.id DESC) AS rank
  FROM ad AS d WHERE d.advertiser_id = $1 AND d.ad_group_id = ANY($2)) AS r
WHERE rank <= 3 ORDER BY ad_group_id, rank`
)

// flatRow is a campaign, ad group or ad. kind is its objective, placement or
// creative type.
type flatRow struct {
	parent, id, version int64
	name                sql.NullString
	status, kind        string
}

// flat holds the prepared statements of the nested list.
type flat struct {
	user                     int64
	campaigns, adGroups, ads *sqlx.Stmt
}

// Flat answers the nested list for a user with three statements and JSON that is
// appended by hand: about the least that Go and database/sql can do. The body of
// a request is a Question.
func Flat(db *sqlx.DB, user int64) (http.Handler, error) {
	f := flat{user: user}
	for text, stmt := range map[string]**sqlx.Stmt{flatCampaigns: &f.campaigns, flatAdGroups: &f.adGroups, flatAds: &f.ads} {
		var err error
		if *stmt, err = db.Preparex(text); err != nil {
			return nil, err
		}
	}
	return answering(func(r *http.Request, q Question) ([]byte, error) { return f.answer(r.Context(), q.Advertiser) }), nil
}

func (f *flat) answer(ctx context.Context, advertiser int64) ([]byte, error) {
	var account string
	campaigns, err := read(ctx, f.campaigns, &account, advertiser, f.user)
	if err != nil {
		return nil, err
	}
	var rank string
	adGroups, err := read(ctx, f.adGroups, &rank, advertiser, pq.Array(ids(campaigns)))
	if err != nil {
		return nil, err
	}
	found, err := read(ctx, f.ads, &rank, advertiser, pq.Array(ids(adGroups)))
	if err != nil {
		return nil, err
	}
	adGroupsOf, adsOf := byParent(adGroups), byParent(found)
	id := ads.Ref{Level: ads.LevelAdvertiser, Advertiser: advertiser, ID: advertiser}
	out := append(make([]byte, 0, 64<<10), `{"data":{"advertiser":{"id":"`+id.String()+`","name":`...)
	out = append(setwise.AppendString(out, account), `,"campaigns":{"edges":[`...)
	for i := range campaigns {
		c := &campaigns[i]
		out = append(c.append(out, i == 0, advertiser, "C", "objective"), `,"adGroups":{"edges":[`...)
		for j, g := range adGroupsOf[c.id] {
			out = append(g.append(out, j == 0, advertiser, "G", "placement"), `,"ads":{"edges":[`...)
			for k, d := range adsOf[g.id] {
				out = append(d.append(out, k == 0, advertiser, "D", "creativeType"), "}}"...)
			}
			out = append(out, "]}}}"...)
		}
		out = append(out, "]}}}"...)
	}
	return append(out, "]}}}}"...), nil
}

// read returns the rows of a statement, whose last column goes to last.
func read(ctx context.Context, stmt *sqlx.Stmt, last *string, args ...any) (list []flatRow, err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err below tells what went wrong
	var e flatRow
	for rows.Next() {
		if err := rows.Scan(&e.parent, &e.id, &e.name, &e.status, &e.kind, &e.version, last); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

func ids(rows []flatRow) []int64 {
	list := make([]int64, len(rows))
	for i := range rows {
		list[i] = rows[i].id
	}
	return list
}

func byParent(rows []flatRow) map[int64][]flatRow {
	of := map[int64][]flatRow{}
	for _, r := range rows {
		of[r.parent] = append(of[r.parent], r)
	}
	return of
}

// append writes a row up to where its children begin.
func (r *flatRow) append(out []byte, first bool, advertiser int64, letter, kind string) []byte {
	if !first {
		out = append(out, ',')
	}
	out = append(out, `{"node":{"id":"`...)
	out = base64.RawURLEncoding.AppendEncode(out, []byte("1"+letter+strconv.FormatInt(advertiser, 10)+"."+strconv.FormatInt(r.id, 10)))
	out = append(out, `","name":`...)
	if r.name.Valid {
		out = setwise.AppendString(out, r.name.String)
	} else {
		out = append(out, "null"...)
	}
	out = append(append(append(out, `,"status":"`...), r.status...), `","`+kind+`":"`...)
	out = append(append(out, r.kind...), `","version":`...)
	return strconv.AppendInt(out, r.version, 10)
}
