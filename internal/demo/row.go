package demo

import "time"

// The rows have the columns of their tables under the same names. A nil
// pointer or slice is NULL, days are "2006-01-02" in the advertiser's time
// zone, and JSON is text.

// User is a row of app_user.
type User struct {
	ID        int64
	Email     string
	Name      string
	CreatedAt time.Time
}

// Identity is a row of identity.
type Identity struct {
	Issuer    string
	Subject   string
	UserID    int64
	CreatedAt time.Time
}

// Advertiser is a row of advertiser.
type Advertiser struct {
	ID         int64
	BusinessID *int64
	Name       string
	Country    string
	Currency   string
	TimeZone   string
	Status     string
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Member is a row of member.
type Member struct {
	AdvertiserID int64
	UserID       int64
	Role         string
	AddedBy      *int64
	CreatedAt    time.Time
}

// Campaign is a row of campaign.
type Campaign struct {
	AdvertiserID         int64
	ID                   int64
	Name                 string
	Objective            string
	Status               string
	IsCBO                bool
	DailyBudgetMicros    *int64
	LifetimeBudgetMicros *int64
	IsFlexibleDaily      bool
	StartAt              *time.Time
	EndAt                *time.Time
	Version              int
	CreatedAt            time.Time
	UpdatedAt            time.Time
}

// AdGroup is a row of ad_group.
type AdGroup struct {
	AdvertiserID  int64
	ID            int64
	CampaignID    int64
	Name          string
	Status        string
	BudgetType    string
	BudgetMicros  *int64
	BidStrategy   *string
	BidMicros     *int64
	BillableEvent string
	Pacing        string
	Placement     string
	StartAt       *time.Time
	EndAt         *time.Time
	Targeting     []byte
	AutoTargeting bool
	FrequencyCap  *int
	Goal          []byte
	IsLearning    bool
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Pin is a row of pin.
type Pin struct {
	AdvertiserID int64
	ID           int64
	Title        string
	Description  string
	CreativeType string
	MediaURL     *string
	ThumbURL     *string
	Width        int
	Height       int
	VideoSeconds *int
	IsDeleted    bool
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Ad is a row of ad.
type Ad struct {
	AdvertiserID    int64
	ID              int64
	CampaignID      int64
	AdGroupID       int64
	PinID           int64
	Name            *string
	Status          string
	CreativeType    string
	DestinationURL  string
	ReviewStatus    string
	RejectedReasons []string // never nil
	ReviewedAt      *time.Time
	Version         int
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// Audience is a row of audience.
type Audience struct {
	AdvertiserID  int64
	ID            int64
	Name          string
	Type          string
	Status        string
	Size          *int64
	RetentionDays int
	Rule          []byte
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// AdGroupAudience is a row of ad_group_audience.
type AdGroupAudience struct {
	AdvertiserID int64
	AdGroupID    int64
	AudienceID   int64
	IsIncluded   bool
}

// Keyword is a row of keyword.
type Keyword struct {
	AdvertiserID int64
	ID           int64
	CampaignID   int64
	AdGroupID    *int64
	Value        string
	MatchType    string
	IsArchived   bool
	Version      int
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// Label is a row of label.
type Label struct {
	AdvertiserID int64
	ID           int64
	Type         string
	Value        string
	CreatedAt    time.Time
}

// CampaignLabel is a row of campaign_label.
type CampaignLabel struct {
	AdvertiserID int64
	CampaignID   int64
	LabelID      int64
}

// ConversionTag is a row of conversion_tag.
type ConversionTag struct {
	AdvertiserID  int64
	ID            int64
	Name          string
	Status        string
	LastFiredAt   *time.Time
	EnhancedMatch string
	Quality       *string
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// TagEventDay is a row of tag_event_day.
type TagEventDay struct {
	AdvertiserID  int64
	TagID         int64
	Day           string
	Event         string
	Source        string
	Events        int64
	MatchedEvents int64
}

// Measures are the columns of numbers that all day tables share.
type Measures struct {
	SpendMicros          int64
	ImpressionsPaid      int64
	ImpressionsEarned    int64
	ClicksPaid           int64
	ClicksEarned         int64
	OutboundClicksPaid   int64
	OutboundClicksEarned int64
	SavesPaid            int64
	SavesEarned          int64
	EngagementsPaid      int64
	EngagementsEarned    int64
	VideoStarts          int64
	VideoViewsMRC        int64
	VideoViews3s         int64
	VideoP25             int64
	VideoP50             int64
	VideoP75             int64
	VideoP95             int64
	VideoP100            int64
	WatchMs              int64
	Leads                int64
	Conversions          int64
	PageVisits           int64
	Signups              int64
	AddToCarts           int64
	Checkouts            int64
	CheckoutValueMicros  int64
}

// AdDay is a row of ad_day.
type AdDay struct {
	AdvertiserID int64
	CampaignID   int64
	AdGroupID    int64
	AdID         int64
	Day          string
	Measures
}

// AdConversion is a row of ad_conversion.
type AdConversion struct {
	AdvertiserID   int64
	CampaignID     int64
	AdGroupID      int64
	AdID           int64
	ActionDay      string
	LagDays        int
	Event          string
	Source         string
	CreditedAction string
	Conversions    int64
	ValueMicros    int64
	Quantity       int64
}

// BreakdownDay is a row of breakdown_day.
type BreakdownDay struct {
	AdvertiserID int64
	Level        string
	EntityID     int64
	Dimension    string
	Value        string
	Day          string
	BreakdownMeasures
}

// BreakdownMeasures are the measures that breakdown_day splits.
type BreakdownMeasures struct {
	SpendMicros          int64
	ImpressionsPaid      int64
	ImpressionsEarned    int64
	ClicksPaid           int64
	ClicksEarned         int64
	OutboundClicksPaid   int64
	OutboundClicksEarned int64
	SavesPaid            int64
	SavesEarned          int64
	EngagementsPaid      int64
	EngagementsEarned    int64
	Checkouts            int64
	CheckoutValueMicros  int64
}

// Reach is a row of reach.
type Reach struct {
	AdvertiserID int64
	Level        string
	EntityID     int64
	WindowDays   int
	AsOf         string
	People       int64
}

// Freshness is a row of freshness.
type Freshness struct {
	AdvertiserID int64
	Family       string
	DataAsOf     time.Time
	FinalThrough string
}

// Change is a row of change. The database numbers changes as they arrive.
type Change struct {
	AdvertiserID int64
	EntityType   string
	EntityID     int64
	Field        string
	OldValue     []byte
	NewValue     []byte
	ActorID      *int64
	Source       string
	RequestID    *string
	At           time.Time
}
