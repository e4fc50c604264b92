package ads

import "strings"

// DeliveryStatus tells whether an entity is being shown, worked out from its
// own status, its ancestors, its schedule, its budget and its children.
type DeliveryStatus string

// The delivery statuses.
const (
	DeliveryRunning            DeliveryStatus = "RUNNING"
	DeliveryPaused             DeliveryStatus = "PAUSED"
	DeliveryNotStarted         DeliveryStatus = "NOT_STARTED"
	DeliveryCompleted          DeliveryStatus = "COMPLETED"
	DeliveryAdvertiserDisabled DeliveryStatus = "ADVERTISER_DISABLED"
	DeliveryRejected           DeliveryStatus = "REJECTED"
	DeliveryPending            DeliveryStatus = "PENDING"
	DeliveryNotDelivering      DeliveryStatus = "NOT_DELIVERING"
	DeliveryArchived           DeliveryStatus = "ARCHIVED"
	DeliveryDraft              DeliveryStatus = "DRAFT"
	DeliveryDeletedDraft       DeliveryStatus = "DELETED_DRAFT"
)

// DeliveryReason is one cause, the level that it lies at, and a sentence for
// people.
type DeliveryReason struct {
	Code    string // such as CAMPAIGN_PAUSED
	Level   Level
	Message string
}

// Delivery is a derived status with all its causes, the deciding one first. It
// has no causes when the entity runs.
type Delivery struct {
	Status  DeliveryStatus
	Reasons []DeliveryReason
}

// cause is a reason and the status that it decides.
type cause struct {
	status DeliveryStatus
	reason DeliveryReason
}

// deliveryReasons is every cause with the status that it decides. The order of
// causes is the database's; see store's delivery fragments.
var deliveryReasons = func() map[string]cause { //nolint:gochecknoglobals // a constant table
	table := map[string]cause{}
	add := func(code string, status DeliveryStatus, level Level, message string) {
		table[code] = cause{status, DeliveryReason{code, level, message}}
	}
	add("ADVERTISER_DISABLED", DeliveryAdvertiserDisabled, LevelAdvertiser, "The advertiser is disabled.")
	for _, l := range []struct {
		level Level
		name  string
	}{{LevelCampaign, "campaign"}, {LevelAdGroup, "ad group"}, {LevelAd, "ad"}} {
		code := func(what string) string { return string(l.level) + "_" + what }
		the := "The " + l.name + " "
		add(code("ARCHIVED"), DeliveryArchived, l.level, the+"is archived.")
		add(code("DELETED_DRAFT"), DeliveryDeletedDraft, l.level, the+"is a deleted draft.")
		add(code("DRAFT"), DeliveryDraft, l.level, the+"is a draft.")
		add(code("PAUSED"), DeliveryPaused, l.level, the+"is paused.")
		if l.level != LevelAd {
			add(code("NOT_STARTED"), DeliveryNotStarted, l.level, the+"has not started yet.")
			add(code("ENDED"), DeliveryCompleted, l.level, the+"has ended.")
			add(code("BUDGET_SPENT"), DeliveryCompleted, l.level, "The lifetime budget of the "+l.name+" is used up.")
			add(code("NO_SERVABLE_CHILD"), DeliveryNotDelivering, l.level, the+"has no active, approved ad to show.")
		}
	}
	add("AD_REJECTED", DeliveryRejected, LevelAd, "The ad was rejected in review.")
	add("AD_PENDING", DeliveryPending, LevelAd, "The ad is in review.")
	return table
}()

// ParseDelivery reads the codes that the database worked out, comma-separated
// with the deciding one first; none means that the entity runs.
func ParseDelivery(codes string) *Delivery {
	if codes == "" {
		return &Delivery{Status: DeliveryRunning, Reasons: []DeliveryReason{}}
	}
	d := &Delivery{}
	for i, code := range strings.Split(codes, ",") {
		known := deliveryReasons[code]
		if i == 0 {
			d.Status = known.status
		}
		d.Reasons = append(d.Reasons, known.reason)
	}
	return d
}

// DecidingCodes returns the codes that, standing first, decide one of the
// given statuses; "" stands for RUNNING.
func DecidingCodes(statuses []DeliveryStatus) []string {
	codes := []string{}
	for _, status := range statuses {
		if status == DeliveryRunning {
			codes = append(codes, "")
		}
		for code, known := range deliveryReasons {
			if known.status == status {
				codes = append(codes, code)
			}
		}
	}
	return codes
}
