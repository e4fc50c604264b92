// Package quota keeps what everybody may still spend: a budget of points for each
// viewer and advertiser, which fills again as time goes by. It is kept in memory,
// so each process has its own.
package quota

import (
	"math"
	"sync"
	"time"
)

// Key is whose budget it is. Advertiser is 0 for what concerns no advertiser, or
// several.
type Key struct{ Viewer, Advertiser int64 }

// State is what a budget has left.
type State struct {
	// Budget is how many points there are when it is full, and how many it gains
	// in a minute.
	Budget int
	// Remaining is how many are left, less than 0 if more was spent than there was.
	Remaining int
	// Reset is how long it takes until it is full.
	Reset time.Duration
}

// The bounds of the memory that budgets take. Full ones are not kept.
const (
	// maxAdvertisers is how many budgets a viewer has at once. What concerns other
	// advertisers is then paid from that of no advertiser, so that inventing
	// advertisers gains little.
	maxAdvertisers = 20
	// sweepAt is how many viewers there may be before full budgets are dropped.
	sweepAt = 10_000
)

// Budgets holds all budgets. It is safe for concurrent use.
type Budgets struct {
	most int
	now  func() time.Time

	mu      sync.Mutex
	viewers map[int64]map[int64]*bucket // by viewer and advertiser
	sweep   int                         // at so many viewers
}

// bucket is a budget that something was spent of.
type bucket struct {
	spent float64
	at    time.Time // when spent was so much
}

// New returns budgets of so many points, all of them full.
func New(most int, now func() time.Time) *Budgets {
	return &Budgets{most: most, now: now, viewers: map[int64]map[int64]*bucket{}, sweep: sweepAt}
}

// Take spends points in advance, if there are as many. What costs more than the
// whole budget needs a full one. If there are too few, nothing is spent, and wait
// is how long it takes until there are enough.
func (b *Budgets) Take(k Key, points int) (taken int, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	points = min(points, b.most)
	c := b.bucket(k, true)
	if over := c.spent + float64(points) - float64(b.most); over > 0 {
		return 0, b.time(over)
	}
	c.spent += float64(points)
	return points, 0
}

// Spend takes points, or gives some back if points is negative, however many there
// are.
func (b *Budgets) Spend(k Key, points int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.bucket(k, true)
	c.spent = max(0, c.spent+float64(points))
}

// State returns what a budget has left.
func (b *Budgets) State(k Key) State {
	b.mu.Lock()
	defer b.mu.Unlock()
	spent := 0.0
	if c := b.bucket(k, false); c != nil {
		spent = c.spent
	}
	return State{b.most, int(math.Floor(float64(b.most) - spent)), b.time(spent)}
}

// time returns how long it takes to gain points.
func (b *Budgets) time(points float64) time.Duration {
	return time.Duration(math.Ceil(points / float64(b.most) * float64(time.Minute)))
}

// bucket returns a budget as it is now; b.mu is held. One that is full is nil,
// unless it is to be made.
func (b *Budgets) bucket(k Key, anyhow bool) *bucket {
	now := b.now()
	own := b.viewers[k.Viewer]
	c := own[k.Advertiser]
	if c == nil && len(own) >= maxAdvertisers && k.Advertiser != 0 {
		if b.drop(own, now); len(own) >= maxAdvertisers {
			return b.bucket(Key{k.Viewer, 0}, anyhow)
		}
	}
	switch {
	case c == nil && !anyhow:
		return nil
	case c == nil:
		c = &bucket{at: now}
		if own == nil {
			b.dropViewers(now)
			own = map[int64]*bucket{}
			b.viewers[k.Viewer] = own
		}
		own[k.Advertiser] = c
	default:
		b.refill(c, now)
	}
	return c
}

func (b *Budgets) refill(c *bucket, now time.Time) {
	if d := now.Sub(c.at); d > 0 {
		c.spent = max(0, c.spent-d.Minutes()*float64(b.most))
		c.at = now
	}
}

// drop forgets the full budgets of a viewer.
func (b *Budgets) drop(own map[int64]*bucket, now time.Time) {
	for advertiser, c := range own {
		if b.refill(c, now); c.spent == 0 {
			delete(own, advertiser)
		}
	}
}

// dropViewers forgets the viewers whose budgets are all full, when there are many.
func (b *Budgets) dropViewers(now time.Time) {
	if len(b.viewers) < b.sweep {
		return
	}
	for viewer, own := range b.viewers {
		if b.drop(own, now); len(own) == 0 {
			delete(b.viewers, viewer)
		}
	}
	b.sweep = max(sweepAt, 2*len(b.viewers))
}
