package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"adsgraph/internal/pgtest"
)

// TestFillScale fills a database whose roll-ups are right, once.
func TestFillScale(t *testing.T) {
	t.Parallel()
	db := pgtest.DB(t, pgtest.Database(t))
	for range 2 {
		if err := fillScale(t.Context(), db, mainSubject, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	var got struct{ Campaigns, Days, Differences int }
	if err := db.Get(&got, `SELECT (SELECT count(*) FROM campaign) AS campaigns, (SELECT count(*) FROM campaign_day) AS days,
  (SELECT count(*) FROM (SELECT advertiser_id, sum(spend_micros), sum(clicks_paid) FROM campaign_day GROUP BY 1
    EXCEPT SELECT advertiser_id, sum(spend_micros), sum(clicks_paid) FROM advertiser_day GROUP BY 1) AS d) AS differences`); err != nil {
		t.Fatal(err)
	}
	if want := sizes()[0] + sizes()[1]; got.Campaigns != want || got.Days != want*scaleDays || got.Differences != 0 {
		t.Errorf("got %+v, want %d campaigns", got, want)
	}
}

func TestScaleTexts(t *testing.T) {
	t.Parallel()
	curves := []curve{{"CampaignsTable", []point{{200, 4, 2.5, false}, {20000, 10050, 9000, true}}}, {"AdvertiserOverview", []point{{200, 2, 1, false}, {20000, 200, 1, false}}}}
	if got := scaleTable(curves, curves); !strings.Contains(got, "\n| 20,000 | none in 10s | 9000 | 200 | 1 |\n") || strings.Count(got, "| --- | --- | --- | --- | --- |\n") != 2 {
		t.Error(got)
	}
	plot := drawScale(curves, curves)
	for d := xml.NewDecoder(strings.NewReader(plot)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, plot)
		}
	}
	// Axes are logarithmic, from 1 to 100,000 ms: 200 ms are 46 % of the way up.
	if want := `<circle cx="360.0" cy="158.8" r="3" fill="#d1491b" stroke="#d1491b"/>`; !strings.Contains(plot, want) {
		t.Errorf("there is no %s in %s", want, plot)
	}
	if strings.Contains(plot, "NaN") || strings.Contains(plot, "Inf") {
		t.Error(plot)
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
