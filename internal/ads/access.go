package ads

import (
	"slices"
	"strings"

	"adsgraph/internal/fault"
)

// Role is what a person is in one advertiser. A person may have several.
type Role string

// The roles, as the database knows them.
const (
	RoleOwner           Role = "OWNER"
	RoleAdmin           Role = "ADMIN"
	RoleCampaignManager Role = "CAMPAIGN_MANAGER"
	RoleAnalyst         Role = "ANALYST"
	RoleAudienceManager Role = "AUDIENCE_MANAGER"
	RoleFinanceManager  Role = "FINANCE_MANAGER"
	RoleCatalogsManager Role = "CATALOGS_MANAGER"
)

// Roles returns every role, the mightiest first.
func Roles() []Role {
	return []Role{RoleOwner, RoleAdmin, RoleCampaignManager, RoleAnalyst, RoleAudienceManager, RoleFinanceManager, RoleCatalogsManager}
}

// CompareRoles orders roles as Roles does.
func CompareRoles(a, b Role) int { return slices.Index(Roles(), a) - slices.Index(Roles(), b) }

// Capability is something that a person may do in one advertiser. Code asks for
// capabilities, never for roles.
type Capability string

// The capabilities.
const (
	// ViewCampaigns is to read campaigns and what is below them, with all numbers.
	ViewCampaigns Capability = "VIEW_CAMPAIGNS"
	// EditCampaigns is to change campaigns and what is below them.
	EditCampaigns Capability = "EDIT_CAMPAIGNS"
	// ViewBilling is to read how the account pays, and its invoices.
	ViewBilling Capability = "VIEW_BILLING"
	// ViewOrderLines is to read what was ordered in advance.
	ViewOrderLines Capability = "VIEW_ORDER_LINES"
	// ViewAudiences is to read audiences, and who is shown what.
	ViewAudiences Capability = "VIEW_AUDIENCES"
	// ViewConversionTags is to read the tags of the site.
	ViewConversionTags Capability = "VIEW_CONVERSION_TAGS"
	// ViewMembers is to read who may do what.
	ViewMembers Capability = "VIEW_MEMBERS"
	// EditMembers is to invite people, and to give and take roles.
	EditMembers Capability = "EDIT_MEMBERS"
)

// Capabilities returns every capability.
func Capabilities() []Capability {
	return []Capability{ViewCampaigns, EditCampaigns, ViewBilling, ViewOrderLines, ViewAudiences, ViewConversionTags, ViewMembers, EditMembers}
}

// Capabilities returns what a role may do. CATALOGS_MANAGER sees no more than
// that the account exists: product catalogues are not part of this API.
func (r Role) Capabilities() []Capability {
	switch r {
	case RoleOwner, RoleAdmin:
		return Capabilities()
	case RoleCampaignManager:
		return []Capability{ViewCampaigns, EditCampaigns, ViewBilling, ViewOrderLines, ViewAudiences, ViewConversionTags}
	case RoleAnalyst:
		return []Capability{ViewCampaigns, ViewAudiences, ViewConversionTags}
	case RoleAudienceManager:
		return []Capability{ViewAudiences}
	case RoleFinanceManager:
		return []Capability{ViewBilling, ViewOrderLines}
	default:
		return nil
	}
}

// Roles returns the roles that may do c.
func (c Capability) Roles() []Role {
	var roles []Role
	for _, r := range Roles() {
		if slices.Contains(r.Capabilities(), c) {
			roles = append(roles, r)
		}
	}
	return roles
}

// Capability returns what it takes to see something of a level, "" for an
// advertiser, which every member sees, and for a notification, which depends on
// what it says; see NotificationType.
func (l Level) Capability() Capability {
	switch l {
	case LevelAudience:
		return ViewAudiences
	case LevelConversionTag:
		return ViewConversionTags
	case LevelInvoice:
		return ViewBilling
	case LevelOrderLine:
		return ViewOrderLines
	case LevelMember, LevelInvitation, LevelAccessChange:
		return ViewMembers
	case LevelAdvertiser, LevelNotification:
		return ""
	default:
		return ViewCampaigns
	}
}

// Can tells whether the viewer that a was read for may do c in it.
func (a *Advertiser) Can(c Capability) bool {
	return slices.ContainsFunc(a.ViewerRoles, func(r Role) bool { return slices.Contains(r.Capabilities(), c) })
}

// Require returns FORBIDDEN unless the viewer may do c. It says who may, so that
// the viewer knows whom to ask.
func (a *Advertiser) Require(c Capability) error {
	if c == "" || a.Can(c) {
		return nil
	}
	roles := c.Roles()
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	f := fault.New(fault.Forbidden, "This needs the capability %s, which you do not have in this account. An owner of the account can give you one of the roles %s.",
		c, strings.Join(names, ", "))
	f.Requires = string(c)
	return f
}
