package main

import (
	"adsgraph/internal/demo"
	"adsgraph/internal/store"
)

// demoTables are the tables that demo data goes to. What a table refers to
// stands before it.
type demoTables struct {
	user, identity, advertiser, member                   *store.Copy
	campaign, adGroup, pin, ad                           *store.Copy
	adDay, adHour, conversion, breakdown, reach          *store.Copy
	freshness, change                                    *store.Copy
	audience, adGroupAudience, keyword                   *store.Copy
	label, campaignLabel, tag, tagDay                    *store.Copy
	profile, credit, invoice, orderLine                  *store.Copy
	view, template, export, notification, recommendation *store.Copy
	invitation, memberChange                             *store.Copy
}

// newDemoTables names the tables and their columns. The put methods give the
// values in this order.
func newDemoTables(l *store.Loading) demoTables {
	return demoTables{
		user:       l.Table("app_user", "id", "email", "name", "created_at", "updated_at"),
		identity:   l.Table("identity", "issuer", "subject", "user_id", "created_at"),
		advertiser: l.Table("advertiser", "id", "business_id", "name", "country", "currency", "time_zone", "status", "created_at", "updated_at"),
		member:     l.Table("member", "advertiser_id", "user_id", "role", "added_by", "created_at", "updated_at"),
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
		audience: l.Table("audience", "advertiser_id", "id", "name", "type", "status", "size", "retention_days", "rule", "version",
			"created_at", "updated_at"),
		adGroupAudience: l.Table("ad_group_audience", "advertiser_id", "ad_group_id", "audience_id", "is_included"),
		keyword: l.Table("keyword", "advertiser_id", "id", "campaign_id", "ad_group_id", "value", "match_type", "is_archived",
			"version", "created_at", "updated_at"),
		label:         l.Table("label", "advertiser_id", "id", "type", "value", "created_at"),
		campaignLabel: l.Table("campaign_label", "advertiser_id", "campaign_id", "label_id"),
		tag: l.Table("conversion_tag", "advertiser_id", "id", "name", "status", "last_fired_at", "enhanced_match", "quality",
			"version", "created_at", "updated_at"),
		tagDay: l.Table("tag_event_day", "advertiser_id", "tag_id", "day", "event", "source", "events", "matched_events"),
		profile: l.Table("billing_profile", "advertiser_id", "type", "status", "label", "expires_on", "is_default", "balance_micros",
			"threshold_micros", "credit_limit_micros", "created_at", "updated_at"),
		credit: l.Table("ad_credit", "advertiser_id", "name", "total_micros", "remaining_micros", "is_active", "expires_on", "created_at"),
		invoice: l.Table("invoice", "advertiser_id", "number", "type", "status", "period_first", "period_last", "issued_on", "due_on",
			"net_micros", "tax_micros", "discount_micros", "billed_micros", "paid_at"),
		orderLine: l.Table("order_line", "advertiser_id", "name", "budget_micros", "paid_type", "status", "starts_on", "ends_on",
			"created_at", "updated_at"),
		view: l.Table("saved_view", "advertiser_id", "user_id", "screen", "name", "spec", "is_shared", "created_at", "updated_at"),
		template: l.Table("report_template", "advertiser_id", "owner_id", "name", "level", "columns", "filters", "schedule",
			"created_at", "updated_at"),
		export: l.Table("export_run", "advertiser_id", "user_id", "name", "level", "format", "state", "rows", "bytes",
			"started_at", "finished_at", "error"),
		notification: l.Table("notification", "advertiser_id", "type", "severity", "entity_level", "entity_id", "text_key", "params",
			"state", "created_at"),
		recommendation: l.Table("recommendation", "advertiser_id", "type", "entity_level", "entity_id", "params", "state",
			"spend_micros", "spend_micros_after", "pin_clicks", "pin_clicks_after", "checkouts", "checkouts_after", "created_at"),
		invitation:   l.Table("invitation", "advertiser_id", "email", "roles", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at"),
		memberChange: l.Table("member_change", "advertiser_id", "at", "actor_id", "user_id", "email", "role", "action"),
	}
}

func (t *demoTables) putUser(r demo.User) {
	t.user.Row(r.ID, r.Email, r.Name, r.CreatedAt, r.CreatedAt)
}

func (t *demoTables) putIdentity(r demo.Identity) {
	t.identity.Row(r.Issuer, r.Subject, r.UserID, r.CreatedAt)
}

// putAccount puts an advertiser and all that belongs to it but its facts.
func (t *demoTables) putAccount(a *demo.Account) {
	r := a.Advertiser
	t.advertiser.Row(r.ID, r.BusinessID, r.Name, r.Country, r.Currency, r.TimeZone, r.Status, r.CreatedAt, r.UpdatedAt)
	for _, r := range a.Members {
		t.member.Row(r.AdvertiserID, r.UserID, r.Role, r.AddedBy, r.CreatedAt, r.CreatedAt)
	}
	for _, r := range a.Invitations {
		t.invitation.Row(r.AdvertiserID, r.Email, r.Roles, r.InvitedBy, r.CreatedAt, r.ExpiresAt, r.AcceptedAt, r.RevokedAt)
	}
	for _, r := range a.MemberChanges {
		t.memberChange.Row(r.AdvertiserID, r.At, r.ActorID, r.UserID, r.Email, r.Role, r.Action)
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
	t.putObjects(a)
}

// putObjects puts what stands beside an account's campaigns.
func (t *demoTables) putObjects(a *demo.Account) {
	for i := range a.Audiences {
		r := &a.Audiences[i]
		t.audience.Row(r.AdvertiserID, r.ID, r.Name, r.Type, r.Status, r.Size, r.RetentionDays, r.Rule, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for _, r := range a.AdGroupAudiences {
		t.adGroupAudience.Row(r.AdvertiserID, r.AdGroupID, r.AudienceID, r.IsIncluded)
	}
	for i := range a.Keywords {
		r := &a.Keywords[i]
		t.keyword.Row(r.AdvertiserID, r.ID, r.CampaignID, r.AdGroupID, r.Value, r.MatchType, r.IsArchived, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for _, r := range a.Labels {
		t.label.Row(r.AdvertiserID, r.ID, r.Type, r.Value, r.CreatedAt)
	}
	for _, r := range a.CampaignLabels {
		t.campaignLabel.Row(r.AdvertiserID, r.CampaignID, r.LabelID)
	}
	for _, r := range a.Tags {
		t.tag.Row(r.AdvertiserID, r.ID, r.Name, r.Status, r.LastFiredAt, r.EnhancedMatch, r.Quality, r.Version, r.CreatedAt, r.UpdatedAt)
	}
	for i := range a.TagDays {
		r := &a.TagDays[i]
		t.tagDay.Row(r.AdvertiserID, r.TagID, r.Day, r.Event, r.Source, r.Events, r.MatchedEvents)
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
	if f.Paperwork != nil {
		t.putPaperwork(f.Paperwork)
	}
}

// putPaperwork puts what an account is billed, keeps, is told and advised.
func (t *demoTables) putPaperwork(p *demo.Paperwork) {
	for _, r := range p.Profiles {
		t.profile.Row(r.AdvertiserID, r.Type, r.Status, r.Label, r.ExpiresOn, r.IsDefault, r.BalanceMicros, r.ThresholdMicros,
			r.CreditLimitMicros, r.CreatedAt, r.CreatedAt)
	}
	for _, r := range p.Credits {
		t.credit.Row(r.AdvertiserID, r.Name, r.TotalMicros, r.RemainingMicros, r.IsActive, r.ExpiresOn, r.CreatedAt)
	}
	for _, r := range p.Invoices {
		t.invoice.Row(r.AdvertiserID, r.Number, r.Type, r.Status, r.PeriodFirst, r.PeriodLast, r.IssuedOn, r.DueOn,
			r.NetMicros, r.TaxMicros, r.DiscountMicros, r.BilledMicros, r.PaidAt)
	}
	for _, r := range p.OrderLines {
		t.orderLine.Row(r.AdvertiserID, r.Name, r.BudgetMicros, r.PaidType, r.Status, r.StartsOn, r.EndsOn, r.CreatedAt, r.CreatedAt)
	}
	for _, r := range p.Views {
		t.view.Row(r.AdvertiserID, r.UserID, r.Screen, r.Name, r.Spec, r.IsShared, r.CreatedAt, r.CreatedAt)
	}
	for _, r := range p.Templates {
		t.template.Row(r.AdvertiserID, r.OwnerID, r.Name, r.Level, r.Columns, r.Filters, r.Schedule, r.CreatedAt, r.CreatedAt)
	}
	for _, r := range p.Exports {
		t.export.Row(r.AdvertiserID, r.UserID, r.Name, r.Level, r.Format, r.State, r.Rows, r.Bytes, r.StartedAt, r.FinishedAt, r.Error)
	}
	for _, r := range p.Notifications {
		t.notification.Row(r.AdvertiserID, r.Type, r.Severity, r.EntityLevel, r.EntityID, r.TextKey, r.Params, r.State, r.CreatedAt)
	}
	for _, r := range p.Recommendations {
		t.recommendation.Row(r.AdvertiserID, r.Type, r.EntityLevel, r.EntityID, r.Params, r.State, r.SpendMicros, r.SpendMicrosAfter,
			r.PinClicks, r.PinClicksAfter, r.Checkouts, r.CheckoutsAfter, r.CreatedAt)
	}
}
