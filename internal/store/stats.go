package store

import (
	"context"
	"sync"
	"time"
)

// Stats counts what one operation asked of the database.
type Stats struct {
	mu         sync.Mutex
	statements []Execution
}

// Execution is one run of a statement.
type Execution struct {
	Name     string
	Rows     int
	Duration time.Duration
}

type statsKey struct{}

// WithStats returns a context whose statements are counted in the result, which
// is the caller's if the context has one already.
func WithStats(ctx context.Context) (context.Context, *Stats) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		return ctx, s
	}
	s := &Stats{}
	return context.WithValue(ctx, statsKey{}, s), s
}

// Executions returns the statements run so far, in the order in which they
// ended.
func (s *Stats) Executions() []Execution {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Execution(nil), s.statements...)
}

func record(ctx context.Context, name string, rows int, d time.Duration) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		s.mu.Lock()
		s.statements = append(s.statements, Execution{name, rows, d})
		s.mu.Unlock()
	}
}
