package graph

import (
	"context"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/graph/flags"
	"adsgraph/graph/model"
	"adsgraph/graph/setwise"
	"adsgraph/internal/ads"
	"adsgraph/internal/loader"
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

type (
	args     = setwise.Args
	selected = setwise.Selected
)

// fields binds the object types of the schema. What is not listed is a struct
// field of the same name; New fails for a field that is neither.
func (r *Resolver) fields(schema *ast.Schema) (*setwise.Registry, error) {
	return setwise.New(schema, guard,
		setwise.NewObject[model.Viewer]("Viewer",
			setwise.Load("name", setwise.NoPlan, func(ctx context.Context, v *model.Viewer, _ struct{}) setwise.Thunk[string] {
				return then(person(ctx, v), func(u loader.User) string { return u.Name })
			}),
			setwise.Load("email", setwise.NoPlan, func(ctx context.Context, v *model.Viewer, _ struct{}) setwise.Thunk[string] {
				return then(person(ctx, v), func(u loader.User) string { return u.Email })
			}),
			setwise.Load("advertisers", func(a *args, sel selected) (*accountsPlan, error) {
				first, after := setwise.Arg(a, "first", graphql.UnmarshalInt), setwise.Opt(a, "after", graphql.UnmarshalString)
				search := setwise.Opt(a, "search", graphql.UnmarshalString)
				orderBy := setwise.Input[model.AdvertiserOrder](a, "orderBy", "AdvertiserOrder")
				report := setwise.Input[model.ReportInput](a, "report", "ReportInput")
				if a.Err() != nil {
					return nil, a.Err()
				}
				return planAccounts(first, after, search, orderBy, report, sel)
			}, r.accounts),
			setwise.Load("experiments", func(a *args, _ selected) ([]string, error) {
				return setwise.Arg(a, "keys", unmarshalKeys), a.Err()
			}, func(ctx context.Context, v *model.Viewer, keys []string) setwise.Thunk[[]flags.Value] {
				return r.experiments.shown(ctx, v, keys)
			}),
		),
		setwise.NewObject[flags.Value]("Experiment",
			setwise.Leaf("value", func(b []byte, v *flags.Value) []byte { return append(b, v.JSON()...) }),
		),

		setwise.NewObject[ads.Advertiser]("Advertiser",
			setwise.Leaf("id", func(b []byte, a *ads.Advertiser) []byte { return a.Ref().AppendGQL(b) }),
			viewerCan("ViewCampaigns", ads.ViewCampaigns), viewerCan("EditCampaigns", ads.EditCampaigns),
			viewerCan("ViewBilling", ads.ViewBilling), viewerCan("ViewOrderLines", ads.ViewOrderLines),
			viewerCan("ViewAudiences", ads.ViewAudiences), viewerCan("ViewConversionTags", ads.ViewConversionTags),
			viewerCan("ViewMembers", ads.ViewMembers), viewerCan("EditMembers", ads.EditMembers),
			campaigns(r, ads.LevelAdvertiser, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }),
			adGroups(r, ads.LevelAdvertiser, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }),
			pins(r),
			adsField(r, ads.LevelAdvertiser, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }),
			report(r, ads.LevelAdvertiser, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }),
			objects(r, "audiences", "AudienceFilter", "AudienceOrder", planAudiences),
			objects(r, "labels", "LabelFilter", "LabelOrder", planLabels),
			objects(r, "conversionTags", "ConversionTagFilter", "ConversionTagOrder", planConversionTags),
			keywords(r, ads.LevelAdvertiser, func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }),
			setwise.Load("billing", setwise.NoPlan, func(ctx context.Context, a *ads.Advertiser, _ struct{}) setwise.Thunk[*ads.Billing] {
				return billing(ctx, a)
			}),
			objects(r, "invoices", "InvoiceFilter", "InvoiceOrder", planInvoices),
			objects(r, "orderLines", "", "", newestFirst(ads.LevelOrderLine)),
			savedViews(r),
			objects(r, "reportTemplates", "", "", newestFirst(ads.LevelReportTemplate)),
			objects(r, "exports", "", "", newestFirst(ads.LevelExport)),
			objects(r, "notifications", "NotificationFilter", "", planNotifications),
			objects(r, "recommendations", "RecommendationFilter", "", planRecommendations),
			objects(r, "members", "MemberFilter", "MemberOrder", planMembers),
			objects(r, "invitations", "InvitationFilter", "", planInvitations),
			objects(r, "accessLog", "AccessChangeFilter", "", planAccessLog),
			objects(r, "changes", "ChangeFilter", "", planChanges),
			setwise.Load("bidFloors", setwise.NoPlan, func(_ context.Context, a *ads.Advertiser, _ struct{}) setwise.Thunk[[]model.BidFloor] {
				return done(bidFloors(a))
			}),
		),
		setwise.NewObject[model.CampaignEvent]("CampaignEvent",
			setwise.Load("campaign", columnsPlan(ads.LevelCampaign), campaignOfEvent),
		),
		setwise.NewObject[model.MetricsTick]("MetricsTick"),
		setwise.NewObject[ads.Campaign]("Campaign",
			setwise.Leaf("id", func(b []byte, c *ads.Campaign) []byte { return c.Ref().AppendGQL(b) }),
			setwise.Child("budget", (*ads.Campaign).Budget),
			setwise.Load("budgetProgress", setwise.NoPlan, func(ctx context.Context, c *ads.Campaign, _ struct{}) setwise.Thunk[*ads.BudgetProgress] {
				return r.campaignProgress(ctx, c)
			}),
			setwise.Load("delivery", setwise.NoPlan, func(ctx context.Context, c *ads.Campaign, _ struct{}) setwise.Thunk[*ads.Delivery] {
				return campaignDelivery(ctx, c)
			}),
			adGroups(r, ads.LevelCampaign, func(c *ads.Campaign) (*ads.Advertiser, int64) { return c.Advertiser, c.ID }),
			adsField(r, ads.LevelCampaign, func(c *ads.Campaign) (*ads.Advertiser, int64) { return c.Advertiser, c.ID }),
			report(r, ads.LevelCampaign, func(c *ads.Campaign) (*ads.Advertiser, int64) { return c.Advertiser, c.ID }),
			setwise.Load("labels", columnsPlan(ads.LevelLabel), campaignLabels),
			changesOf(r, ads.LevelCampaign, func(c *ads.Campaign) (*ads.Advertiser, int64) { return c.Advertiser, c.ID }),
		),
		setwise.NewObject[ads.AdGroup]("AdGroup",
			setwise.Leaf("id", func(b []byte, g *ads.AdGroup) []byte { return g.Ref().AppendGQL(b) }),
			setwise.Child("budget", (*ads.AdGroup).Budget),
			setwise.Load("budgetProgress", setwise.NoPlan, func(ctx context.Context, g *ads.AdGroup, _ struct{}) setwise.Thunk[*ads.BudgetProgress] {
				return r.adGroupProgress(ctx, g)
			}),
			setwise.Child("bid", (*ads.AdGroup).Bid),
			setwise.Load("delivery", setwise.NoPlan, func(ctx context.Context, g *ads.AdGroup, _ struct{}) setwise.Thunk[*ads.Delivery] {
				return adGroupDelivery(ctx, g)
			}),
			setwise.Load("campaign", columnsPlan(ads.LevelCampaign), func(ctx context.Context, g *ads.AdGroup, c store.Columns) setwise.Thunk[*ads.Campaign] {
				return campaignOf(ctx, g.Advertiser, g.CampaignID, c)
			}),
			adsField(r, ads.LevelAdGroup, func(g *ads.AdGroup) (*ads.Advertiser, int64) { return g.Advertiser, g.ID }),
			report(r, ads.LevelAdGroup, func(g *ads.AdGroup) (*ads.Advertiser, int64) { return g.Advertiser, g.ID }),
			setwise.Load("audiences", func(_ *args, sel selected) (store.Columns, error) { return audienceColumns(sel), nil }, adGroupAudiences),
			keywords(r, ads.LevelAdGroup, func(g *ads.AdGroup) (*ads.Advertiser, int64) { return g.Advertiser, g.ID }),
			changesOf(r, ads.LevelAdGroup, func(g *ads.AdGroup) (*ads.Advertiser, int64) { return g.Advertiser, g.ID }),
		),
		setwise.NewObject[ads.Ad]("Ad",
			setwise.Leaf("id", func(b []byte, a *ads.Ad) []byte { return a.Ref().AppendGQL(b) }),
			setwise.Load("delivery", setwise.NoPlan, func(ctx context.Context, a *ads.Ad, _ struct{}) setwise.Thunk[*ads.Delivery] {
				return adDelivery(ctx, a)
			}),
			setwise.Load("campaign", columnsPlan(ads.LevelCampaign), func(ctx context.Context, a *ads.Ad, c store.Columns) setwise.Thunk[*ads.Campaign] {
				return campaignOf(ctx, a.Advertiser, a.CampaignID, c)
			}),
			setwise.Load("adGroup", columnsPlan(ads.LevelAdGroup), func(ctx context.Context, a *ads.Ad, c store.Columns) setwise.Thunk[*ads.AdGroup] {
				return adGroupOf(ctx, a.Advertiser, a.AdGroupID, c)
			}),
			setwise.Load("pin", columnsPlan(ads.LevelPin), func(ctx context.Context, a *ads.Ad, c store.Columns) setwise.Thunk[*ads.Pin] {
				if a.Pin != nil { // came with the ad
					return done(a.Pin)
				}
				return pinOf(ctx, a.Advertiser, a.PinID, c)
			}),
			report(r, ads.LevelAd, func(a *ads.Ad) (*ads.Advertiser, int64) { return a.Advertiser, a.ID }),
		),
		setwise.NewObject[ads.Pin]("Pin",
			setwise.Leaf("id", func(b []byte, p *ads.Pin) []byte { return p.Ref().AppendGQL(b) }),
			adsField(r, ads.LevelPin, func(p *ads.Pin) (*ads.Advertiser, int64) { return p.Advertiser, p.ID }),
			report(r, ads.LevelPin, func(p *ads.Pin) (*ads.Advertiser, int64) { return p.Advertiser, p.ID }),
		),
		setwise.NewObject[ads.Audience]("Audience",
			setwise.Leaf("id", func(b []byte, u *ads.Audience) []byte { return u.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.AudienceUse]("AudienceUse"),
		setwise.NewObject[ads.AdGroupAudience]("AdGroupAudience"),
		setwise.NewObject[ads.Keyword]("Keyword",
			setwise.Leaf("id", func(b []byte, k *ads.Keyword) []byte { return k.Ref().AppendGQL(b) }),
			setwise.Leaf("isNegative", func(b []byte, k *ads.Keyword) []byte { return strconv.AppendBool(b, k.IsNegative()) }),
			setwise.Load("campaign", columnsPlan(ads.LevelCampaign), func(ctx context.Context, k *ads.Keyword, c store.Columns) setwise.Thunk[*ads.Campaign] {
				return campaignOf(ctx, k.Advertiser, k.CampaignID, c)
			}),
			setwise.Load("adGroup", columnsPlan(ads.LevelAdGroup), keywordAdGroup),
		),
		setwise.NewObject[ads.Label]("Label",
			setwise.Leaf("id", func(b []byte, l *ads.Label) []byte { return l.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.ConversionTag]("ConversionTag",
			setwise.Leaf("id", func(b []byte, o *ads.ConversionTag) []byte { return o.Ref().AppendGQL(b) }),
			setwise.Load("events", func(a *args, _ selected) (int, error) {
				days := setwise.Arg(a, "days", graphql.UnmarshalInt)
				return days, checkTagDays(days)
			}, tagEvents),
		),
		setwise.NewObject[ads.TagEvents]("TagEvents",
			setwise.Leaf("matchShare", func(b []byte, e *ads.TagEvents) []byte { return appendShare(b, e.MatchShare()) }),
		),
		setwise.NewObject[ads.TagEventDay]("TagEventDay",
			setwise.Leaf("matchShare", func(b []byte, d *ads.TagEventDay) []byte { return appendShare(b, d.MatchShare()) }),
		),
		setwise.NewObject[ads.Invoice]("Invoice",
			setwise.Leaf("id", func(b []byte, x *ads.Invoice) []byte { return x.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.OrderLine]("OrderLine",
			setwise.Leaf("id", func(b []byte, x *ads.OrderLine) []byte { return x.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.SavedView]("SavedView",
			setwise.Leaf("id", func(b []byte, x *ads.SavedView) []byte { return x.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.ReportTemplate]("ReportTemplate",
			setwise.Leaf("id", func(b []byte, x *ads.ReportTemplate) []byte { return x.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.Export]("Export",
			setwise.Leaf("id", func(b []byte, x *ads.Export) []byte { return x.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.Notification]("Notification",
			setwise.Leaf("id", func(b []byte, x *ads.Notification) []byte { return x.Ref().AppendGQL(b) }),
			entity(aboutNotification),
		),
		setwise.NewObject[metrics.Recommendation]("Recommendation",
			setwise.Leaf("id", func(b []byte, x *metrics.Recommendation) []byte { return x.Ref().AppendGQL(b) }),
			entity(aboutRecommendation),
		),
		setwise.NewObject[ads.Member]("Member",
			setwise.Leaf("id", func(b []byte, m *ads.Member) []byte { return m.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.Invitation]("Invitation",
			setwise.Leaf("id", func(b []byte, i *ads.Invitation) []byte { return i.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[ads.AccessChange]("AccessChange",
			setwise.Leaf("id", func(b []byte, c *ads.AccessChange) []byte { return c.Ref().AppendGQL(b) }),
		),
		setwise.NewObject[model.UpdateCampaignsPayload]("UpdateCampaignsPayload"),
		setwise.NewObject[model.UpdateAdGroupsPayload]("UpdateAdGroupsPayload"),
		setwise.NewObject[model.UpdateAdsPayload]("UpdateAdsPayload"),
		setwise.NewObject[model.UserError]("UserError"),
		setwise.NewObject[model.CreateCampaignsPayload]("CreateCampaignsPayload"),
		setwise.NewObject[model.CreateAdGroupsPayload]("CreateAdGroupsPayload"),
		setwise.NewObject[model.CreateAdsPayload]("CreateAdsPayload"),
		setwise.NewObject[model.PublishCampaignsPayload]("PublishCampaignsPayload"),
		setwise.NewObject[model.PublishedNode]("PublishedNode"),
		setwise.NewObject[model.ApplyPlanPayload]("ApplyPlanPayload"),
		setwise.NewObject[model.UpdatePlan]("UpdatePlan"),
		setwise.NewObject[model.PlannedItem]("PlannedItem"),
		setwise.NewObject[model.PlanWarning]("PlanWarning"),
		setwise.NewObject[model.Difference]("Difference"),
		setwise.NewObject[model.TextStep]("TextStep"),
		setwise.NewObject[model.ValueStep]("ValueStep"),
		setwise.NewObject[model.StatusStep]("StatusStep"),
		setwise.NewObject[model.MoneyStep]("MoneyStep"),
		setwise.NewObject[model.InstantStep]("InstantStep"),
		setwise.NewObject[model.TargetingOptions]("TargetingOptions"),
		setwise.NewObject[model.TargetingChoice]("TargetingChoice"),
		setwise.NewObject[model.CreateLabelsPayload]("CreateLabelsPayload"),
		setwise.NewObject[model.RenameLabelsPayload]("RenameLabelsPayload"),
		setwise.NewObject[model.SetCampaignLabelsPayload]("SetCampaignLabelsPayload"),
		setwise.NewObject[model.CreateSavedViewPayload]("CreateSavedViewPayload"),
		setwise.NewObject[model.UpdateSavedViewPayload]("UpdateSavedViewPayload"),
		setwise.NewObject[model.DeleteSavedViewPayload]("DeleteSavedViewPayload"),
		setwise.NewObject[model.UpdateNotificationsPayload]("UpdateNotificationsPayload"),
		setwise.NewObject[model.UpdateRecommendationsPayload]("UpdateRecommendationsPayload"),
		setwise.NewObject[model.InviteMemberPayload]("InviteMemberPayload"),
		setwise.NewObject[model.RevokeInvitationPayload]("RevokeInvitationPayload"),
		setwise.NewObject[model.AcceptInvitationPayload]("AcceptInvitationPayload"),
		setwise.NewObject[model.GrantRolesPayload]("GrantRolesPayload"),
		setwise.NewObject[model.RevokeRolesPayload]("RevokeRolesPayload"),
		setwise.NewObject[ads.Change]("Change",
			setwise.Leaf("id", func(b []byte, c *ads.Change) []byte { return c.Ref().AppendGQL(b) }),
			entity(aboutChange),
		),
		setwise.NewObject[ads.ChangeMarker]("ChangeMarker"),
		setwise.NewObject[metrics.Impact]("RecommendationImpact"),
		setwise.NewObject[metrics.ImpactValue]("ImpactValue"),
		setwise.NewObject[ads.Billing]("Billing"),
		setwise.NewObject[ads.BillingProfile]("BillingProfile"),
		setwise.NewObject[ads.AdCredit]("AdCredit"),
		setwise.NewObject[ads.Person]("Person"),
		setwise.NewObject[ads.Review]("Review"),
		setwise.NewObject[ads.Delivery]("Delivery"),
		setwise.NewObject[ads.DeliveryReason]("DeliveryReason"),
		setwise.NewObject[ads.Budget]("Budget"),
		setwise.NewObject[ads.BudgetProgress]("BudgetProgress"),
		setwise.NewObject[model.Limits]("Limits"),
		setwise.NewObject[ads.Money]("Money",
			setwise.Leaf("amount", func(b []byte, m *ads.Money) []byte { return append(m.AppendAmount(append(b, '"')), '"') }),
		),

		connectionObject("AdvertiserConnection"), edge("AdvertiserEdge"),
		connectionObject("CampaignConnection"), edge("CampaignEdge"),
		connectionObject("AdGroupConnection"), edge("AdGroupEdge"),
		connectionObject("AdConnection"), edge("AdEdge"),
		connectionObject("PinConnection"), edge("PinEdge"),
		setwise.NewObject[model.Facets]("CampaignFacets"),
		setwise.NewObject[model.Facets]("AdGroupFacets"),
		setwise.NewObject[model.Facets]("AdFacets"),
		setwise.NewObject[model.Facets]("PinFacets"),
		setwise.NewObject[store.Facet]("Facet"),
		connectionObject("AudienceConnection"), edge("AudienceEdge"),
		connectionObject("KeywordConnection"), edge("KeywordEdge"),
		connectionObject("LabelConnection"), edge("LabelEdge"),
		connectionObject("ConversionTagConnection"), edge("ConversionTagEdge"),
		connectionObject("InvoiceConnection"), edge("InvoiceEdge"),
		connectionObject("OrderLineConnection"), edge("OrderLineEdge"),
		connectionObject("SavedViewConnection"), edge("SavedViewEdge"),
		connectionObject("ReportTemplateConnection"), edge("ReportTemplateEdge"),
		connectionObject("ExportConnection"), edge("ExportEdge"),
		connectionObject("NotificationConnection"), edge("NotificationEdge"),
		connectionObject("RecommendationConnection"), edge("RecommendationEdge"),
		connectionObject("MemberConnection"), edge("MemberEdge"),
		connectionObject("InvitationConnection"), edge("InvitationEdge"),
		connectionObject("AccessChangeConnection"), edge("AccessChangeEdge"),
		connectionObject("ChangeConnection"), edge("ChangeEdge"),
		setwise.NewObject[model.PageInfo]("PageInfo"),

		setwise.NewObject[metrics.Report]("MetricsReport",
			setwise.Child("context", (*metrics.Report).Context),
			setwise.Child("previous", (*metrics.Report).PreviousValues),
			setwise.Child("change", (*metrics.Report).Changes),
			setwise.Load("series", func(a *args, sel selected) (*seriesPlan, error) {
				g := metrics.Granularity(setwise.Arg(a, "granularity", graphql.UnmarshalString))
				if a.Err() != nil {
					return nil, a.Err()
				}
				return planSeries(g, sel)
			}, r.series),
			setwise.Load("breakdown", func(a *args, sel selected) (*breakdownPlan, error) {
				by := metrics.Dimension(setwise.Arg(a, "by", graphql.UnmarshalString))
				first := setwise.Arg(a, "first", graphql.UnmarshalInt)
				orderBy := setwise.Input[model.BreakdownOrder](a, "orderBy", "BreakdownOrder")
				if a.Err() != nil {
					return nil, a.Err()
				}
				return planBreakdown(by, first, orderBy, sel)
			}, r.breakdown),
			setwise.Load("markers", func(a *args, sel selected) (*markersPlan, error) {
				g := metrics.Granularity(setwise.Arg(a, "granularity", graphql.UnmarshalString))
				if a.Err() != nil {
					return nil, a.Err()
				}
				return planMarkers(g, sel)
			}, markers),
		),
		setwise.NewObject[metrics.Breakdown]("Breakdown"),
		setwise.NewObject[metrics.BreakdownRow]("BreakdownRow",
			setwise.Load("series", func(a *args, sel selected) (*seriesPlan, error) {
				g := metrics.Granularity(setwise.Arg(a, "granularity", graphql.UnmarshalString))
				if a.Err() != nil {
					return nil, a.Err()
				}
				return planSeries(g, sel)
			}, partSeries),
		),
		setwise.NewObject[metrics.Context]("MetricsContext",
			setwise.Leaf("from", func(b []byte, c *metrics.Context) []byte { return c.From().AppendGQL(b) }),
			setwise.Leaf("to", func(b []byte, c *metrics.Context) []byte { return c.To().AppendGQL(b) }),
			setwise.Leaf("previousFrom", func(b []byte, c *metrics.Context) []byte { return appendDay(b, c.PreviousFrom()) }),
			setwise.Leaf("previousTo", func(b []byte, c *metrics.Context) []byte { return appendDay(b, c.PreviousTo()) }),
		),
		setwise.NewObject[metrics.Attribution]("Attribution"),
		setwise.NewObject[metrics.Bucket]("MetricsBucket"),
		setwise.NewObject[metrics.Values]("MetricValues", metricFields()...),
		setwise.NewObject[metrics.Changes]("MetricChanges", changeFields()...),
		setwise.NewObject[metrics.MoneyChange]("MoneyChange"),
		setwise.NewObject[metrics.NumberChange]("NumberChange"),
		setwise.NewObject[metrics.Metric]("MetricDefinition",
			setwise.Leaf("isAttributed", func(b []byte, m *metrics.Metric) []byte { return strconv.AppendBool(b, m.Attributed) }),
			setwise.Leaf("numerator", func(b []byte, m *metrics.Metric) []byte { return appendName(b, m.Numerator) }),
			setwise.Leaf("denominator", func(b []byte, m *metrics.Metric) []byte { return appendName(b, m.Denominator) }),
			setwise.Leaf("scale", func(b []byte, m *metrics.Metric) []byte {
				if m.Numerator == "" {
					return append(b, "null"...)
				}
				return strconv.AppendInt(b, m.Scale, 10)
			}),
			setwise.Load("breakdowns", setwise.NoPlan, func(_ context.Context, m *metrics.Metric, _ struct{}) setwise.Thunk[[]metrics.BreakdownSupport] {
				return done(m.Breakdowns())
			}),
		),
		setwise.NewObject[metrics.BreakdownSupport]("BreakdownSupport"),
		setwise.NewObject[ads.ObjectiveOptions]("ObjectiveOptions"),
		setwise.NewObject[model.BidFloor]("BidFloor"),
	)
}

// The connections below an entity; owner returns its advertiser and its id.

func campaigns[T any](r *Resolver, under ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return connectionField(r, "campaigns", owner, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[model.CampaignFilter, model.CampaignOrder](a, "CampaignFilter", "CampaignOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planCampaigns(under, in, sel)
	})
}

func adGroups[T any](r *Resolver, under ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return connectionField(r, "adGroups", owner, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[model.AdGroupFilter, model.AdGroupOrder](a, "AdGroupFilter", "AdGroupOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planAdGroups(under, in, sel)
	})
}

func adsField[T any](r *Resolver, under ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return connectionField(r, "ads", owner, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[model.AdFilter, model.AdOrder](a, "AdFilter", "AdOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planAds(under, in, sel)
	})
}

func pins(r *Resolver) *setwise.Field {
	return connectionField(r, "pins", func(a *ads.Advertiser) (*ads.Advertiser, int64) { return a, a.ID }, func(a *args, sel selected) (*listPlan, error) {
		in := decodeList[model.PinFilter, model.PinOrder](a, "PinFilter", "PinOrder")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planPins(ads.LevelAdvertiser, in, sel)
	})
}

func connectionField[T any](r *Resolver, name string, owner func(*T) (*ads.Advertiser, int64), plan func(*args, selected) (*listPlan, error)) *setwise.Field {
	return setwise.LoadAll(name, plan, func(ctx context.Context, objs []*T, p *listPlan) func(int) (*model.Connection, error) {
		return r.lists(ctx, len(objs), p, func(i int) (*ads.Advertiser, int64) { return owner(objs[i]) })
	})
}

// report is the metrics field of an entity.
func report[T any](r *Resolver, level ads.Level, owner func(*T) (*ads.Advertiser, int64)) *setwise.Field {
	return setwise.Load("metrics", func(a *args, sel selected) (*reportPlan, error) {
		in := setwise.Input[model.ReportInput](a, "report", "ReportInput")
		if a.Err() != nil {
			return nil, a.Err()
		}
		return planReport(*in, []selected{sel}), nil
	}, func(ctx context.Context, obj *T, p *reportPlan) setwise.Thunk[*metrics.Report] {
		a, id := owner(obj)
		return r.report(ctx, a, level, id, p)
	})
}

// columnsPlan sees which columns of an entity are needed.
func columnsPlan(level ads.Level) func(*args, selected) (store.Columns, error) {
	return func(_ *args, sel selected) (store.Columns, error) { return columns(level, sel), nil }
}

func connectionObject(name string) *setwise.Object {
	return setwise.NewObject[model.Connection](name,
		setwise.Child("pageInfo", (*model.Connection).PageInfo),
		setwise.Load("facets", planFacets, facets),
		setwise.Load("unreadCount", setwise.NoPlan, unreadCount),
		setwise.Leaf("totalCount", func(b []byte, c *model.Connection) []byte { return strconv.AppendInt(b, int64(c.Count), 10) }))
}

func edge(name string) *setwise.Object {
	return setwise.NewObject[store.Row](name,
		setwise.Any("node", func(r *store.Row) any { return r.Entity }),
		setwise.Leaf("cursor", func(b []byte, r *store.Row) []byte { return append(r.Position.AppendText(append(b, '"')), '"') }))
}

func appendDay(b []byte, d *ads.Day) []byte {
	if d == nil {
		return append(b, "null"...)
	}
	return d.AppendGQL(b)
}

func appendName(b []byte, n metrics.Name) []byte {
	if n == "" {
		return append(b, "null"...)
	}
	return setwise.AppendString(b, string(n))
}
