package store

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"adsgraph/internal/fault"
)

// Stats counts what one operation asked of the database, and keeps it from
// holding the whole pool.
type Stats struct {
	slots      chan struct{}
	mu         sync.Mutex
	statements []Execution
	begun      int  // reads
	most       int  // reads that may begin; 0 for any number
	plans      bool // nothing is run; see PlanOnly
	analyzes   bool // see Analyze
	waited     atomic.Int64
}

// Execution is one run of a statement.
type Execution struct {
	Name string
	// Text is the statement, with placeholders where its arguments stand.
	Text     string
	Rows     int
	Duration time.Duration
	// Replica names the replica that ran it, empty for the primary.
	Replica string
	// Batch is the number that WithBatch gave, 0 for a statement outside of one.
	Batch int
	// Plan is PostgreSQL's, where Analyze asked for it; see planOf.
	Plan json.RawMessage
}

// maxAtOnce is how many statements of one operation run at once; the others
// wait for one to end.
const maxAtOnce = 6

type statsKey struct{}

// enter waits until the operation that ctx belongs to may run a statement more;
// leave must follow.
func enter(ctx context.Context) error {
	s, ok := ctx.Value(statsKey{}).(*Stats)
	if !ok {
		return nil
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin counts a read that is about to run, or returns STATEMENT_BUDGET if it
// would be one too many.
func begin(ctx context.Context) error {
	s, ok := ctx.Value(statsKey{}).(*Stats)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.most > 0 && s.begun >= s.most {
		return fault.New(fault.StatementBudget, "The document declares that it needs at most %d statements, and needs more. Nothing is wrong with what you sent: report it with the request id.", s.most)
	}
	s.begun++
	return nil
}

func leave(ctx context.Context) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		<-s.slots
	}
}

// WithStats returns a context whose statements are counted in the result, which
// is the caller's if the context has one already.
func WithStats(ctx context.Context) (context.Context, *Stats) {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		return ctx, s
	}
	s := &Stats{slots: make(chan struct{}, maxAtOnce)}
	return context.WithValue(ctx, statsKey{}, s), s
}

// Limit lets no read run that would be more than the most of the operation. The
// statements of a write are not held up: they are one transaction, whose number
// depends on what is written.
func (s *Stats) Limit(most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = most
}

// Executions returns the statements run so far, in the order in which they
// ended.
func (s *Stats) Executions() []Execution {
	if s.plans {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Execution(nil), s.statements...)
}

// record notes down a run of a statement, and returns its number within the
// operation, 0 without one.
func record(ctx context.Context, replica string, q statement, rows int, d time.Duration) int {
	if s, ok := ctx.Value(statsKey{}).(*Stats); ok {
		return s.add(Execution{Name: q.name(), Text: q.text, Rows: rows, Duration: d, Replica: replica, Batch: batchOf(ctx)})
	}
	return 0
}

func (s *Stats) add(e Execution) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statements = append(s.statements, e)
	return len(s.statements) - 1
}
