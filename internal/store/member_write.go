package store

import (
	"context"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// Admitted is an invitation or a member that was made or changed.
type Admitted struct {
	// ID is 0 if anything is wrong, and for a person who is no member any more.
	ID       int64
	Problems []ads.Problem
	IsReplay bool `json:"-"` // it had been done before, with the same key
}

// membersPart is what writes of members and invitations lock: whether somebody is the
// last owner, or an address has an open invitation, is nothing that one row says.
const membersPart = "members"

const rolesOf = `-- name: RolesForUpdate
SELECT b.user_id, b.role FROM member AS b WHERE b.advertiser_id = $1 AND (b.user_id = ANY($2) OR b.role = 'OWNER')`

const grantRoles = `-- name: GrantRoles
INSERT INTO member AS b (advertiser_id, user_id, role, added_by, created_at, updated_at)
SELECT $1, $2, r, $4, $5, $5 FROM unnest($3::text[]) AS r`

const revokeRoles = `-- name: RevokeRoles
DELETE FROM member AS b WHERE b.advertiser_id = $1 AND b.user_id = $2 AND b.role = ANY($3)`

// addMemberChanges keeps what became of whose roles: of the person in $2, or of the
// address in $3.
const addMemberChanges = `-- name: AddMemberChanges
INSERT INTO member_change (advertiser_id, at, actor_id, user_id, email, role, action)
SELECT $1, $7, $4, $2, $3, r, $6 FROM unnest($5::text[]) WITH ORDINALITY AS u (r, n) ORDER BY u.n`

const insertInvitation = `-- name: InsertInvitation
INSERT INTO invitation AS i (advertiser_id, email, roles, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING i.id`

// invitationClashes finds the member and the open invitation of an address.
const invitationClashes = `-- name: InvitationClashes
SELECT 'MEMBER', b.user_id FROM member AS b JOIN app_user AS u ON u.id = b.user_id WHERE b.advertiser_id = $1 AND u.email = $2
UNION ALL
SELECT 'INVITATION', i.id FROM invitation AS i
WHERE i.advertiser_id = $1 AND i.email = $2 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $3
ORDER BY 1 DESC, 2 LIMIT 1`

const lockInvitation = `-- name: LockInvitation
SELECT i.email, i.roles, i.created_at, i.expires_at, i.accepted_at, i.revoked_at FROM invitation AS i WHERE i.advertiser_id = $1 AND i.id = $2 FOR UPDATE`

const revokeInvitation = `-- name: RevokeInvitation
UPDATE invitation AS i SET revoked_at = $3 WHERE i.advertiser_id = $1 AND i.id = $2`

const acceptInvitation = `-- name: AcceptInvitation
UPDATE invitation AS i SET accepted_at = $3 WHERE i.advertiser_id = $1 AND i.id = $2`

// InviteMember invites an address to roles.
func (s *Store) InviteMember(ctx context.Context, r Request, email string, wanted []ads.Role) (*Admitted, error) {
	return s.admit(ctx, r, insertInvitation, func(ctx context.Context, w *writer) (*Admitted, error) {
		has, _, err := w.roles(ctx)
		if err != nil {
			return nil, err
		}
		i, problems := ads.NewInvitation(has[w.Advertiser.ViewerID], email, wanted, w.now)
		if problems != nil {
			return &Admitted{Problems: problems}, nil
		}
		err = w.query(ctx, invitationClashes, func(rows *sqlx.Rows) error {
			ref := ads.Ref{Level: ads.LevelInvitation, Advertiser: w.Advertiser.ID}
			p := ads.Problem{Code: ads.ProblemInvited, Field: "email", Message: "There is an open invitation for this address. Take it back first, or wait."}
			if err := rows.Scan(&ref.Level, &ref.ID); err != nil {
				return err
			}
			if ref.Level == ads.LevelMember {
				p.Code, p.Message = ads.ProblemMember, "This address is a member's. Give the member the roles."
			}
			p.Params = map[string]any{"id": ref.String()}
			problems = append(problems, p)
			return nil
		}, w.Advertiser.ID, i.Email, w.now)
		if err != nil || problems != nil {
			return &Admitted{Problems: problems}, err
		}
		ids, err := w.ids(ctx, insertInvitation, w.Advertiser.ID, i.Email, roleArray(i.Roles), w.Advertiser.ViewerID, i.CreatedAt, i.ExpiresAt)
		if err != nil {
			return nil, err
		}
		return &Admitted{ID: ids[0]}, w.logRoles(ctx, nil, &i.Email, i.Roles, "INVITED")
	})
}

// RevokeInvitation takes an open invitation back.
func (s *Store) RevokeInvitation(ctx context.Context, r Request, id int64) (*Admitted, error) {
	return s.admit(ctx, r, revokeInvitation, func(ctx context.Context, w *writer) (*Admitted, error) {
		has, _, err := w.roles(ctx)
		if err != nil {
			return nil, err
		}
		i, err := w.invitation(ctx, id)
		switch {
		case err != nil:
			return nil, err
		case i == nil:
			return &Admitted{Problems: missing("id", "invitation")}, nil
		}
		if problems := i.CheckRevoke(has[w.Advertiser.ViewerID], w.now); problems != nil {
			return &Admitted{Problems: problems}, nil
		}
		if err := w.exec(ctx, revokeInvitation, w.Advertiser.ID, id, w.now); err != nil {
			return nil, err
		}
		return &Admitted{ID: id}, w.logRoles(ctx, nil, &i.Email, i.Roles, "REVOKED")
	})
}

// GrantRoles gives a member roles.
func (s *Store) GrantRoles(ctx context.Context, r Request, member int64, wanted []ads.Role) (*Admitted, error) {
	return s.admit(ctx, r, grantRoles, func(ctx context.Context, w *writer) (*Admitted, error) {
		has, _, err := w.roles(ctx, member)
		switch {
		case err != nil:
			return nil, err
		case has[member] == nil:
			return &Admitted{Problems: missing("memberId", "member")}, nil
		}
		added, problems := ads.Grant(has[w.Advertiser.ViewerID], has[member], wanted)
		if problems != nil {
			return &Admitted{Problems: problems}, nil
		}
		return &Admitted{ID: member}, w.grant(ctx, member, added)
	})
}

// RevokeRoles takes roles from a member.
func (s *Store) RevokeRoles(ctx context.Context, r Request, member int64, unwanted []ads.Role) (*Admitted, error) {
	return s.admit(ctx, r, revokeRoles, func(ctx context.Context, w *writer) (*Admitted, error) {
		has, owners, err := w.roles(ctx, member)
		switch {
		case err != nil:
			return nil, err
		case has[member] == nil:
			return &Admitted{Problems: missing("memberId", "member")}, nil
		}
		gone, problems := ads.Revoke(has[w.Advertiser.ViewerID], has[member], unwanted, owners)
		if problems != nil {
			return &Admitted{Problems: problems}, nil
		}
		outcome := &Admitted{ID: member}
		if len(gone) == len(has[member]) {
			outcome.ID = 0
		}
		if len(gone) == 0 {
			return outcome, nil
		}
		if err := w.exec(ctx, revokeRoles, w.Advertiser.ID, member, roleArray(gone)); err != nil {
			return nil, err
		}
		return outcome, w.logRoles(ctx, &member, nil, gone, "REVOKED")
	})
}

const invitationOfViewer = `-- name: InvitationOfViewer
SELECT i.id FROM invitation AS i
WHERE i.advertiser_id = $1 AND i.id = $2 AND i.email = (SELECT u.email FROM app_user AS u WHERE u.id = $3)`

// AcceptInvitation makes a user a member of the advertiser of an invitation, if that
// was sent to the user's address. Who may accept is decided as it is for
// advertisers: by the user, in a statement of its own.
func (s *Store) AcceptInvitation(ctx context.Context, user int64, invitation ads.Ref) (*Admitted, error) {
	found := false
	q := statement{invitationOfViewer, []any{invitation.Advertiser, invitation.ID, user}, fence{viewer: user}}
	err := s.each(ctx, q, func(rows *sqlx.Rows) error {
		found = true
		var id int64
		return rows.Scan(&id)
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return &Admitted{Problems: missing("id", "invitation")}, nil
	}
	r := Request{Advertiser: &ads.Advertiser{ID: invitation.Advertiser, ViewerID: user}}
	return s.admit(ctx, r, acceptInvitation, func(ctx context.Context, w *writer) (*Admitted, error) {
		has, err := w.rolesOf(ctx, user)
		if err != nil {
			return nil, err
		}
		i, err := w.invitation(ctx, invitation.ID)
		switch {
		case err != nil:
			return nil, err
		case i == nil:
			return &Admitted{Problems: missing("id", "invitation")}, nil
		}
		if problems := i.CheckOpen(w.now); problems != nil {
			return &Admitted{Problems: problems}, nil
		}
		if err := w.exec(ctx, acceptInvitation, w.Advertiser.ID, invitation.ID, w.now); err != nil {
			return nil, err
		}
		added := slices.DeleteFunc(i.Roles, func(r ads.Role) bool { return slices.Contains(has[user], r) })
		return &Admitted{ID: invitation.ID}, w.grant(ctx, user, added)
	})
}

// admit makes a write of members or invitations, one at a time in an account.
func (s *Store) admit(ctx context.Context, r Request, first string, work func(context.Context, *writer) (*Admitted, error)) (*Admitted, error) {
	outcome, isReplay, err := transact(ctx, s, r, first, func(ctx context.Context, w *writer) (*Admitted, error) {
		if err := w.lockPart(ctx, membersPart); err != nil {
			return nil, err
		}
		return work(ctx, w)
	})
	if err != nil {
		return nil, err
	}
	outcome.IsReplay = isReplay
	return outcome, nil
}

// roles returns the present roles of the viewer, of some members and of the owners,
// and how many owners there are. It fails if the viewer lost the right to edit
// members meanwhile.
func (w *writer) roles(ctx context.Context, members ...int64) (has map[int64][]ads.Role, owners int, err error) {
	viewer := w.Advertiser.ViewerID
	if has, err = w.rolesOf(ctx, append(members, viewer)...); err != nil {
		return nil, 0, err
	}
	for _, list := range has {
		if slices.Contains(list, ads.RoleOwner) {
			owners++
		}
	}
	return has, owners, (&ads.Advertiser{ViewerRoles: has[viewer]}).Require(ads.EditMembers)
}

func (w *writer) rolesOf(ctx context.Context, users ...int64) (map[int64][]ads.Role, error) {
	has := map[int64][]ads.Role{}
	err := w.query(ctx, rolesOf, func(rows *sqlx.Rows) error {
		var (
			user int64
			role ads.Role
		)
		err := rows.Scan(&user, &role)
		has[user] = append(has[user], role)
		return err
	}, w.Advertiser.ID, pq.Array(users))
	return has, err
}

// invitation reads an invitation, nil if there is none.
func (w *writer) invitation(ctx context.Context, id int64) (found *ads.Invitation, err error) {
	err = w.query(ctx, lockInvitation, func(rows *sqlx.Rows) error {
		found = &ads.Invitation{ID: id}
		return rows.Scan(&found.Email, &roles{&found.Roles}, &found.CreatedAt, &found.ExpiresAt, &found.AcceptedAt, &found.RevokedAt)
	}, w.Advertiser.ID, id)
	return found, err
}

// grant gives a person roles that the person does not have.
func (w *writer) grant(ctx context.Context, user int64, added []ads.Role) error {
	if len(added) == 0 {
		return nil
	}
	if err := w.exec(ctx, grantRoles, w.Advertiser.ID, user, roleArray(added), w.Advertiser.ViewerID, w.now); err != nil {
		return err
	}
	return w.logRoles(ctx, &user, nil, added, "GRANTED")
}

// logRoles keeps what became of roles, of a person or of an address.
func (w *writer) logRoles(ctx context.Context, user *int64, email *string, changed []ads.Role, action ads.AccessAction) error {
	return w.exec(ctx, addMemberChanges, w.Advertiser.ID, user, email, w.Advertiser.ViewerID, roleArray(changed), string(action), w.now)
}

func missing(field, noun string) []ads.Problem {
	return []ads.Problem{{Code: ads.ProblemNotFound, Field: field, Message: "There is no such " + noun + " in this account."}}
}
