package ads

import "time"

// EntityStatus is what a person set a campaign, ad group or ad to. Whether it
// delivers is another matter: see Delivery.
type EntityStatus string

// The configured statuses.
const (
	StatusActive       EntityStatus = "ACTIVE"
	StatusPaused       EntityStatus = "PAUSED"
	StatusArchived     EntityStatus = "ARCHIVED"
	StatusDraft        EntityStatus = "DRAFT"
	StatusDeletedDraft EntityStatus = "DELETED_DRAFT"
)

// Closed vocabularies that are stored as text and checked by the database.
type (
	AdvertiserStatus  string // ACTIVE, DISABLED
	CampaignObjective string // AWARENESS, CONSIDERATION, WEB_CONVERSION, CATALOG_SALES, VIDEO_COMPLETION
	BudgetType        string // DAILY, LIFETIME, CBO_ADGROUP
	BidStrategy       string // AUTOMATIC_BID, MAX_BID, TARGET_AVG
	BillableEvent     string // CLICKTHROUGH, IMPRESSION, VIDEO_V_50_MRC
	Pacing            string // STANDARD, ACCELERATED
	Placement         string // ALL, SEARCH, BROWSE, OTHER
	CreativeType      string // REGULAR, VIDEO, SHOPPING, …
	ReviewStatus      string // APPROVED, PENDING, REJECTED, OTHER
)

// The types of a budget that an entity holds itself.
const (
	BudgetDaily    BudgetType = "DAILY"
	BudgetLifetime BudgetType = "LIFETIME"
)

// BudgetShared is the type of the budget of an ad group whose campaign holds it.
const BudgetShared BudgetType = "CBO_ADGROUP"

// ReviewPending is the review status of an ad that nobody has looked at yet.
const ReviewPending ReviewStatus = "PENDING"

// BidAutomatic is the bid strategy under which the system bids.
const BidAutomatic BidStrategy = "AUTOMATIC_BID"

// AdvertiserDisabled is the status of an account that may not deliver.
const AdvertiserDisabled AdvertiserStatus = "DISABLED"

// Advertiser is an ad account: the tenant that everything else belongs to.
// One is only ever loaded for a viewer who is a member of it; what the viewer
// may read below it is for Can to say.
type Advertiser struct {
	ID        int64
	Name      string
	Country   string
	Currency  string
	TimeZone  string
	Status    AdvertiserStatus
	CreatedAt time.Time
	UpdatedAt time.Time
	Freshness Freshness
	// Zone is the loaded form of TimeZone.
	Zone *time.Location
	// ViewerID is the user that it was loaded for, ViewerRoles what that user is
	// in it, in the order of Roles.
	ViewerID    int64
	ViewerRoles []Role
}

// Ref returns the advertiser's id as clients know it.
func (a *Advertiser) Ref() Ref { return Ref{LevelAdvertiser, a.ID, a.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Advertiser) IsNode() {}

// Freshness tells how far an advertiser's numbers go. A field is nil while
// nothing was loaded yet.
type Freshness struct {
	DataAsOf                *time.Time
	DeliveryFinalThrough    *Day
	ConversionsFinalThrough *Day
}

// Budget is money set aside for a day or for the whole run.
type Budget struct {
	Type   BudgetType
	Amount Money
	// IsFlexible is true when a single day may spend more than the amount.
	IsFlexible bool
}

// Campaign groups ad groups under one objective.
type Campaign struct {
	Advertiser           *Advertiser
	ID                   int64
	Name                 string
	Objective            CampaignObjective
	Status               EntityStatus
	IsCbo                bool // the campaign holds the budget, not its ad groups
	DailyBudgetMicros    *int64
	LifetimeBudgetMicros *int64
	IsFlexibleDaily      bool
	StartAt              *time.Time
	EndAt                *time.Time
	Version              int
	CreatedAt            time.Time
	UpdatedAt            time.Time
	// Delivery is nil when it was not read with the row.
	Delivery *Delivery
}

// Ref returns the campaign's id as clients know it.
func (c *Campaign) Ref() Ref { return Ref{LevelCampaign, c.Advertiser.ID, c.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Campaign) IsNode() {}

// Budget returns the campaign's own budget, or nil when its ad groups hold it.
func (c *Campaign) Budget() *Budget {
	switch {
	case c.DailyBudgetMicros != nil:
		return &Budget{BudgetDaily, Money{Micros(*c.DailyBudgetMicros), c.Advertiser.Currency}, c.IsFlexibleDaily}
	case c.LifetimeBudgetMicros != nil:
		return &Budget{BudgetLifetime, Money{Micros(*c.LifetimeBudgetMicros), c.Advertiser.Currency}, false}
	}
	return nil
}

// AdGroup holds bid, schedule and targeting of a group of ads.
type AdGroup struct {
	Advertiser    *Advertiser
	ID            int64
	CampaignID    int64
	Name          string
	Status        EntityStatus
	BudgetType    BudgetType
	BudgetMicros  *int64
	BidStrategy   *BidStrategy
	BidMicros     *int64
	BillableEvent BillableEvent
	Pacing        Pacing
	Placement     Placement
	StartAt       *time.Time
	EndAt         *time.Time
	Targeting     JSON
	AutoTargeting bool
	FrequencyCap  *int
	IsLearning    bool
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
	// Delivery is nil when it was not read with the row.
	Delivery *Delivery
}

// Ref returns the ad group's id as clients know it.
func (g *AdGroup) Ref() Ref { return Ref{LevelAdGroup, g.Advertiser.ID, g.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*AdGroup) IsNode() {}

// Budget returns the ad group's own budget, or nil when the campaign holds it.
func (g *AdGroup) Budget() *Budget {
	if g.BudgetMicros == nil {
		return nil
	}
	return &Budget{g.BudgetType, Money{Micros(*g.BudgetMicros), g.Advertiser.Currency}, false}
}

// Bid returns the bid, or nil when the system bids.
func (g *AdGroup) Bid() *Money {
	if g.BidMicros == nil {
		return nil
	}
	return &Money{Micros(*g.BidMicros), g.Advertiser.Currency}
}

// Ad shows one pin to people.
type Ad struct {
	Advertiser     *Advertiser
	ID             int64
	CampaignID     int64
	AdGroupID      int64
	PinID          int64
	Name           *string
	Status         EntityStatus
	CreativeType   CreativeType
	DestinationURL *string
	Review         Review
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
	// Delivery and Pin are nil when they were not read with the row.
	Delivery *Delivery
	Pin      *Pin
}

// Ref returns the ad's id as clients know it.
func (a *Ad) Ref() Ref { return Ref{LevelAd, a.Advertiser.ID, a.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Ad) IsNode() {}

// Review is what review said of an ad.
type Review struct {
	Status          ReviewStatus
	RejectedReasons []string
	ReviewedAt      *time.Time
}

// Pin is the creative that an ad shows.
type Pin struct {
	Advertiser   *Advertiser
	ID           int64
	Title        string
	Description  string
	CreativeType CreativeType
	MediaURL     *string
	ThumbURL     *string
	Width        *int
	Height       *int
	VideoSeconds *int
	IsDeleted    bool
	// LastDeliveredOn is the last day on which an ad with the pin delivered, nil
	// if none did.
	LastDeliveredOn *Day
}

// Ref returns the pin's id as clients know it.
func (p *Pin) Ref() Ref { return Ref{LevelPin, p.Advertiser.ID, p.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Pin) IsNode() {}
