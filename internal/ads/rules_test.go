package ads

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func set[T any](v T) Optional[T] { return Optional[T]{IsSet: true, Value: &v} }
func null[T any]() Optional[T]   { return Optional[T]{IsSet: true} }
func at(day int) time.Time       { return time.Date(2026, time.June, day, 12, 0, 0, 0, time.UTC) }
func codesOf(p []Problem) []string {
	codes := []string{}
	for _, x := range p {
		codes = append(codes, string(x.Code)+" "+x.Field)
	}
	return codes
}

// TestRules breaks each rule singly, and some together.
func TestRules(t *testing.T) {
	t.Parallel()
	now := at(17)
	campaign := Settings{Level: LevelCampaign, Name: new("A"), Status: StatusActive, BudgetType: BudgetDaily, BudgetMicros: new(int64(5_000_000)), StartAt: new(at(1)), EndAt: new(at(28))}
	group := Settings{
		Level: LevelAdGroup, Name: new("G"), Status: StatusPaused, BudgetType: BudgetLifetime, BudgetMicros: new(int64(5_000_000)), BidStrategy: "MAX_BID",
		BidMicros: new(int64(10_000)), EndAt: new(at(25)), ParentStatus: StatusActive, ParentStart: new(at(1)), ParentEnd: new(at(28)),
	}
	ad := Settings{Level: LevelAd, Status: StatusActive, ParentStatus: StatusActive}
	with := func(s Settings, change func(*Settings)) Settings { change(&s); return s }
	for name, tt := range map[string]struct {
		settings Settings
		patch    Patch
		currency string
		want     string // codes and fields
	}{
		"Rename":              {campaign, Patch{Name: set("Ünïcode 🌞 " + strings.Repeat("x", 200))}, "USD", ""},
		"Nothing":             {campaign, Patch{}, "USD", "NOTHING_TO_CHANGE "},
		"EmptyName":           {campaign, Patch{Name: set("")}, "USD", "NAME_INVALID name"},
		"LongName":            {campaign, Patch{Name: set(strings.Repeat("é", 256))}, "USD", "NAME_INVALID name"},
		"LongestName":         {campaign, Patch{Name: set(strings.Repeat("é", 255))}, "USD", ""},
		"Control":             {campaign, Patch{Name: set("a\x00b")}, "USD", "NAME_INVALID name"},
		"LineBreak":           {campaign, Patch{Name: set("a\nb")}, "USD", "NAME_INVALID name"},
		"NotUTF8":             {campaign, Patch{Name: set("a\xff")}, "USD", "NAME_INVALID name"},
		"Spaces":              {campaign, Patch{Name: set(" \u00a0")}, "USD", "NAME_INVALID name"},
		"NoName":              {campaign, Patch{Name: null[string]()}, "USD", "REQUIRED name"},
		"AdWithoutName":       {ad, Patch{Name: null[string]()}, "USD", ""},
		"Pause":               {campaign, Patch{Status: set(StatusPaused)}, "USD", ""},
		"Archive":             {campaign, Patch{Status: set(StatusArchived)}, "USD", ""},
		"Resume":              {group, Patch{Status: set(StatusActive)}, "USD", ""},
		"SameStatus":          {group, Patch{Status: set(StatusPaused)}, "USD", ""},
		"NoStatus":            {group, Patch{Status: null[EntityStatus]()}, "USD", "REQUIRED status"},
		"ToDraft":             {campaign, Patch{Status: set(StatusDraft)}, "USD", "STATUS_NOT_ALLOWED status"},
		"ToDeletedDraft":      {campaign, Patch{Status: set(StatusDeletedDraft)}, "USD", "STATUS_NOT_ALLOWED status"},
		"DraftToActive":       {with(campaign, func(s *Settings) { s.Status = StatusDraft }), Patch{Status: set(StatusActive)}, "USD", "STATUS_NOT_ALLOWED status"},
		"DraftAway":           {with(campaign, func(s *Settings) { s.Status = StatusDraft }), Patch{Status: set(StatusDeletedDraft)}, "USD", ""},
		"Archived":            {with(campaign, func(s *Settings) { s.Status = StatusArchived }), Patch{Status: set(StatusActive), Name: set("")}, "USD", "FINAL_STATUS "},
		"UnderArchived":       {with(group, func(s *Settings) { s.ParentStatus = StatusArchived }), Patch{Status: set(StatusActive)}, "USD", "PARENT_ARCHIVED status"},
		"Budget":              {campaign, Patch{Budget: set(int64(10_000))}, "USD", ""},
		"NoBudget":            {campaign, Patch{Budget: null[int64]()}, "USD", "REQUIRED budgetMicros"},
		"ZeroBudget":          {campaign, Patch{Budget: set(int64(0))}, "USD", "AMOUNT_INVALID budgetMicros"},
		"NegativeBudget":      {campaign, Patch{Budget: set(int64(-10_000))}, "USD", "AMOUNT_INVALID budgetMicros"},
		"HugeBudget":          {campaign, Patch{Budget: set(int64(1) << 62)}, "USD", "AMOUNT_INVALID budgetMicros"},
		"LargestBudget":       {campaign, Patch{Budget: set(int64(MaxMicros))}, "USD", ""},
		"BrokenCent":          {campaign, Patch{Budget: set(int64(10_001))}, "USD", "AMOUNT_INVALID budgetMicros"},
		"BrokenYen":           {campaign, Patch{Budget: set(int64(1_500_000))}, "JPY", "AMOUNT_INVALID budgetMicros"},
		"Yen":                 {campaign, Patch{Budget: set(int64(15_000_000))}, "JPY", ""},
		"BudgetBelow":         {with(campaign, func(s *Settings) { s.BudgetType = "" }), Patch{Budget: set(int64(10_000))}, "USD", "NOT_ALLOWED budgetMicros"},
		"BudgetAbove":         {with(group, func(s *Settings) { s.BudgetType = BudgetShared }), Patch{Budget: set(int64(10_000))}, "USD", "NOT_ALLOWED budgetMicros"},
		"Bid":                 {group, Patch{Bid: set(int64(20_000))}, "USD", ""},
		"NoBid":               {group, Patch{Bid: null[int64]()}, "USD", "REQUIRED bidMicros"},
		"AutomaticBid":        {with(group, func(s *Settings) { s.BidStrategy = BidAutomatic }), Patch{Bid: set(int64(20_000))}, "USD", "NOT_ALLOWED bidMicros"},
		"AutomaticNull":       {with(group, func(s *Settings) { s.BidStrategy = BidAutomatic }), Patch{Bid: null[int64]()}, "USD", ""},
		"EndBeforeStart":      {with(campaign, func(s *Settings) { s.StartAt = new(at(20)) }), Patch{EndAt: set(at(19))}, "USD", "SCHEDULE_ORDER endAt"},
		"EndInThePast":        {campaign, Patch{EndAt: set(at(16))}, "USD", "SCHEDULE_PAST endAt"},
		"StartInThePast":      {campaign, Patch{StartAt: set(at(2))}, "USD", "SCHEDULE_PAST startAt"},
		"SameStart":           {campaign, Patch{StartAt: set(at(1))}, "USD", ""},
		"NoEnd":               {campaign, Patch{EndAt: null[time.Time]()}, "USD", ""},
		"LifetimeNeedsEnd":    {group, Patch{EndAt: null[time.Time]()}, "USD", "END_REQUIRED endAt"},
		"AfterCampaign":       {group, Patch{EndAt: set(at(29))}, "USD", "SCHEDULE_OUTSIDE_PARENT endAt"},
		"UntilCampaign":       {group, Patch{EndAt: set(at(28))}, "USD", ""},
		"BeforeCampaign":      {with(group, func(s *Settings) { s.ParentStart = new(at(20)) }), Patch{StartAt: set(at(19))}, "USD", "SCHEDULE_OUTSIDE_PARENT startAt"},
		"Together":            {campaign, Patch{Name: set(""), Status: set(StatusDraft), Budget: set(int64(0)), EndAt: set(at(16))}, "USD", "NAME_INVALID name, STATUS_NOT_ALLOWED status, AMOUNT_INVALID budgetMicros, SCHEDULE_PAST endAt"},
		"CampaignStillChecks": {with(campaign, func(s *Settings) { s.EndAt = nil }), Patch{StartAt: set(at(18)), EndAt: set(at(18))}, "USD", "SCHEDULE_ORDER endAt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := tt.settings
			after, problems := tt.settings.Apply(tt.patch, tt.currency, now)
			if got := strings.Join(codesOf(problems), ", "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			for _, p := range problems {
				if p.Message == "" || !strings.HasSuffix(p.Message, ".") {
					t.Errorf("%s says %q", p.Code, p.Message)
				}
			}
			if tt.settings.Name != before.Name || tt.settings.Status != before.Status || (len(problems) == 0) != (tt.want == "") {
				t.Error("the settings themselves changed")
			}
			if tt.want == "" && tt.patch.Status.Value != nil && after.Status != *tt.patch.Status.Value {
				t.Errorf("the status is %s", after.Status)
			}
		})
	}
}

// TestStatusesFollowTheTable tries every transition.
func TestStatusesFollowTheTable(t *testing.T) {
	t.Parallel()
	allowed := []string{"ACTIVE PAUSED", "PAUSED ACTIVE", "ACTIVE ARCHIVED", "PAUSED ARCHIVED", "DRAFT DELETED_DRAFT"}
	all := []EntityStatus{StatusActive, StatusPaused, StatusArchived, StatusDraft, StatusDeletedDraft}
	for _, from := range all {
		for _, to := range all {
			after, problems := Settings{Level: LevelCampaign, Status: from}.Apply(Patch{Status: set(to)}, "USD", at(17))
			final := from == StatusArchived || from == StatusDeletedDraft
			want := slices.Contains(allowed, string(from)+" "+string(to)) || from == to && !final
			if (len(problems) == 0) != want || want && after.Status != to || !want && after.Status != from {
				t.Errorf("%s to %s: %v, %s", from, to, codesOf(problems), after.Status)
			}
		}
	}
}

// TestRulesKeepWhatTheDatabaseChecks applies random patches: what the rules let
// through keeps the constraints of the schema.
func TestRulesKeepWhatTheDatabaseChecks(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	day := func() *time.Time {
		if r.IntN(3) == 0 {
			return nil
		}
		return new(at(1 + r.IntN(28)))
	}
	passed := 0
	for range 20_000 {
		s := Settings{Level: []Level{LevelCampaign, LevelAdGroup, LevelAd}[r.IntN(3)], Name: new("x"), Status: StatusActive, StartAt: day(), EndAt: day()}
		if s.StartAt != nil && s.EndAt != nil && !s.EndAt.After(*s.StartAt) {
			continue
		}
		if s.BudgetType = []BudgetType{"", BudgetDaily, BudgetLifetime}[r.IntN(3)]; s.BudgetType == BudgetLifetime && s.EndAt == nil {
			continue
		}
		var p Patch
		if r.IntN(2) == 0 {
			p.StartAt = Optional[time.Time]{true, day()}
		}
		if r.IntN(2) == 0 {
			p.EndAt = Optional[time.Time]{true, day()}
		}
		if r.IntN(2) == 0 {
			p.Budget = set(r.Int64N(3) * 10_000)
		}
		after, problems := s.Apply(p, "USD", at(10))
		if len(problems) > 0 {
			continue
		}
		passed++
		if after.StartAt != nil && after.EndAt != nil && !after.EndAt.After(*after.StartAt) || after.BudgetMicros != nil && *after.BudgetMicros <= 0 ||
			after.BudgetType == BudgetLifetime && after.EndAt == nil {
			t.Fatalf("%+v with %+v became %+v", s, p, after)
		}
	}
	if passed < 1000 {
		t.Errorf("only %d patches passed", passed)
	}
}
