package metrics

import (
	"time"

	"adsgraph/internal/ads"
)

// Recommendation is a change that would pay.
type Recommendation struct {
	Advertiser *ads.Advertiser
	ID         int64
	Type       ads.RecommendationType
	Subject    ads.Subject
	Params     ads.JSON
	State      ads.RecommendationState
	// Impact is what a week brings, one entry per metric that was estimated.
	Impact    []Impact
	CreatedAt time.Time
}

// Ref returns the recommendation's id as clients know it.
func (r *Recommendation) Ref() ads.Ref {
	return ads.Ref{Level: ads.LevelRecommendation, Advertiser: r.Advertiser.ID, ID: r.ID}
}

// IsNode marks a type that a client can load by its id alone.
func (*Recommendation) IsNode() {}

// Impact is a metric of a week as it is and as it might be.
type Impact struct {
	Metric    Name
	Unit      Unit
	Current   ImpactValue
	Estimated ImpactValue
}

// ImpactValue is an amount or a count, as the metric's unit says.
type ImpactValue struct {
	Money *ads.Money
	Count *int64
}

// NewImpact returns the impact on an additive metric, given its values as they
// are stored: micros or a count.
func NewImpact(name Name, currency string, current, estimated int64) Impact {
	m, _ := ByName(name) // callers name metrics of the catalogue
	value := func(n int64) ImpactValue {
		if m.Unit == UnitMoney {
			return ImpactValue{Money: &ads.Money{Micros: ads.Micros(n), Currency: currency}}
		}
		return ImpactValue{Count: &n}
	}
	return Impact{Metric: name, Unit: m.Unit, Current: value(current), Estimated: value(estimated)}
}
