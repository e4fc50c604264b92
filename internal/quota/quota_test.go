package quota

import (
	"testing"
	"time"
)

// clock is a time that a test moves.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func TestTakeAndRefill(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(0, 0)}
	b := New(600, c.now)
	mine, theirs := Key{1, 7}, Key{2, 7}
	if taken, wait := b.Take(mine, 600); taken != 600 || wait != 0 {
		t.Fatalf("taken %d, wait %s", taken, wait)
	}
	if taken, wait := b.Take(mine, 5); taken != 0 || wait != 500*time.Millisecond {
		t.Errorf("taken %d, wait %s", taken, wait)
	}
	for _, other := range []Key{theirs, {1, 8}, {1, 0}} {
		if s := b.State(other); s != (State{600, 600, 0}) {
			t.Errorf("%v has %+v", other, s)
		}
	}
	c.Time = c.Add(500 * time.Millisecond)
	if taken, wait := b.Take(mine, 5); taken != 5 || wait != 0 {
		t.Errorf("after the wait: taken %d, wait %s", taken, wait)
	}
	b.Spend(mine, -300)
	if s := b.State(mine); s != (State{600, 300, 30 * time.Second}) {
		t.Errorf("after a refund: %+v", s)
	}
	b.Spend(mine, 400)
	if s := b.State(mine); s.Remaining != -100 {
		t.Errorf("after spending more than there was: %+v", s)
	}
	c.Time = c.Add(time.Hour)
	if s := b.State(mine); s != (State{600, 600, 0}) {
		t.Errorf("after an hour: %+v", s)
	}
	if taken, _ := b.Take(mine, 10_000); taken != 600 {
		t.Errorf("what costs more than the whole budget takes %d", taken)
	}
}

// TestBudgetsAreBounded invents advertisers and viewers.
func TestBudgetsAreBounded(t *testing.T) {
	t.Parallel()
	c := &clock{time.Unix(0, 0)}
	b := New(600, c.now)
	got := 0
	for advertiser := range int64(10_000) {
		taken, _ := b.Take(Key{1, advertiser + 1}, 600)
		got += taken
	}
	if most := 600 * (maxAdvertisers + 1); got > most || len(b.viewers[1]) > maxAdvertisers+1 {
		t.Errorf("a viewer got %d points of %d budgets, want at most %d", got, len(b.viewers[1]), most)
	}
	for viewer := range int64(5 * sweepAt) {
		c.Time = c.Add(time.Second)
		b.Take(Key{viewer + 2, 1}, 600)
	}
	if len(b.viewers) > sweepAt {
		t.Errorf("%d viewers are kept", len(b.viewers))
	}
}
