package ads

import (
	"slices"
	"time"
)

// Patch is a wanted change of Settings: what is not set stays.
type Patch struct {
	ID             int64
	Version        int
	Name           Optional[string]            `json:",omitzero"`
	Status         Optional[EntityStatus]      `json:",omitzero"`
	Objective      Optional[CampaignObjective] `json:",omitzero"`
	BudgetType     Optional[BudgetType]        `json:",omitzero"`
	Budget         Optional[int64]             `json:",omitzero"` // micros
	BidStrategy    Optional[BidStrategy]       `json:",omitzero"`
	Bid            Optional[int64]             `json:",omitzero"` // micros
	BillableEvent  Optional[BillableEvent]     `json:",omitzero"`
	Pacing         Optional[Pacing]            `json:",omitzero"`
	Placement      Optional[Placement]         `json:",omitzero"`
	Targeting      Optional[Targeting]         `json:",omitzero"`
	StartAt        Optional[time.Time]         `json:",omitzero"`
	EndAt          Optional[time.Time]         `json:",omitzero"`
	PinID          Optional[int64]             `json:",omitzero"`
	DestinationURL Optional[string]            `json:",omitzero"`
}

// isEmpty tells whether a patch changes nothing.
func (p *Patch) isEmpty() bool {
	return *p == Patch{ID: p.ID, Version: p.Version}
}

// Optional is a value that may be left out, which is not the same as null.
type Optional[T any] struct {
	IsSet bool
	Value *T // nil for null
}

// Fits tells whether a patch sets only what its level has, to values that there are:
// what the schema sees to, where a patch comes by another way.
func (p *Patch) Fits(level Level) bool {
	plain := *p
	plain.ID, plain.Version, plain.Name, plain.Status = 0, 0, Optional[string]{}, Optional[EntityStatus]{}
	switch level {
	case LevelCampaign:
		plain.Objective, plain.BudgetType, plain.Budget = Optional[CampaignObjective]{}, Optional[BudgetType]{}, Optional[int64]{}
		plain.StartAt, plain.EndAt = Optional[time.Time]{}, Optional[time.Time]{}
	case LevelAdGroup:
		plain.BudgetType, plain.Budget, plain.BidStrategy, plain.Bid = Optional[BudgetType]{}, Optional[int64]{}, Optional[BidStrategy]{}, Optional[int64]{}
		plain.BillableEvent, plain.Pacing, plain.Placement = Optional[BillableEvent]{}, Optional[Pacing]{}, Optional[Placement]{}
		plain.Targeting, plain.StartAt, plain.EndAt = Optional[Targeting]{}, Optional[time.Time]{}, Optional[time.Time]{}
	default:
		plain.PinID, plain.DestinationURL = Optional[int64]{}, Optional[string]{}
	}
	return plain == Patch{} &&
		among(p.Status.Value, StatusActive, StatusPaused, StatusArchived, StatusDraft, StatusDeletedDraft) &&
		among(p.Objective.Value, ObjectiveAwareness, ObjectiveConsideration, ObjectiveWebConversion, ObjectiveCatalogSales, ObjectiveVideoCompletion) &&
		among(p.BudgetType.Value, BudgetDaily, BudgetLifetime, BudgetShared) && among(p.BidStrategy.Value, BidAutomatic, "MAX_BID", "TARGET_AVG") &&
		among(p.BillableEvent.Value, BillClick, BillImpression, BillVideoView) && among(p.Pacing.Value, PacingStandard, "ACCELERATED") &&
		among(p.Placement.Value, "ALL", "SEARCH", "BROWSE", "OTHER")
}

// among tells whether a value is one of some, or null.
func among[T comparable](value *T, values ...T) bool {
	return value == nil || slices.Contains(values, *value)
}
