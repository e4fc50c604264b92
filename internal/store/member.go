package store

import "adsgraph/internal/ads"

// personAs joins the person that a column names, if it names one.
func personAs(alias, column string) string {
	return "\n  LEFT JOIN app_user AS " + alias + " ON " + alias + ".id = " + column
}

// personIn returns a place for the name of a person that may be missing.
func personIn(p **ads.Person) any { return &optionalPerson{p} }

// optionalPerson reads the name of a person, NULL for none.
type optionalPerson struct{ to **ads.Person }

// Scan is called by database/sql.
func (p *optionalPerson) Scan(src any) error {
	*p.to = nil
	switch name := src.(type) {
	case string:
		*p.to = &ads.Person{Name: name}
	case []byte:
		*p.to = &ads.Person{Name: string(name)}
	}
	return nil
}

func newMember() *level {
	return newObject(level{
		name: ads.LevelMember, title: "Member", noun: "member", table: "membership", alias: "me",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "me.advertiser_id"},
		sorts: map[string]sortField{
			"ID": {expr: "me.id"}, "NAME": {"lower(me.name)", true, false}, "ADDED_AT": {expr: instant("me.added_at")},
		},
		filters: map[string]string{
			"ROLE": "me.roles && {v}::text[]",
			"TEXT": "(" + contains("me.name") + " OR " + contains("me.email") + ")",
		},
		joins: map[string]string{"addedBy": personAs("w", "me.added_by")},
	}, []column[ads.Member]{
		{"person.name", "me.name", "''", func(m *ads.Member) any { return &m.Person.Name }, ""},
		{"email", "me.email", "''", func(m *ads.Member) any { return &m.Email }, ""},
		{"roles", "me.roles", "'{}'::text[]", func(m *ads.Member) any { return &roles{&m.Roles} }, ""},
		{"addedBy", "w.name", "NULL::text", func(m *ads.Member) any { return personIn(&m.AddedBy) }, "addedBy"},
		{"addedAt", "me.added_at", "{now}", func(m *ads.Member) any { return &m.AddedAt }, ""},
	}, func(m *ads.Member, a *ads.Advertiser, id int64) {
		m.Advertiser, m.ID, m.Person.ID = a, id, id
		m.AddedAt = m.AddedAt.UTC()
	})
}

// invitationStatus is what became of an invitation.
const invitationStatus = `(CASE WHEN ji.accepted_at IS NOT NULL THEN 'ACCEPTED' WHEN ji.revoked_at IS NOT NULL THEN 'REVOKED'
    WHEN ji.expires_at <= {now} THEN 'EXPIRED' ELSE 'OPEN' END)`

func newInvitation() *level {
	return newObject(level{
		name: ads.LevelInvitation, title: "Invitation", noun: "invitation", table: "invitation", alias: "ji",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "ji.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "ji.id"}},
		filters: map[string]string{
			"STATUS": invitationStatus + " = ANY({v})", "ROLE": "ji.roles && {v}::text[]", "EMAIL": contains("ji.email"),
		},
		joins: map[string]string{"invitedBy": personAs("w", "ji.invited_by")},
	}, []column[ads.Invitation]{
		{"email", "ji.email", "''", func(i *ads.Invitation) any { return &i.Email }, ""},
		{"roles", "ji.roles", "'{}'::text[]", func(i *ads.Invitation) any { return &roles{&i.Roles} }, ""},
		{"status", invitationStatus, "''", func(i *ads.Invitation) any { return &i.Status }, ""},
		{"invitedBy", "w.name", "NULL::text", func(i *ads.Invitation) any { return personIn(&i.InvitedBy) }, "invitedBy"},
		{"createdAt", "ji.created_at", "{now}", func(i *ads.Invitation) any { return &i.CreatedAt }, ""},
		{"expiresAt", "ji.expires_at", "{now}", func(i *ads.Invitation) any { return &i.ExpiresAt }, ""},
		{"acceptedAt", "ji.accepted_at", "NULL::timestamptz", func(i *ads.Invitation) any { return &i.AcceptedAt }, ""},
		{"revokedAt", "ji.revoked_at", "NULL::timestamptz", func(i *ads.Invitation) any { return &i.RevokedAt }, ""},
	}, func(i *ads.Invitation, a *ads.Advertiser, id int64) {
		i.Advertiser, i.ID = a, id
		i.CreatedAt, i.ExpiresAt = i.CreatedAt.UTC(), i.ExpiresAt.UTC()
		i.AcceptedAt, i.RevokedAt = utc(i.AcceptedAt), utc(i.RevokedAt)
	})
}

func newAccessChange() *level {
	return newObject(level{
		name: ads.LevelAccessChange, title: "AccessChange", noun: "change of access", table: "member_change", alias: "mc",
		parents: map[ads.Level]string{ads.LevelAdvertiser: "mc.advertiser_id"},
		sorts:   map[string]sortField{"ID": {expr: "mc.id"}},
		filters: map[string]string{
			"ROLE": "mc.role = ANY({v})", "ACTION": "mc.action = ANY({v})",
			"TEXT": "(" + contains("mc.email") + " IS TRUE OR EXISTS (SELECT 1 FROM app_user AS n WHERE n.id = mc.user_id AND (" +
				contains("n.name") + " OR " + contains("n.email") + ")))",
		},
		joins: map[string]string{"actor": personAs("w", "mc.actor_id"), "person": personAs("u", "mc.user_id")},
	}, []column[ads.AccessChange]{
		{"at", "mc.at", "{now}", func(c *ads.AccessChange) any { return &c.At }, ""},
		{"actor", "w.name", "NULL::text", func(c *ads.AccessChange) any { return personIn(&c.Actor) }, "actor"},
		{"person", "u.name", "NULL::text", func(c *ads.AccessChange) any { return personIn(&c.Person) }, "person"},
		{"email", "coalesce(mc.email, u.email)", "''", func(c *ads.AccessChange) any { return &c.Email }, "person"},
		{"role", "mc.role", "''", func(c *ads.AccessChange) any { return &c.Role }, ""},
		{"action", "mc.action", "''", func(c *ads.AccessChange) any { return &c.Action }, ""},
	}, func(c *ads.AccessChange, a *ads.Advertiser, id int64) {
		c.Advertiser, c.ID = a, id
		c.At = c.At.UTC()
	})
}
