package ads

import (
	"math"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"adsgraph/internal/fault"
)

func TestRefRoundTrip(t *testing.T) {
	t.Parallel()
	for _, r := range []Ref{
		{LevelAdvertiser, 7, 7},
		{LevelCampaign, 1, 2},
		{LevelAd, 9007199254740993, math.MaxInt64},
		{LevelPin, 3, 1},
		{LevelAdGroup, 3, 9},
		{LevelAudience, 3, 4},
		{LevelKeyword, 3, 4},
		{LevelLabel, 3, 4},
		{LevelConversionTag, 3, 4},
		{LevelInvoice, 3, 5},
		{LevelOrderLine, 3, 5},
		{LevelSavedView, 3, 5},
		{LevelReportTemplate, 3, 5},
		{LevelExport, 3, 5},
		{LevelNotification, 3, 5},
		{LevelRecommendation, 3, 5},
		{LevelMember, 3, 5},
		{LevelInvitation, 3, 5},
		{LevelAccessChange, 3, 5},
		{LevelChange, 3, 5},
	} {
		got, err := ParseRef(r.String())
		if err != nil || got != r {
			t.Errorf("ParseRef(%v.String()) = %v, %v", r, got, err)
		}
	}
}

func TestParseRefRefuses(t *testing.T) {
	t.Parallel()
	encode := func(s string) string { return refEncoding.EncodeToString([]byte(s)) }
	for name, s := range map[string]string{
		"Empty": "", "Plain": "1", "NotBase64": "!!!!", "Version": encode("2A1"), "Level": encode("1X1.2"), "NoNumber": encode("1A"),
		"Zero": encode("1A0"), "Negative": encode("1C1.-2"), "AdvertiserWithTwo": encode("1A1.1"), "CampaignWithOne": encode("1C1"),
		"LeadingZero": encode("1C1.02"), "Plus": encode("1C1.+2"), "TooLarge": encode("1C1.9223372036854775808"), "Blank": encode("1C1. 2"),
		"Long": strings.Repeat("A", 5000), "Padded": encode("1C1.22") + "=",
	} {
		if r, err := ParseRef(s); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: ParseRef(%q) = %v, %v, want INVALID", name, s, r, err)
		}
	}
}

func FuzzParseRef(f *testing.F) {
	f.Add("MUEx")
	f.Add("MUMxLjEx")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRef(s)
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Fatalf("code = %s", fault.CodeOf(err))
			}
			return
		}
		if r.String() != s {
			t.Fatalf("two ids for one entity: %q and %q", s, r.String())
		}
	})
}

func TestMoneyAmount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		micros   Micros
		currency string
		want     string
	}{
		{0, "USD", "0.00"},
		{1, "USD", "0.000001"},
		{12_500_000, "USD", "12.50"},
		{12_345_000, "EUR", "12.345"},
		{-12_345_678, "EUR", "-12.345678"},
		{1_200_000_000, "JPY", "1200"},
		{1_500_000, "JPY", "1.5"},
		{100_000, "USD", "0.10"},
		{math.MinInt64, "USD", "-9223372036854.775808"},
		{math.MaxInt64, "KRW", "9223372036854.775807"},
	}
	for _, tt := range tests {
		if got := (Money{tt.micros, tt.currency}).Amount(); got != tt.want {
			t.Errorf("%d %s = %q, want %q", tt.micros, tt.currency, got, tt.want)
		}
	}
}

func TestMicrosAsString(t *testing.T) {
	t.Parallel()
	exact := func(n int64) bool {
		var back Micros
		err := back.UnmarshalGQL(strings.Trim(string(Micros(n).AppendGQL(nil)), `"`))
		return err == nil && back == Micros(n)
	}
	if err := quick.Check(exact, nil); err != nil {
		t.Error(err)
	}
	var m Micros
	for _, bad := range []any{"", "1.5", "1e3", 5, nil, "9223372036854775808"} {
		if err := m.UnmarshalGQL(bad); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("UnmarshalGQL(%v) = %v, want INVALID", bad, err)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	lordHowe, err := time.LoadLocation("Australia/Lord_Howe")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		instant, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return instant
	}
	tests := []struct {
		name      string
		got, want any
	}{
		{"HalfHourZoneBefore", DayOf(at("2026-06-17T13:29:59Z"), lordHowe), Day("2026-06-17")},
		{"HalfHourZoneAfter", DayOf(at("2026-06-17T13:30:00Z"), lordHowe), Day("2026-06-18")},
		{"SummerTime", DayOf(at("2026-01-17T13:00:00Z"), lordHowe), Day("2026-01-18")},
		{"AddOverLeapDay", Day("2028-02-28").Add(1), Day("2028-02-29")},
		{"AddBack", Day("2026-03-01").Add(-1), Day("2026-02-28")},
		{"Sub", Day("2026-03-29").Sub("2026-03-28"), 1},
		{"SubYear", Day("2026-06-01").Sub("2025-06-01"), 365},
		{"MondayStays", Day("2026-06-15").Week(), Day("2026-06-15")},
		{"SundayBelongsToItsMonday", Day("2026-06-21").Week(), Day("2026-06-15")},
		{"WeekOverNewYear", Day("2027-01-01").Week(), Day("2026-12-28")},
		{"Month", Day("2026-06-21").Month(), Day("2026-06-01")},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("2026-02-28")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDay(s); err == nil && (string(d) != s || d.Add(0) != d) {
			t.Fatalf("ParseDay(%q) = %q", s, d)
		}
	})
}

func TestDeliveryFromReasons(t *testing.T) {
	t.Parallel()
	if d := ParseDelivery(""); d.Status != DeliveryRunning || d.Reasons == nil || len(d.Reasons) > 0 {
		t.Errorf("no reason gives %+v", d)
	}
	d := ParseDelivery("CAMPAIGN_PAUSED,AD_GROUP_ENDED")
	if d.Status != DeliveryPaused || len(d.Reasons) != 2 || d.Reasons[1].Level != LevelAdGroup {
		t.Errorf("got %+v", d)
	}
	for code, cause := range deliveryReasons {
		if got := DecidingCodes([]DeliveryStatus{cause.status}); !slices.Contains(got, code) {
			t.Errorf("a filter on %s does not find %s", cause.status, code)
		}
	}
	if got := DecidingCodes([]DeliveryStatus{DeliveryRunning}); len(got) != 1 || got[0] != "" {
		t.Errorf("RUNNING is decided by %q", got)
	}
}
