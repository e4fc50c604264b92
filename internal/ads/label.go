package ads

import "time"

// LabelType is what a label stands for: BRAND, CUSTOM.
type LabelType string

// Label is words to sort campaigns by.
type Label struct {
	Advertiser *Advertiser
	ID         int64
	Type       LabelType
	Value      string
	CreatedAt  time.Time
}

// Ref returns the label's id as clients know it.
func (l *Label) Ref() Ref { return Ref{LevelLabel, l.Advertiser.ID, l.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Label) IsNode() {}
