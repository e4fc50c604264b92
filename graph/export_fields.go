package graph

import (
	"strings"

	"adsgraph/graph/export"
	"adsgraph/internal/ads"
	"adsgraph/internal/store"
)

// exportField is a column that says what a row is. Its name is that of the
// field in GraphQL; what lies deeper is named after both: campaignName.
type exportField struct {
	name string
	// selects is the selection below the row's node that reads it, if it is not
	// read anyway.
	selects string
	// ancestors is true for names of what the row lies below.
	ancestors bool
	cell      func(*store.ExportRow) export.Cell
}

// field is a column of entities of one type.
func field[T any](name, selects string, cell func(*T) export.Cell) exportField {
	return exportField{name: name, selects: selects, cell: func(r *store.ExportRow) export.Cell { return cell(r.Entity.(*T)) }}
}

// exportFields returns the fields of a level, in the order in which people read
// them.
func exportFields(level ads.Level) []exportField {
	id := exportField{name: "id", cell: func(r *store.ExportRow) export.Cell {
		return export.Text(ads.Ref{Level: level, Advertiser: r.Advertiser.ID, ID: r.ID}.String())
	}}
	fields := []exportField{id}
	switch level { //nolint:exhaustive // exports are of these three
	case ads.LevelCampaign:
		fields = append(fields, campaignFields()...)
	case ads.LevelAdGroup:
		fields = append(fields, adGroupFields()...)
	case ads.LevelAd:
		fields = append(fields, adFields()...)
	}
	return append(
		fields,
		exportField{name: "advertiserId", cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Advertiser.Ref().String()) }},
		exportField{name: "advertiserName", cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Advertiser.Name) }},
		exportField{name: "currency", cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Advertiser.Currency) }},
		exportField{name: "timeZone", cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Advertiser.TimeZone) }},
	)
}

func campaignFields() []exportField {
	return []exportField{
		field("name", "name", func(c *ads.Campaign) export.Cell { return export.Text(c.Name) }),
		field("status", "status", func(c *ads.Campaign) export.Cell { return export.Text(c.Status) }),
		deliveryField(func(c *ads.Campaign) *ads.Delivery { return c.Delivery }),
		reasonsField(func(c *ads.Campaign) *ads.Delivery { return c.Delivery }),
		field("objective", "objective", func(c *ads.Campaign) export.Cell { return export.Text(c.Objective) }),
		field("budget", "budget { type }", func(c *ads.Campaign) export.Cell { return budgetCell(c.Budget()) }),
		field("budgetType", "budget { type }", func(c *ads.Campaign) export.Cell {
			if b := c.Budget(); b != nil {
				return export.Text(b.Type)
			}
			return export.Cell{}
		}),
		field("isCbo", "isCbo", func(c *ads.Campaign) export.Cell { return export.Bool(c.IsCbo) }),
		field("startAt", "startAt", func(c *ads.Campaign) export.Cell { return export.Time(c.StartAt) }),
		field("endAt", "endAt", func(c *ads.Campaign) export.Cell { return export.Time(c.EndAt) }),
		field("version", "version", func(c *ads.Campaign) export.Cell { return export.Int(int64(c.Version)) }),
		field("createdAt", "createdAt", func(c *ads.Campaign) export.Cell { return export.Time(&c.CreatedAt) }),
		field("updatedAt", "updatedAt", func(c *ads.Campaign) export.Cell { return export.Time(&c.UpdatedAt) }),
	}
}

func adGroupFields() []exportField {
	return []exportField{
		field("name", "name", func(g *ads.AdGroup) export.Cell { return export.Text(g.Name) }),
		field("status", "status", func(g *ads.AdGroup) export.Cell { return export.Text(g.Status) }),
		deliveryField(func(g *ads.AdGroup) *ads.Delivery { return g.Delivery }),
		reasonsField(func(g *ads.AdGroup) *ads.Delivery { return g.Delivery }),
		field("campaignId", "campaign { id }", func(g *ads.AdGroup) export.Cell { return refCell(ads.LevelCampaign, g.Advertiser, g.CampaignID) }),
		{name: "campaignName", ancestors: true, cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Campaign) }},
		field("budget", "budget { type }", func(g *ads.AdGroup) export.Cell { return budgetCell(g.Budget()) }),
		field("budgetType", "budgetType", func(g *ads.AdGroup) export.Cell { return export.Text(g.BudgetType) }),
		field("bid", "bid { micros }", func(g *ads.AdGroup) export.Cell { return export.AmountOrNull(g.Bid()) }),
		field("bidStrategy", "bidStrategy", func(g *ads.AdGroup) export.Cell { return export.TextOrNull(g.BidStrategy) }),
		field("billableEvent", "billableEvent", func(g *ads.AdGroup) export.Cell { return export.Text(g.BillableEvent) }),
		field("pacing", "pacing", func(g *ads.AdGroup) export.Cell { return export.Text(g.Pacing) }),
		field("placement", "placement", func(g *ads.AdGroup) export.Cell { return export.Text(g.Placement) }),
		field("startAt", "startAt", func(g *ads.AdGroup) export.Cell { return export.Time(g.StartAt) }),
		field("endAt", "endAt", func(g *ads.AdGroup) export.Cell { return export.Time(g.EndAt) }),
		field("targeting", "targeting", func(g *ads.AdGroup) export.Cell { return export.Document(g.Targeting) }),
		field("autoTargeting", "autoTargeting", func(g *ads.AdGroup) export.Cell { return export.Bool(g.AutoTargeting) }),
		field("frequencyCap", "frequencyCap", func(g *ads.AdGroup) export.Cell {
			if g.FrequencyCap == nil {
				return export.Cell{}
			}
			return export.Int(int64(*g.FrequencyCap))
		}),
		field("isLearning", "isLearning", func(g *ads.AdGroup) export.Cell { return export.Bool(g.IsLearning) }),
		field("version", "version", func(g *ads.AdGroup) export.Cell { return export.Int(int64(g.Version)) }),
		field("createdAt", "createdAt", func(g *ads.AdGroup) export.Cell { return export.Time(&g.CreatedAt) }),
		field("updatedAt", "updatedAt", func(g *ads.AdGroup) export.Cell { return export.Time(&g.UpdatedAt) }),
	}
}

func adFields() []exportField {
	return []exportField{
		field("name", "name", func(a *ads.Ad) export.Cell { return export.TextOrNull(a.Name) }),
		field("status", "status", func(a *ads.Ad) export.Cell { return export.Text(a.Status) }),
		deliveryField(func(a *ads.Ad) *ads.Delivery { return a.Delivery }),
		reasonsField(func(a *ads.Ad) *ads.Delivery { return a.Delivery }),
		field("campaignId", "campaign { id }", func(a *ads.Ad) export.Cell { return refCell(ads.LevelCampaign, a.Advertiser, a.CampaignID) }),
		{name: "campaignName", ancestors: true, cell: func(r *store.ExportRow) export.Cell { return export.Text(r.Campaign) }},
		field("adGroupId", "adGroup { id }", func(a *ads.Ad) export.Cell { return refCell(ads.LevelAdGroup, a.Advertiser, a.AdGroupID) }),
		{name: "adGroupName", ancestors: true, cell: func(r *store.ExportRow) export.Cell { return export.Text(r.AdGroup) }},
		field("pinId", "pin { id }", func(a *ads.Ad) export.Cell { return export.Text(a.Pin.Ref().String()) }),
		field("pinTitle", "pin { title }", func(a *ads.Ad) export.Cell { return export.Text(a.Pin.Title) }),
		field("creativeType", "creativeType", func(a *ads.Ad) export.Cell { return export.Text(a.CreativeType) }),
		field("destinationUrl", "destinationUrl", func(a *ads.Ad) export.Cell { return export.TextOrNull(a.DestinationURL) }),
		field("review", "review { status }", func(a *ads.Ad) export.Cell { return export.Text(a.Review.Status) }),
		field("rejectedReasons", "review { status }", func(a *ads.Ad) export.Cell { return export.Text(strings.Join(a.Review.RejectedReasons, " ")) }),
		field("reviewedAt", "review { status }", func(a *ads.Ad) export.Cell { return export.Time(a.Review.ReviewedAt) }),
		field("version", "version", func(a *ads.Ad) export.Cell { return export.Int(int64(a.Version)) }),
		field("createdAt", "createdAt", func(a *ads.Ad) export.Cell { return export.Time(&a.CreatedAt) }),
		field("updatedAt", "updatedAt", func(a *ads.Ad) export.Cell { return export.Time(&a.UpdatedAt) }),
	}
}

// deliveryField is the derived status.
func deliveryField[T any](delivery func(*T) *ads.Delivery) exportField {
	return field("delivery", "delivery { status }", func(e *T) export.Cell { return export.Text(delivery(e).Status) })
}

// reasonsField is the codes of what keeps an entity from running, the deciding
// one first, in one cell.
func reasonsField[T any](delivery func(*T) *ads.Delivery) exportField {
	return field("deliveryReasons", "delivery { status }", func(e *T) export.Cell {
		reasons := delivery(e).Reasons
		codes := make([]string, len(reasons))
		for i, r := range reasons {
			codes[i] = r.Code
		}
		return export.Text(strings.Join(codes, " "))
	})
}

// budgetCell is the amount of a budget, or null.
func budgetCell(b *ads.Budget) export.Cell {
	if b == nil {
		return export.Cell{}
	}
	return export.Amount(b.Amount)
}

// refCell is the id of an entity, as clients know it.
func refCell(level ads.Level, a *ads.Advertiser, id int64) export.Cell {
	return export.Text(ads.Ref{Level: level, Advertiser: a.ID, ID: id}.String())
}
