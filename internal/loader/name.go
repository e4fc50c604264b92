package loader

import "adsgraph/internal/observe"

// name returns what metrics and traces call one of the loaders, of which it is
// given the address.
func (l *Loaders) name(loader any) string {
	switch loader {
	case &l.Advertiser:
		return "advertiser"
	case &l.Campaign:
		return "campaign"
	case &l.AdGroup:
		return "ad_group"
	case &l.Ad:
		return "ad"
	case &l.Pin:
		return "pin"
	case &l.Object:
		return "object"
	case &l.Labels:
		return "labels"
	case &l.Audiences:
		return "audiences"
	case &l.TagEvents:
		return "tag_events"
	case &l.Lists:
		return "lists"
	case &l.Totals:
		return "totals"
	case &l.Series:
		return "series"
	case &l.SetSeries:
		return "set_series"
	case &l.Breakdown:
		return "breakdown"
	case &l.PartSeries:
		return "part_series"
	case &l.Hours:
		return "hours"
	case &l.SetHours:
		return "set_hours"
	case &l.Markers:
		return "markers"
	case &l.Spending:
		return "spending"
	case &l.Facets:
		return "facets"
	case &l.Billing:
		return "billing"
	case &l.Unread:
		return "unread"
	case &l.User:
		return "user"
	case &l.Accounts:
		return "accounts"
	default:
		return observe.Other
	}
}
