package demo

import (
	"fmt"
	"time"
)

// addLabels labels the account's campaigns: most with a brand and the quarter
// they start in, some with what people sort by.
func (a *Account) addLabels(d dice) {
	brands := []string{a.Advertiser.Name}
	if a.casting.role == lead {
		brands = append(brands, "Northwind Kids", "Northwind Outlet")
	}
	ids := map[string]int64{}
	put := func(c *Campaign, kind, value string) {
		key := kind + value
		if ids[key] == 0 {
			id := (a.Advertiser.ID-1)*idsPerAccount + int64(len(a.Labels)) + 1
			ids[key] = id
			a.Labels = append(a.Labels, Label{AdvertiserID: a.Advertiser.ID, ID: id, Type: kind, Value: value, CreatedAt: c.CreatedAt})
		}
		a.CampaignLabels = append(a.CampaignLabels, CampaignLabel{AdvertiserID: a.Advertiser.ID, CampaignID: c.ID, LabelID: ids[key]})
	}
	for i := range a.Campaigns {
		c := &a.Campaigns[i]
		if d.chance(.75) {
			put(c, "BRAND", brands[d.weighted([]float64{70, 18, 12}[:len(brands)]...)])
		}
		if c.StartAt != nil && d.chance(.5) {
			put(c, "CUSTOM", quarter(c.StartAt.In(a.calendar.zone)))
		}
		for _, value := range list("Always on|Seasonal|Test budget|Board report|Agency: Brightside|💡 Idea, \"maybe\"") {
			if d.chance(.1) {
				put(c, "CUSTOM", value)
			}
		}
	}
}

// quarter names the quarter of a year that a time lies in.
func quarter(t time.Time) string { return fmt.Sprintf("Q%d %d", (int(t.Month())+2)/3, t.Year()) }
