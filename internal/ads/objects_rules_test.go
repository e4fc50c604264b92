package ads

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// expect compares the codes of problems.
func expect(t *testing.T, what string, problems []Problem, want ...string) {
	t.Helper()
	if got := codesOf(problems); !slices.Equal(got, append([]string{}, want...)) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
	for _, p := range problems {
		if p.Message == "" || !strings.HasSuffix(p.Message, ".") {
			t.Errorf("%s: no sentence: %q", what, p.Message)
		}
	}
}

// TestLabelRules edits labels of campaigns that have none, some and too many.
func TestLabelRules(t *testing.T) {
	t.Parallel()
	known := map[int64]Label{}
	var custom []Label
	for i := range int64(40) {
		known[i+1] = Label{ID: i + 1, Type: LabelCustom, Value: "x"}
		custom = append(custom, known[i+1])
	}
	brand, other := Label{ID: 101, Type: LabelBrand}, Label{ID: 102, Type: LabelBrand}
	known[101], known[102] = brand, other
	_, problems := NewLabelEdit([]int64{1, 999, 1}, []int64{101, 1, -1}, known)
	expect(t, "ids", problems, "NOT_FOUND addLabelIds.1", "DUPLICATE_ID addLabelIds.2", "DUPLICATE_ID removeLabelIds.1", "NOT_FOUND removeLabelIds.2")
	_, problems = NewLabelEdit(nil, nil, known)
	expect(t, "nothing", problems, "NOTHING_TO_CHANGE ")
	for name, tt := range map[string]struct {
		status      EntityStatus
		has         []Label
		add, remove []Label
		after       int
		want        []string
	}{
		"Add":          {StatusActive, custom[:2], custom[1:4], nil, 4, nil},
		"Remove":       {StatusDraft, custom[:2], nil, custom[1:4], 1, nil},
		"Full":         {StatusActive, custom[:10], custom[10:30], nil, 30, nil},
		"OverFull":     {StatusActive, custom[:10], custom[10:31], nil, 31, []string{"LABEL_LIMIT "}},
		"Exchanged":    {StatusPaused, custom[:30], custom[30:31], custom[:1], 30, nil},
		"Brand":        {StatusActive, nil, []Label{brand}, nil, 1, nil},
		"TwoBrands":    {StatusActive, nil, []Label{brand, other}, nil, 2, []string{"LABEL_LIMIT "}},
		"BrandForOne":  {StatusActive, []Label{other}, []Label{brand}, []Label{other}, 1, nil},
		"LoadedLoses":  {StatusActive, custom[:40], nil, custom[:1], 39, nil},
		"LoadedGains":  {StatusActive, custom[:39], custom[39:], nil, 40, []string{"LABEL_LIMIT "}},
		"LoadedBrands": {StatusActive, []Label{brand, other}, custom[:1], nil, 3, nil},
		"Archived":     {StatusArchived, nil, custom[:1], nil, 0, []string{"FINAL_STATUS "}},
		"Thrown":       {StatusDeletedDraft, nil, custom[:1], nil, 0, []string{"FINAL_STATUS "}},
	} {
		before := slices.Clone(tt.has)
		after, problems := LabelEdit{tt.add, tt.remove}.Apply(tt.status, tt.has)
		expect(t, name, problems, tt.want...)
		if len(after) != tt.after || !slices.Equal(before, tt.has) {
			t.Errorf("%s: %d labels, want %d", name, len(after), tt.after)
		}
	}
	expect(t, "texts", slices.Concat(CheckLabel(""), CheckLabel("\u0085"), CheckLabel(strings.Repeat("🌞", 101)), CheckLabel(strings.Repeat("🌞", 100))), "NAME_INVALID value", "NAME_INVALID value", "NAME_INVALID value")
}

// TestMemberRules gives and takes roles as owners and admins, with one owner and with
// two.
func TestMemberRules(t *testing.T) {
	t.Parallel()
	owner, admin := []Role{RoleOwner}, []Role{RoleAdmin, RoleAnalyst}
	added, problems := Grant(owner, []Role{RoleAnalyst}, []Role{RoleFinanceManager, RoleAnalyst, RoleOwner, RoleOwner})
	expect(t, "granted", problems)
	if !slices.Equal(added, []Role{RoleOwner, RoleFinanceManager}) {
		t.Errorf("added %v", added)
	}
	_, problems = Grant(admin, nil, []Role{RoleOwner})
	expect(t, "by an admin", problems, "ROLE_NOT_ALLOWED roles")
	_, problems = Grant(admin, nil, []Role{RoleAdmin})
	expect(t, "an admin by an admin", problems)
	_, problems = Grant(owner, nil, nil)
	expect(t, "nothing", problems, "NOTHING_TO_CHANGE roles")
	for name, tt := range map[string]struct {
		actor, has, unwanted []Role
		owners               int
		gone                 []Role
		want                 []string
	}{
		"OneOfTwo":    {owner, []Role{RoleOwner, RoleAdmin}, owner, 2, owner, nil},
		"Last":        {owner, []Role{RoleOwner, RoleAdmin}, owner, 1, owner, []string{"LAST_OWNER roles"}},
		"LastOfNone":  {owner, []Role{RoleAdmin}, owner, 1, nil, nil},
		"LastByAdmin": {admin, owner, owner, 1, owner, []string{"ROLE_NOT_ALLOWED roles", "LAST_OWNER roles"}},
		"Others":      {admin, []Role{RoleOwner, RoleAnalyst}, []Role{RoleAnalyst, RoleAdmin}, 1, []Role{RoleAnalyst}, nil},
		"Nothing":     {owner, owner, nil, 1, nil, []string{"NOTHING_TO_CHANGE roles"}},
	} {
		gone, problems := Revoke(tt.actor, tt.has, tt.unwanted, tt.owners)
		expect(t, name, problems, tt.want...)
		if !slices.Equal(gone, tt.gone) {
			t.Errorf("%s: lost %v", name, gone)
		}
	}
	now := time.Date(2026, time.June, 17, 12, 0, 0, 0, time.UTC)
	i, problems := NewInvitation(admin, " A.B+c@Example.com ", []Role{RoleAnalyst, RoleAdmin, RoleAnalyst}, now)
	expect(t, "invited", problems)
	if i.Email != "a.b+c@example.com" || !slices.Equal(i.Roles, []Role{RoleAdmin, RoleAnalyst}) || i.ExpiresAt.Sub(now) != 14*24*time.Hour {
		t.Errorf("%+v", i)
	}
	for at, want := range map[time.Time]InvitationStatus{now: InvitationOpen, i.ExpiresAt.Add(-1): InvitationOpen, i.ExpiresAt: InvitationExpired} {
		if got := i.StatusAt(at); got != want {
			t.Errorf("at %v it is %s", at, got)
		}
	}
	expect(t, "late", i.CheckOpen(i.ExpiresAt), "INVITATION_CLOSED id")
	i.Roles = owner
	expect(t, "taken back by an admin", i.CheckRevoke(admin, i.ExpiresAt), "INVITATION_CLOSED id", "ROLE_NOT_ALLOWED id")
	i.AcceptedAt = &now
	if i.StatusAt(i.ExpiresAt) != InvitationAccepted {
		t.Error("what was accepted has expired")
	}
	_, problems = NewInvitation(admin, "x", []Role{RoleOwner}, now)
	expect(t, "all wrong", problems, "EMAIL_INVALID email", "ROLE_NOT_ALLOWED roles")
	_, problems = NewInvitation(owner, "x@y", nil, now)
	expect(t, "no roles", problems, "REQUIRED roles")
}

// TestAdviceRules goes through all pairs of states.
func TestAdviceRules(t *testing.T) {
	t.Parallel()
	all := []RecommendationState{RecommendationOpen, RecommendationApplied, RecommendationDismissed}
	for _, from := range all {
		for _, to := range all {
			var want []string
			switch {
			case to == RecommendationApplied:
				want = []string{"STATUS_NOT_ALLOWED state"}
			case from == RecommendationApplied:
				want = []string{"FINAL_STATUS "}
			}
			expect(t, string(from+" to "+to), CheckAdvice(from, to), want...)
		}
	}
}

// TestSpecSize compares sizes with what PostgreSQL writes; TestSavedViewsAreMade
// sends such specs to it.
func TestSpecSize(t *testing.T) {
	t.Parallel()
	for doc, size := range map[string]int{
		`{}`: 2, `{"a":[]}`: len(`{"a": []}`), `{"a":"\u0001é\n\"","b":[true,"x"]}`: len(`{"a": "\u0001é\n\"", "b": [true, "x"]}`) + 1,
	} {
		c := checker{}
		c.spec(JSON(doc))
		expect(t, doc, c.problems)
		if n := sizeOf(t, doc); n < size-1 || n > size {
			t.Errorf("%s: %d bytes, want %d", doc, n, size)
		}
	}
	if n := sizeOf(t, `{"a":1e300}`); n < 300 {
		t.Errorf("a number of 301 digits takes %d bytes", n)
	}
}

func sizeOf(t *testing.T, doc string) int {
	t.Helper()
	v, err := decodeSpec(JSON(doc))
	if err != nil {
		t.Fatal(err)
	}
	n, why := storedSize(v, 1)
	if why != "" {
		t.Fatal(why)
	}
	return n
}
