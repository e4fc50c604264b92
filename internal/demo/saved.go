package demo

import (
	"fmt"
	"time"
)

// savedScene is something to keep: a view of a screen or a report.
type savedScene struct {
	screen, name string
	spec         map[string]any
}

// dates and most are parts of what is kept, as a client writes them: days, and
// an order by a metric, the most first.
func dates(preset string) map[string]any {
	return map[string]any{"dates": map[string]any{"preset": preset}}
}

func most(metric string) map[string]any {
	return map[string]any{"metric": metric, "direction": "DESC"}
}

func savedScenes() []savedScene {
	return []savedScene{
		{"CampaignsTable", "Running, by spend", map[string]any{
			"filter": map[string]any{"delivery": list("RUNNING")}, "orderBy": most("SPEND"), "report": dates("LAST_7_DAYS"),
			"columns": list("SPEND|IMPRESSIONS|PIN_CLICKS|CTR|CPC"),
		}},
		{"CampaignsTable", "Spends without return", map[string]any{
			"filter":  map[string]any{"metrics": []map[string]any{{"metric": "ROAS", "max": 1}, {"metric": "SPEND", "min": 50}}},
			"orderBy": most("SPEND"), "report": dates("LAST_30_DAYS"), "columns": list("SPEND|CHECKOUTS|CHECKOUT_VALUE|ROAS"),
		}},
		{"CampaignsTable", "Brand and video", map[string]any{
			"filter": map[string]any{"objective": list("AWARENESS|VIDEO_COMPLETION")}, "orderBy": most("IMPRESSIONS"),
			"report": dates("LAST_30_DAYS"), "columns": list("SPEND|REACH|FREQUENCY|CPM|VIDEO_COMPLETION_RATE"),
		}},
		{"AdsTable", "Rejected or in review", map[string]any{
			"filter": map[string]any{"review": list("REJECTED|PENDING")}, "orderBy": map[string]any{"field": "UPDATED_AT", "direction": "DESC"},
		}},
		{"AdGroupsTable", "Dear clicks", map[string]any{
			"filter":  map[string]any{"metrics": []map[string]any{{"metric": "CPC", "min": 2}}},
			"orderBy": most("CPC"), "report": dates("LAST_14_DAYS"), "columns": list("SPEND|PIN_CLICKS|CPC"),
		}},
	}
}

// save makes what people keep: views, reports and files.
func (b *books) save() {
	if len(b.Campaigns) == 0 {
		return
	}
	isShown := b.Advertiser.ID <= 3
	for _, m := range b.Members {
		if m.UserID > 3 || !isShown && !b.dice.chance(.2) {
			continue
		}
		b.addViews(m.UserID, isShown)
	}
	if isShown || b.dice.chance(.25) {
		b.addTemplates(isShown)
	}
	if isShown || b.dice.chance(.3) {
		b.addExports(isShown)
	}
}

// ago is an instant so many days back, at an hour of the account's day, and not
// before the account was opened.
func (b *books) ago(days, hour int) time.Time {
	return b.calendar.past(latest(b.Advertiser.CreatedAt, b.calendar.at(b.calendar.today-days, hour)))
}

// addViews makes a person's views; the first person shares some with all.
func (b *books) addViews(user int64, isShown bool) {
	for i, s := range savedScenes() {
		if !isShown && b.dice.chance(.6) {
			continue
		}
		b.paper.Views = append(b.paper.Views, SavedView{
			AdvertiserID: b.Advertiser.ID, UserID: user, Screen: s.screen, Name: s.name, Spec: jsonText(s.spec),
			IsShared: user == ownerID && i < 2 || user == managerID && i == 3, CreatedAt: b.ago(b.dice.days(1, 200), b.dice.days(8, 18)),
		})
	}
}

// addTemplates makes the account's reports.
func (b *books) addTemplates(isShown bool) {
	for _, t := range []struct {
		name, level, columns, preset, schedule string
	}{
		{"Weekly numbers", "CAMPAIGN", "name|SPEND|IMPRESSIONS|PIN_CLICKS|CTR|CHECKOUTS|ROAS", "LAST_7_DAYS", "WEEKLY"},
		{"Yesterday by ad group", "AD_GROUP", "name|status|SPEND|PIN_CLICKS|CPC", "YESTERDAY", "DAILY"},
		{"Creatives of the month", "AD", "name|creativeType|SPEND|SAVES|SAVE_RATE|CTR", "LAST_MONTH", "NONE"},
		{"Films", "AD", "name|VIDEO_STARTS|VIDEO_VIEWS_2S|VIDEO_COMPLETION_RATE|CPV", "LAST_30_DAYS", "NONE"},
	} {
		if !isShown && b.dice.chance(.5) {
			continue
		}
		b.paper.Templates = append(b.paper.Templates, ReportTemplate{
			AdvertiserID: b.Advertiser.ID, OwnerID: pick(b.dice, b.Members).UserID, Name: t.name, Level: t.level, Columns: list(t.columns),
			Filters:  jsonText(map[string]any{"filter": map[string]any{"status": list("ACTIVE|PAUSED")}, "report": dates(t.preset)}),
			Schedule: t.schedule, CreatedAt: b.ago(b.dice.days(20, 300), b.dice.days(8, 18)),
		})
	}
}

// addExports makes the files of the last weeks. One in ten failed; of the
// accounts that visitors see first one is still being written.
func (b *books) addExports(isShown bool) {
	d := b.dice
	names := map[string]string{"CAMPAIGN": "Campaigns", "AD_GROUP": "Ad groups", "AD": "Ads"}
	count := d.days(1, 4)
	if isShown {
		count = d.days(8, 12)
	}
	for i := range count {
		level := [...]string{"CAMPAIGN", "AD_GROUP", "AD"}[d.weighted(50, 20, 30)]
		started := b.ago((count-i)*d.days(2, 3), d.days(7, 19)).Add(time.Duration(d.IntN(3600)) * time.Second)
		rows := map[string]int{"CAMPAIGN": len(b.Campaigns), "AD_GROUP": len(b.AdGroups), "AD": len(b.Ads)}[level]
		run := ExportRun{
			AdvertiserID: b.Advertiser.ID, UserID: pick(d, b.Members).UserID, Name: fmt.Sprintf("%s, %s", names[level], started.Format("January 2006")),
			Level: level, Format: [...]string{"CSV", "JSONL"}[d.weighted(80, 20)], State: "FINISHED", Rows: int64(rows), StartedAt: b.calendar.past(started),
		}
		run.Bytes = 400 + run.Rows*int64(d.days(90, 160))
		switch {
		case isShown && i == count-1:
			run.State, run.StartedAt = "RUNNING", b.calendar.past(b.calendar.now)
			run.Rows, run.Bytes = run.Rows/2, run.Bytes/2
		case isShown && i == count/2, d.chance(.1):
			run.State, run.Error = "FAILED", new("The database took too long. Ask for less, or try again.")
			run.Rows, run.Bytes = run.Rows/3, run.Bytes/3
			run.FinishedAt = new(run.StartedAt.Add(time.Minute))
		default:
			run.FinishedAt = new(run.StartedAt.Add(time.Duration(300+run.Rows/10) * time.Millisecond))
		}
		b.paper.Exports = append(b.paper.Exports, run)
	}
}
