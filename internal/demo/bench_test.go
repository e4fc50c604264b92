package demo

import (
	"testing"
	"time"
)

func BenchmarkFacts(b *testing.B) {
	g, err := New(Options{Seed: 1, Size: Medium, AsOf: time.Date(2026, 11, 25, 18, 20, 0, 0, time.UTC)})
	if err != nil {
		b.Fatal(err)
	}
	rows := 0
	for b.Loop() {
		for i := range g.Advertisers() {
			a, err := g.Account(i)
			if err != nil {
				b.Fatal(err)
			}
			for f := range a.Facts() {
				rows += len(f.AdDays) + len(f.Conversions) + len(f.Breakdowns)
			}
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
