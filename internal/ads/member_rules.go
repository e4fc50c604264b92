package ads

import (
	"slices"
	"strings"
	"time"
)

// The codes of problems with members.
const (
	ProblemEmail            ProblemCode = "EMAIL_INVALID"
	ProblemInvited          ProblemCode = "ALREADY_INVITED"
	ProblemMember           ProblemCode = "ALREADY_MEMBER"
	ProblemInvitationClosed ProblemCode = "INVITATION_CLOSED"
	ProblemRole             ProblemCode = "ROLE_NOT_ALLOWED"
	ProblemLastOwner        ProblemCode = "LAST_OWNER"
)

// The statuses of invitations.
const (
	InvitationOpen     InvitationStatus = "OPEN"
	InvitationAccepted InvitationStatus = "ACCEPTED"
	InvitationExpired  InvitationStatus = "EXPIRED"
	InvitationRevoked  InvitationStatus = "REVOKED"
)

// InvitationLife is how long an invitation is open.
const InvitationLife = 14 * 24 * time.Hour

// MaxEmailLength is the most characters of an address.
const MaxEmailLength = 320

// StatusAt returns what became of the invitation until an instant.
func (i *Invitation) StatusAt(now time.Time) InvitationStatus {
	switch {
	case i.AcceptedAt != nil:
		return InvitationAccepted
	case i.RevokedAt != nil:
		return InvitationRevoked
	case !i.ExpiresAt.After(now):
		return InvitationExpired
	default:
		return InvitationOpen
	}
}

// CheckOpen returns a problem unless an invitation is open.
func (i *Invitation) CheckOpen(now time.Time) []Problem {
	c := checker{}
	if status := i.StatusAt(now); status != InvitationOpen {
		c.add(ProblemInvitationClosed, "id", map[string]any{"status": status}, "The invitation is not open any more: it is %s.", status)
	}
	return c.problems
}

// NewInvitation returns the invitation that somebody with the roles of actor sends, and which rules it breaks.
func NewInvitation(actor []Role, email string, roles []Role, now time.Time) (Invitation, []Problem) {
	c := checker{}
	email = strings.TrimSpace(email)
	if !isEmail(email) {
		c.add(ProblemEmail, "email", map[string]any{"max": MaxEmailLength}, "An e-mail address is such as name@example.com, in ASCII and at most %d characters long.", MaxEmailLength)
	}
	if len(roles) == 0 {
		c.add(ProblemRequired, "roles", nil, "Give at least one role.")
	}
	roles = distinct(roles)
	c.mayGive(actor, roles)
	return Invitation{Email: strings.ToLower(email), Roles: roles, CreatedAt: now, ExpiresAt: now.Add(InvitationLife)}, c.problems
}

// Grant returns which of the wanted roles a person who has some gets from somebody with the roles of actor, and
// which rules that breaks.
func Grant(actor, has, wanted []Role) ([]Role, []Problem) {
	c := checker{}
	if len(wanted) == 0 {
		c.add(ProblemNothing, "roles", nil, "Nothing is to be changed: give at least one role.")
	}
	c.mayGive(actor, wanted)
	return slices.DeleteFunc(distinct(wanted), func(r Role) bool { return slices.Contains(has, r) }), c.problems
}

// Revoke returns which of some roles a person loses, by somebody with the roles of actor, in an account with so many
// owners, and which rules that breaks.
func Revoke(actor, has, unwanted []Role, owners int) ([]Role, []Problem) {
	c := checker{}
	if len(unwanted) == 0 {
		c.add(ProblemNothing, "roles", nil, "Nothing is to be changed: give at least one role.")
	}
	c.mayGive(actor, unwanted)
	gone := slices.DeleteFunc(distinct(unwanted), func(r Role) bool { return !slices.Contains(has, r) })
	if slices.Contains(gone, RoleOwner) && owners <= 1 {
		c.add(ProblemLastOwner, "roles", nil, "This is the account's last OWNER. Make somebody else one first.")
	}
	return gone, c.problems
}

// CheckRevoke returns which rules it breaks that somebody with the roles of actor takes an invitation back.
func (i *Invitation) CheckRevoke(actor []Role, now time.Time) []Problem {
	c := checker{problems: i.CheckOpen(now)}
	if slices.Contains(i.Roles, RoleOwner) && !slices.Contains(actor, RoleOwner) {
		c.add(ProblemRole, "id", map[string]any{"role": RoleOwner}, "Only an OWNER takes back an invitation as OWNER.")
	}
	return c.problems
}

// mayGive adds a problem for a role that the actor neither gives nor takes: OWNER, for who is none.
func (c *checker) mayGive(actor, roles []Role) {
	if slices.Contains(roles, RoleOwner) && !slices.Contains(actor, RoleOwner) {
		c.add(ProblemRole, "roles", map[string]any{"role": RoleOwner}, "Only an OWNER gives and takes the role OWNER.")
	}
}

// distinct returns roles each once, in the order of Roles.
func distinct(roles []Role) []Role {
	sorted := slices.Clone(roles)
	slices.SortFunc(sorted, CompareRoles)
	return slices.Compact(sorted)
}

// isEmail tells whether a text is an address that mail could go to. It must be ASCII: what is lower case beyond it is
// a matter of languages, and addresses are compared.
func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || domain == "" || len(s) > MaxEmailLength || strings.Contains(domain, "@") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"(),:;<>[\]`, r) }) < 0
}
