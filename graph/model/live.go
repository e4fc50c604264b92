package model

import (
	"time"

	"adsgraph/internal/ads"
	"adsgraph/internal/live"
)

// CampaignEvent tells that a campaign of an advertiser changed.
type CampaignEvent struct {
	// Advertiser is as the subscriber sees it at the time of the event.
	Advertiser *ads.Advertiser
	Event      *live.Event
	Missed     bool
}

// MetricsTick tells that an advertiser has new numbers.
type MetricsTick struct {
	AdvertiserID ads.Ref
	DataAsOf     *time.Time
	Missed       bool
}
