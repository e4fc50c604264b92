package ads

import "time"

// The closed vocabularies of what people are told and advised.
type (
	NotificationType     string // BUDGET_SPENT, CAMPAIGN_ENDING, AD_REJECTED, PAYMENT_FAILED, …
	NotificationSeverity string // INFO, WARNING, CRITICAL
	NotificationState    string // UNREAD, READ, DISMISSED
	RecommendationType   string // RAISE_BUDGET, ADD_KEYWORDS, FIX_REJECTED_AD, …
	RecommendationState  string // OPEN, APPLIED, DISMISSED
)

// notificationTypes is every type of notification with what it takes to see it.
// An overdue invoice is no business of somebody who buys ads, nor a rejected ad
// of somebody who pays.
var notificationTypes = []struct { //nolint:gochecknoglobals // a constant
	kind       NotificationType
	capability Capability
}{
	{"BUDGET_SPENT", ViewCampaigns},
	{"CAMPAIGN_ENDING", ViewCampaigns},
	{"AD_REJECTED", ViewCampaigns},
	{"PAYMENT_FAILED", ViewBilling},
	{"INVOICE_OVERDUE", ViewBilling},
	{"CREDIT_LOW", ViewBilling},
	{"TAG_SILENT", ViewConversionTags},
}

// NotificationTypes returns the types of notifications that a's viewer may see.
func (a *Advertiser) NotificationTypes() []NotificationType {
	types := []NotificationType{}
	for _, t := range notificationTypes {
		if a.Can(t.capability) {
			types = append(types, t.kind)
		}
	}
	return types
}

// Subject is the campaign, ad group, ad or conversion tag that something is
// about. Level is empty for the account as a whole.
type Subject struct {
	Level Level
	ID    int64
	// Name is nil when it was not read, and when the subject has none.
	Name *string
}

// Notification is something that people should know. The words are the
// client's: TextKey names them, Params fill them in.
type Notification struct {
	Advertiser *Advertiser
	ID         int64
	Type       NotificationType
	Severity   NotificationSeverity
	Subject    Subject
	TextKey    string
	Params     JSON
	State      NotificationState
	CreatedAt  time.Time
}

// Ref returns the notification's id as clients know it.
func (n *Notification) Ref() Ref { return Ref{LevelNotification, n.Advertiser.ID, n.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Notification) IsNode() {}
