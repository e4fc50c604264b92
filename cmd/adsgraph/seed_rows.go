package main

import (
	"adsgraph/internal/demo"
	"adsgraph/internal/store"
)

// demoTables are the tables that demo data goes to. What a table refers to
// stands before it.
type demoTables struct {
	user, advertiser, member, campaign, adGroup, pin, ad *store.Copy
	adDay, adHour, conversion, breakdown, reach          *store.Copy
	freshness, change                                    *store.Copy
}

// newDemoTables names the tables and their columns. The put methods give the
// values in this order.
func newDemoTables(l *store.Loading) demoTables {
	return demoTables{
		user:       l.Table("app_user", "id", "email", "name", "created_at", "updated_at"),
		advertiser: l.Table("advertiser", "id", "business_id", "name", "country", "currency", "time_zone", "status", "created_at", "updated_at"),
		member:     l.Table("member", "advertiser_id", "user_id", "role", "created_at", "updated_at"),
		campaign: l.Table("campaign", "advertiser_id", "id", "name", "objective", "status", "is_cbo", "daily_budget_micros",
			"lifetime_budget_micros", "is_flexible_daily", "start_at", "end_at", "version", "created_at", "updated_at"),
		adGroup: l.Table("ad_group", "advertiser_id", "id", "campaign_id", "name", "status", "budget_type", "budget_micros",
			"bid_strategy", "bid_micros", "billable_event", "pacing", "placement", "start_at", "end_at", "targeting",
			"auto_targeting", "frequency_cap", "goal", "is_learning", "version", "created_at", "updated_at"),
		pin: l.Table("pin", "advertiser_id", "id", "title", "description", "creative_type", "media_url", "thumb_url",
			"width", "height", "video_seconds", "is_deleted", "created_at", "updated_at"),
		ad: l.Table("ad", "advertiser_id", "id", "campaign_id", "ad_group_id", "pin_id", "name", "status", "creative_type",
			"destination_url", "review_status", "rejected_reasons", "reviewed_at", "version", "created_at", "updated_at"),
		adDay: l.Table("ad_day", "advertiser_id", "campaign_id", "ad_group_id", "ad_id", "day",
			"spend_micros", "impressions_paid", "impressions_earned", "clicks_paid", "clicks_earned", "outbound_clicks_paid",
			"outbound_clicks_earned", "saves_paid", "saves_earned", "engagements_paid", "engagements_earned",
			"video_starts", "video_views_mrc", "video_views_3s", "video_p25", "video_p50", "video_p75", "video_p95",
			"video_p100", "watch_ms", "leads", "conversions", "page_visits", "signups", "add_to_carts", "checkouts",
			"checkout_value_micros"),
		adHour: l.Table("ad_hour", "advertiser_id", "campaign_id", "ad_group_id", "ad_id", "pin_id", "hour",
			"spend_micros", "impressions_paid", "impressions_earned", "clicks_paid", "clicks_earned", "outbound_clicks_paid",
			"outbound_clicks_earned", "saves_paid", "saves_earned", "engagements_paid", "engagements_earned",
			"video_starts", "video_views_mrc", "video_views_3s", "video_p25", "video_p50", "video_p75", "video_p95",
			"video_p100", "watch_ms", "leads"),
		conversion: l.Table("ad_conversion", "advertiser_id", "campaign_id", "ad_group_id", "ad_id", "action_day", "lag_days",
			"event", "source", "credited_action", "conversions", "value_micros", "quantity"),
		breakdown: l.Table("breakdown_day", "advertiser_id", "level", "entity_id", "dimension", "value", "day",
			"spend_micros", "impressions_paid", "impressions_earned", "clicks_paid", "clicks_earned", "outbound_clicks_paid",
			"outbound_clicks_earned", "saves_paid", "saves_earned", "engagements_paid", "engagements_earned", "checkouts",
			"checkout_value_micros"),
		reach:     l.Table("reach", "advertiser_id", "level", "entity_id", "window_days", "as_of", "people"),
		freshness: l.Table("freshness", "advertiser_id", "family", "data_as_of", "final_through"),
		change: l.Table("change", "advertiser_id", "entity_type", "entity_id", "field", "old_value", "new_value", "actor_id",
			"source", "request_id", "at"),
	}
}

func (t *demoTables) putUser(r demo.User) {
	t.user.Row(r.ID, r.Email, r.Name, r.CreatedAt, r.CreatedAt)
}

// putAccount puts an advertiser and all that belongs to it but its facts.
func (t *demoTables) putAccount(a *demo.Account) {
	r := a.Advertiser
	t.advertiser.Row(r.ID, r.BusinessID, r.Name, r.Country, r.Currency, r.TimeZone, r.Status, r.CreatedAt, r.UpdatedAt)
	for _, r := range a.Members {
		t.member.Row(r.AdvertiserID, r.UserID, r.Role, r.CreatedAt, r.CreatedAt)
	}
	for i := range a.Campaigns {
		r := &a.Campaigns[i]
		t.campaign.Row(r.AdvertiserID, r.ID, r.Name, r.Objective, r.Status, r.IsCBO, r.DailyBudgetMicros, r.LifetimeBudgetMicros,
			r.IsFlexibleDaily, r.StartAt, r.EndAt, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for i := range a.AdGroups {
		r := &a.AdGroups[i]
		t.adGroup.Row(r.AdvertiserID, r.ID, r.CampaignID, r.Name, r.Status, r.BudgetType, r.BudgetMicros, r.BidStrategy,
			r.BidMicros, r.BillableEvent, r.Pacing, r.Placement, r.StartAt, r.EndAt, r.Targeting, r.AutoTargeting,
			r.FrequencyCap, r.Goal, r.IsLearning, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for i := range a.Pins {
		r := &a.Pins[i]
		t.pin.Row(r.AdvertiserID, r.ID, r.Title, r.Description, r.CreativeType, r.MediaURL, r.ThumbURL, r.Width, r.Height,
			r.VideoSeconds, r.IsDeleted, r.CreatedAt, r.UpdatedAt)
	}
	for i := range a.Ads {
		r := &a.Ads[i]
		t.ad.Row(r.AdvertiserID, r.ID, r.CampaignID, r.AdGroupID, r.PinID, r.Name, r.Status, r.CreativeType, r.DestinationURL,
			r.ReviewStatus, r.RejectedReasons, r.ReviewedAt, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for _, r := range a.Freshness {
		t.freshness.Row(r.AdvertiserID, r.Family, r.DataAsOf, r.FinalThrough)
	}
	for i := range a.Changes {
		r := &a.Changes[i]
		t.change.Row(r.AdvertiserID, r.EntityType, r.EntityID, r.Field, r.OldValue, r.NewValue, r.ActorID, r.Source, r.RequestID, r.At)
	}
}

// putFacts puts what was delivered.
func (t *demoTables) putFacts(f demo.Facts) {
	for i := range f.AdDays {
		r := &f.AdDays[i]
		t.adDay.Row(r.AdvertiserID, r.CampaignID, r.AdGroupID, r.AdID, r.Day,
			r.SpendMicros, r.ImpressionsPaid, r.ImpressionsEarned, r.ClicksPaid, r.ClicksEarned, r.OutboundClicksPaid,
			r.OutboundClicksEarned, r.SavesPaid, r.SavesEarned, r.EngagementsPaid, r.EngagementsEarned,
			r.VideoStarts, r.VideoViewsMRC, r.VideoViews3s, r.VideoP25, r.VideoP50, r.VideoP75, r.VideoP95,
			r.VideoP100, r.WatchMs, r.Leads, r.Conversions, r.PageVisits, r.Signups, r.AddToCarts, r.Checkouts,
			r.CheckoutValueMicros)
	}
	for i := range f.AdHours {
		r := &f.AdHours[i]
		t.adHour.Row(r.AdvertiserID, r.CampaignID, r.AdGroupID, r.AdID, r.PinID, r.Hour,
			r.SpendMicros, r.ImpressionsPaid, r.ImpressionsEarned, r.ClicksPaid, r.ClicksEarned, r.OutboundClicksPaid,
			r.OutboundClicksEarned, r.SavesPaid, r.SavesEarned, r.EngagementsPaid, r.EngagementsEarned,
			r.VideoStarts, r.VideoViewsMRC, r.VideoViews3s, r.VideoP25, r.VideoP50, r.VideoP75, r.VideoP95,
			r.VideoP100, r.WatchMs, r.Leads)
	}
	for i := range f.Conversions {
		r := &f.Conversions[i]
		t.conversion.Row(r.AdvertiserID, r.CampaignID, r.AdGroupID, r.AdID, r.ActionDay, r.LagDays,
			r.Event, r.Source, r.CreditedAction, r.Conversions, r.ValueMicros, r.Quantity)
	}
	for i := range f.Breakdowns {
		r := &f.Breakdowns[i]
		t.breakdown.Row(r.AdvertiserID, r.Level, r.EntityID, r.Dimension, r.Value, r.Day,
			r.SpendMicros, r.ImpressionsPaid, r.ImpressionsEarned, r.ClicksPaid, r.ClicksEarned, r.OutboundClicksPaid,
			r.OutboundClicksEarned, r.SavesPaid, r.SavesEarned, r.EngagementsPaid, r.EngagementsEarned, r.Checkouts,
			r.CheckoutValueMicros)
	}
	for i := range f.Reach {
		r := &f.Reach[i]
		t.reach.Row(r.AdvertiserID, r.Level, r.EntityID, r.WindowDays, r.AsOf, r.People)
	}
}
