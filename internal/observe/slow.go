package observe

import (
	"sync"
	"time"
)

// slowPerSecond is how many slow operations a second have a line in the log: when
// everything is slow, writing about it must not make it slower.
const slowPerSecond = 5

// SlowLog decides which operations the log tells of because they were slow. It is
// safe for concurrent use.
type SlowLog struct {
	// Threshold is from how long on an operation is slow.
	Threshold time.Duration

	mu      sync.Mutex
	second  time.Time // in which written were
	written int
	dropped int // since the last line
}

// NewSlowLog returns a log of operations that take so long, nil for 0.
func NewSlowLog(threshold time.Duration) *SlowLog {
	if threshold <= 0 {
		return nil
	}
	return &SlowLog{Threshold: threshold}
}

// Take tells whether an operation that ended now and took so long gets a line, and
// how many slow ones got none since the last line.
func (s *SlowLog) Take(now time.Time, took time.Duration) (dropped int, ok bool) {
	if s == nil || took < s.Threshold {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.second) >= time.Second {
		s.second, s.written = now, 0
	}
	if s.written == slowPerSecond {
		s.dropped++
		return 0, false
	}
	s.written++
	dropped, s.dropped = s.dropped, 0
	return dropped, true
}
