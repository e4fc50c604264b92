package ads

import "time"

// InvitationStatus is what became of an invitation: OPEN, ACCEPTED, EXPIRED or
// REVOKED.
type InvitationStatus string

// AccessAction is what became of a role: INVITED, GRANTED, REVOKED or EXPIRED.
type AccessAction string

// Member is a person in an account, with all roles there.
type Member struct {
	Advertiser *Advertiser
	// ID is the person's.
	ID     int64
	Person Person
	Email  string
	// Roles are in the order of Roles, at least one.
	Roles []Role
	// AddedBy is who gave the first of the roles, and AddedAt when; nil for nobody
	// that is known.
	AddedBy *Person
	AddedAt time.Time
}

// Ref returns the member's id as clients know it.
func (m *Member) Ref() Ref { return Ref{LevelMember, m.Advertiser.ID, m.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Member) IsNode() {}

// Invitation is roles that somebody may take.
type Invitation struct {
	Advertiser *Advertiser
	ID         int64
	Email      string
	// Roles are in the order of Roles, at least one.
	Roles  []Role
	Status InvitationStatus
	// InvitedBy is nil for nobody that is known.
	InvitedBy  *Person
	CreatedAt  time.Time
	ExpiresAt  time.Time
	AcceptedAt *time.Time
	RevokedAt  *time.Time
}

// Ref returns the invitation's id as clients know it.
func (i *Invitation) Ref() Ref { return Ref{LevelInvitation, i.Advertiser.ID, i.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*Invitation) IsNode() {}

// AccessChange is what became of one role of somebody.
type AccessChange struct {
	Advertiser *Advertiser
	ID         int64
	At         time.Time
	// Actor is who did it, nil for the system.
	Actor *Person
	// Person is whose role it is, nil for an invitation's, of which there is but
	// the address.
	Person *Person
	// Email is the person's address, or that of the invitation.
	Email  string
	Role   Role
	Action AccessAction
}

// Ref returns the change's id as clients know it.
func (c *AccessChange) Ref() Ref { return Ref{LevelAccessChange, c.Advertiser.ID, c.ID} }

// IsNode marks a type that a client can load by its id alone.
func (*AccessChange) IsNode() {}
