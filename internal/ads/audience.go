package ads

import "time"

// The closed vocabularies of audiences.
type (
	AudienceType   string // CUSTOMER_LIST, VISITOR, ENGAGEMENT, ACTALIKE, PERSONA
	AudienceStatus string // READY, INITIALIZING, TOO_SMALL
)

// Audience is people that ad groups show their ads to, or keep them from.
type Audience struct {
	Advertiser *Advertiser
	ID         int64
	Name       string
	Type       AudienceType
	Status     AudienceStatus
	// Size is the number of people, nil while nobody has counted them.
	Size          *int64
	RetentionDays int
	Rule          JSON
	UsedBy        AudienceUse
	Version       int
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Ref returns the audience's id as clients know it.
func (u *Audience) Ref() Ref { return Ref{LevelAudience, u.Advertiser.ID, u.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Audience) IsNode() {}

// AudienceUse is how many ad groups use an audience, archived ones aside.
type AudienceUse struct{ Included, Excluded int }

// AdGroupAudience is an audience as an ad group uses it.
type AdGroupAudience struct {
	Audience *Audience
	// IsIncluded tells whether ads are shown to its people or kept from them.
	IsIncluded bool
}
