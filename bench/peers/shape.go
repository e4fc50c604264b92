package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"adsgraph/bench/hand"
	"adsgraph/internal/ads"
)

// PostGraphile answers with what the database holds: numbers for ids, micros for
// money, sums for ratios, codes for words. Clients would have to make the rest.
// Here it is made once, to compare answers; it is no part of what is measured.

// row is an object of an answer.
type row map[string]any

// shapePostgraphile makes of PostGraphile's answer to a screen the common one.
func shapePostgraphile(s screen, q hand.Question, data any) (any, error) {
	top, ok := data.(map[string]any)
	if !ok {
		return nil, errors.New("the data are no object")
	}
	x := shaper{q: q}
	var out any
	switch s.hand {
	case hand.CampaignsTable:
		out = x.campaignsTable(row(top).node("advertisersSeenBy"), row(top).node("campaignsBySpend"))
	case hand.CampaignDetail:
		out = x.campaignDetail(row(top).node("campaignsSeenBy"), row(top).nodes("adGroupsBySpend"))
	case hand.Nested:
		out = x.nested(row(top).node("advertisersSeenBy"))
	default:
		out = x.overview(row(top).node("advertisersSeenBy"))
	}
	// What is compared came from JSON too.
	text, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	var common any
	return common, json.Unmarshal(text, &common)
}

// shaper makes the answer to a question.
type shaper struct {
	q        hand.Question
	currency any
}

func (x *shaper) overview(a row) any {
	x.currency = a["currency"]
	return row{"advertiser": row{
		"id": x.id(ads.LevelAdvertiser, a), "name": a["name"], "currency": a["currency"], "timeZone": a["timeZone"], "status": a["status"],
		"metrics": row{"context": x.context(a), "total": x.tiles(a.node("total")), "previous": x.tiles(a.node("previous")), "series": x.series(a, a.nodes("days"))},
	}}
}

func (x *shaper) campaignsTable(a, page row) any {
	x.currency = a["currency"]
	edges := []row{}
	list, _ := page["campaigns"].([]any)
	for _, item := range list {
		c := row(item.(map[string]any))
		edges = append(edges, row{"cursor": "", "node": x.campaign(c), "metrics": row{"total": x.columns(c, "", true), "previous": x.columns(c, "previous", true)}})
	}
	for _, e := range edges { // the table does not ask for it
		delete(e["node"].(row), "createdAt")
	}
	count := number(page["totalCount"])
	return row{"advertiser": row{
		"id": x.id(ads.LevelAdvertiser, a), "name": a["name"], "currency": a["currency"], "timeZone": a["timeZone"],
		"campaigns": row{
			"totalCount": count,
			"pageInfo":   row{"hasNextPage": count > int64(len(edges)), "hasPreviousPage": false, "startCursor": "", "endCursor": ""},
			"totals":     row{"context": x.context(a), "total": x.columns(page, "", true), "previous": x.columns(page, "previous", true)},
			"edges":      edges,
		},
	}}
}

func (x *shaper) campaignDetail(c row, adGroups []row) any {
	a := row(c["advertiserByAdvertiserId"].(map[string]any))
	x.currency = a["currency"]
	out := x.campaign(c)
	out["advertiser"] = row{"id": x.id(ads.LevelAdvertiser, a), "name": a["name"], "currency": a["currency"], "timeZone": a["timeZone"]}
	out["metrics"] = row{
		"context": x.context(a), "total": x.columns(c.node("total"), "", false), "previous": x.columns(c.node("previous"), "", false),
		"series": x.series(a, c.nodes("days")),
	}
	edges := []row{}
	for _, g := range adGroups {
		list := []row{}
		for _, d := range g.nodes("ads") {
			pin := row(d["pin"].(map[string]any))
			list = append(list, row{"node": row{
				"id": x.id(ads.LevelAd, d), "name": d["name"], "status": d["status"], "creativeType": d["creativeType"],
				"pin": row{"id": x.id(ads.LevelPin, pin), "title": pin["title"], "thumbUrl": pin["thumbUrl"], "isDeleted": pin["isDeleted"]},
			}})
		}
		edges = append(edges, row{
			"node": row{
				"id": x.id(ads.LevelAdGroup, g), "name": g["name"], "status": g["status"], "delivery": delivery(g, false), "budgetType": g["budgetType"],
				"budget": when(g["budgetMicros"] != nil, row{"amount": x.money(g["budgetMicros"], "amount", "currency")}),
				"bid":    when(g["bidMicros"] != nil, x.money(g["bidMicros"], "amount", "currency")),
				"ads":    row{"edges": list},
			},
			"metrics": row{"total": x.columns(g, "", false)},
		})
	}
	totals := c.node("adGroupTotals")
	count := number(totals["totalCount"])
	out["adGroups"] = row{
		"totalCount": count, "pageInfo": row{"hasNextPage": count > int64(len(edges)), "endCursor": ""},
		"totals": row{"total": x.columns(totals, "", false)}, "edges": edges,
	}
	return row{"campaign": out}
}

func (x *shaper) nested(a row) any {
	// Levels have the same fields, but for the one that kind names.
	node := func(level ads.Level, r row, kind string) row {
		return row{"id": x.id(level, r), "name": r["name"], "status": r["status"], kind: r[kind], "version": r["version"]}
	}
	campaigns := []row{}
	for _, c := range a.nodes("campaigns") {
		adGroups := []row{}
		for _, g := range c.nodes("adGroups") {
			list := []row{}
			for _, d := range g.nodes("ads") {
				list = append(list, row{"node": node(ads.LevelAd, d, "creativeType")})
			}
			adGroup := node(ads.LevelAdGroup, g, "placement")
			adGroup["ads"] = row{"edges": list}
			adGroups = append(adGroups, row{"node": adGroup})
		}
		campaign := node(ads.LevelCampaign, c, "objective")
		campaign["adGroups"] = row{"edges": adGroups}
		campaigns = append(campaigns, row{"node": campaign})
	}
	return row{"advertiser": row{"id": x.id(ads.LevelAdvertiser, a), "name": a["name"], "campaigns": row{"edges": campaigns}}}
}

// campaign makes the fields that table and detail have in common, and createdAt.
func (x *shaper) campaign(c row) row {
	budget := func(kind string, micros, flexible any) row {
		return row{"type": kind, "amount": x.money(micros, "micros", "amount", "currency"), "isFlexible": flexible}
	}
	out := row{
		"id": x.id(ads.LevelCampaign, c), "name": c["name"], "objective": c["objective"], "status": c["status"], "delivery": delivery(c, true),
		"budget": nil, "startAt": instant(c["startAt"]), "endAt": instant(c["endAt"]), "version": c["version"],
		"createdAt": instant(c["createdAt"]), "updatedAt": instant(c["updatedAt"]),
	}
	switch {
	case c["dailyBudgetMicros"] != nil:
		out["budget"] = budget("DAILY", c["dailyBudgetMicros"], c["isFlexibleDaily"])
	case c["lifetimeBudgetMicros"] != nil:
		out["budget"] = budget("LIFETIME", c["lifetimeBudgetMicros"], false)
	}
	return out
}

// delivery makes a status of causes, with words or with codes only.
func delivery(r row, words bool) row {
	codes := []string{}
	causes, _ := r["causes"].([]any)
	for _, code := range causes {
		codes = append(codes, code.(string))
	}
	d := ads.ParseDelivery(strings.Join(codes, ","))
	reasons := []row{}
	for _, reason := range d.Reasons {
		known := row{"code": reason.Code}
		if words {
			known["level"], known["message"] = reason.Level, reason.Message
		}
		reasons = append(reasons, known)
	}
	return row{"status": d.Status, "reasons": reasons}
}

func (x *shaper) context(a row) row {
	day, _ := a["dataDay"].(string)
	return row{
		"from": x.q.From, "to": x.q.To, "previousFrom": x.q.PreviousFrom, "previousTo": x.q.PreviousTo, "timeZone": a["timeZone"],
		"currency": a["currency"], "dataAsOf": instant(a["dataAsOf"]), "deliveryFinalThrough": a["deliveryFinalThrough"],
		"conversionsFinalThrough": a["conversionsFinalThrough"], "isPartial": day <= string(x.q.To),
	}
}

// tiles makes the values of the overview, columns those of the lists.
func (x *shaper) tiles(r row) row {
	out := x.columns(r, "", false)
	out["spend"] = x.money(r["spend"], "micros", "amount", "currency")
	delete(out, "cpc")
	return out
}

// columns makes values of the measures whose names begin with a prefix. The table
// of campaigns asks for more than the detail.
func (x *shaper) columns(r row, prefix string, table bool) row {
	of := func(measure string) any {
		if prefix != "" {
			measure = prefix + strings.ToUpper(measure[:1]) + measure[1:]
		}
		return r[measure]
	}
	spend, impressions, clicks, value := number(of("spend")), number(of("impressions")), number(of("clicks")), number(of("value"))
	cpc := []string{"amount"}
	if table {
		cpc = append(cpc, "micros")
	}
	out := row{
		"spend": x.money(of("spend"), "micros", "amount"), "impressions": impressions, "pinClicks": clicks, "ctr": ratio(clicks, impressions),
		"cpc": nil, "checkouts": number(of("checkouts")), "roas": ratio(value, spend),
	}
	if clicks > 0 {
		out["cpc"] = x.money(strconv.FormatInt(int64(math.Round(float64(spend)/float64(clicks))), 10), cpc...)
	}
	if table {
		out["checkoutValue"] = x.money(of("value"), "micros", "amount")
	}
	return out
}

func (x *shaper) series(a row, days []row) []row {
	found := map[string]row{}
	for _, d := range days {
		found[d["day"].(string)] = d
	}
	day, _ := a["dataDay"].(string)
	points := []row{}
	for d := x.q.From; d <= x.q.To; d = d.Add(1) {
		r := found[string(d)] // a day without delivery has no row
		points = append(points, row{
			"start": d, "isPartial": day <= string(d),
			"values": row{
				"spend": row{"micros": strconv.FormatInt(number(r["spend"]), 10)}, "impressions": number(r["impressions"]),
				"pinClicks": number(r["clicks"]), "checkouts": number(r["checkouts"]),
			},
		})
	}
	return points
}

// id makes the id of a row of a level.
func (x *shaper) id(level ads.Level, r row) string {
	return ads.Ref{Level: level, Advertiser: x.q.Advertiser, ID: number(r["rowId"])}.String()
}

// money makes the named fields of an amount.
func (x *shaper) money(micros any, fields ...string) row {
	n := number(micros)
	all := row{"micros": strconv.FormatInt(n, 10), "amount": ads.Money{Micros: ads.Micros(n), Currency: fmt.Sprint(x.currency)}.Amount(), "currency": x.currency}
	out := row{}
	for _, name := range fields {
		out[name] = all[name]
	}
	return out
}

// node returns the only node of a connection, an empty row without one.
func (r row) node(name string) row {
	if list := r.nodes(name); len(list) == 1 {
		return list[0]
	}
	return row{}
}

// nodes returns the nodes of a connection.
func (r row) nodes(name string) []row {
	connection, _ := r[name].(map[string]any)
	list, _ := connection["nodes"].([]any)
	rows := make([]row, len(list))
	for i, item := range list {
		rows[i] = item.(map[string]any)
	}
	return rows
}

// number reads a BigInt, which is a string of digits; 0 for null.
func number(v any) int64 {
	n, _ := strconv.ParseInt(fmt.Sprint(v), 10, 64)
	return n
}

func ratio(a, b int64) any {
	if b == 0 {
		return nil
	}
	return float64(a) / float64(b)
}

func when(ok bool, r row) any {
	if !ok {
		return nil
	}
	return r
}

// instant writes a time as the contract has it, to the second in UTC.
func instant(v any) any {
	text, ok := v.(string)
	if !ok {
		return nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text // and so differs
	}
	return t.UTC().Format(time.RFC3339)
}
