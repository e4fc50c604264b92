package ads

import "time"

// ChangeLevel is what a change was made to: ADVERTISER, CAMPAIGN, AD_GROUP, AD
// or MEMBER.
type ChangeLevel string

// ChangeSource is how a change came in: UI, API, BULK or SYSTEM.
type ChangeSource string

// Change is one field of one thing that was changed.
type Change struct {
	Advertiser *Advertiser
	ID         int64
	At         time.Time
	// Actor is who did it, nil for the system.
	Actor       *Person
	Source      ChangeSource
	RequestID   *string
	EntityLevel ChangeLevel
	// EntityID and EntityName are of what was changed; the name is nil for what
	// has none.
	EntityID   int64
	EntityName *string
	// Field is the field's name in the contract.
	Field string
	// Old and New are the values as the contract shows them, empty for none.
	Old, New JSON
}

// Ref returns the change's id as clients know it.
func (c *Change) Ref() Ref { return Ref{LevelChange, c.Advertiser.ID, c.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Change) IsNode() {}

// Subject returns what was changed, if it is below the account.
func (c *Change) Subject() Subject {
	switch level := Level(c.EntityLevel); level {
	case LevelCampaign, LevelAdGroup, LevelAd:
		return Subject{level, c.EntityID, c.EntityName}
	default:
		return Subject{}
	}
}

// ChangeMarker is what was changed in one step of a report.
type ChangeMarker struct {
	// Start is the first day of the step.
	Start Day
	// Count is of all changes, 1 or more.
	Count int
	// Changes is the newest of them, newest first, no more than a few.
	Changes []Change
}
