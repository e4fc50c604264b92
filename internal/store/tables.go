package store

// Class says how a table is spread over a cluster of databases. On a single
// PostgreSQL it changes nothing.
type Class string

// The classes.
const (
	// Tenant tables are split by advertiser_id, which leads every key.
	Tenant Class = "tenant"
	// Reference tables are small and copied to every node.
	Reference Class = "reference"
	// Local tables stay on the node that migrates.
	Local Class = "local"
)

// Tables returns the class of every table of the schema. A test fails for a
// table that is missing here.
func Tables() map[string]Class {
	return map[string]Class{
		"app_user":           Reference,
		"advertiser":         Reference,
		"member":             Reference,
		"identity":           Reference,
		"campaign":           Tenant,
		"ad_group":           Tenant,
		"pin":                Tenant,
		"ad":                 Tenant,
		"ad_day":             Tenant,
		"ad_group_day":       Tenant,
		"campaign_day":       Tenant,
		"advertiser_day":     Tenant,
		"pin_day":            Tenant,
		"ad_hour":            Tenant,
		"campaign_lifetime":  Tenant,
		"ad_group_lifetime":  Tenant,
		"ad_conversion":      Tenant,
		"breakdown_day":      Tenant,
		"reach":              Tenant,
		"freshness":          Tenant,
		"data_version":       Tenant,
		"data_load":          Tenant,
		"ad_day_undo":        Tenant,
		"ad_conversion_undo": Tenant,
		"reach_undo":         Tenant,
		"change":             Tenant,
		"goose_db_version":   Local,
		"switch_off":         Reference,
		"audience":           Tenant,
		"ad_group_audience":  Tenant,
		"keyword":            Tenant,
		"label":              Tenant,
		"campaign_label":     Tenant,
		"conversion_tag":     Tenant,
		"tag_event_day":      Tenant,
		"billing_profile":    Tenant,
		"invoice":            Tenant,
		"order_line":         Tenant,
		"ad_credit":          Tenant,
		"saved_view":         Tenant,
		"report_template":    Tenant,
		"export_run":         Tenant,
		"notification":       Tenant,
		"recommendation":     Tenant,
		"idempotency_key":    Tenant,
		"invitation":         Tenant,
		"member_change":      Tenant,
		"import_account":     Reference,
		"import_object":      Tenant,
	}
}
