package ads

import "time"

// KeywordMatch is how a keyword finds its searches: BROAD, PHRASE, EXACT,
// EXACT_NEGATIVE, PHRASE_NEGATIVE.
type KeywordMatch string

// IsNegative tells whether ads are kept from the searches instead of shown.
func (m KeywordMatch) IsNegative() bool { return m == "EXACT_NEGATIVE" || m == "PHRASE_NEGATIVE" }

// Keyword is words of an ad group, or negative ones of a campaign, that decide
// beside which searches ads are shown.
type Keyword struct {
	Advertiser *Advertiser
	ID         int64
	CampaignID int64
	AdGroupID  *int64 // nil when it is the campaign's
	Value      string
	MatchType  KeywordMatch
	IsArchived bool
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Ref returns the keyword's id as clients know it.
func (k *Keyword) Ref() Ref { return Ref{LevelKeyword, k.Advertiser.ID, k.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Keyword) IsNode() {}

// IsNegative tells whether it keeps ads away.
func (k *Keyword) IsNegative() bool { return k.MatchType.IsNegative() }
