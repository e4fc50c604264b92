package graph

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"adsgraph/internal/auth"
	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
	"adsgraph/internal/store"
)

// question is what has one answer at a time: a query of one viewer.
type question struct {
	viewer int64
	// writes is how many mutations had ended when it was asked, so that nobody
	// gets an answer from before a change that they made.
	writes                                 uint64
	hash, operation, variables, extensions string
	explain                                ExplainMode
	readAfter                              string // what it must see
	experiments                            string // the variants that it is answered with
}

// flights shares the execution of identical queries that are asked at once.
type flights struct {
	mu      sync.Mutex
	running map[question]*flight
	writes  uint64
}

// flight is an execution that several wait for.
type flight struct {
	done     chan struct{}
	cancel   context.CancelCauseFunc
	waiting  int               // guarded by flights.mu
	response *graphql.Response // once done; nil if it panicked
}

// wrote keeps queries from now on from joining those that run.
func (f *flights) wrote() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.writes++
}

// ask returns the question that an operation is, false if its answer is nobody
// else's: only queries of somebody are shared.
func (f *flights) ask(ctx context.Context, op *admitted) (question, bool) {
	v, err := auth.From(ctx)
	mark := op.Headers.Get(ReadAfterHeader)
	if err != nil || op.Operation.Operation != ast.Query || mark == store.Latest { // one that runs may have begun before
		return question{}, false
	}
	variables, err := json.Marshal(op.Variables)
	extensions, alsoErr := json.Marshal(op.Extensions)
	if err != nil || alsoErr != nil {
		return question{}, false
	}
	explain, _ := parseExplain(op.Headers) // refused already if it is none
	f.mu.Lock()
	defer f.mu.Unlock()
	return question{v.UserID, f.writes, op.Hash, op.Operation.Name, string(variables), string(extensions), explain, mark, experimentsOf(op.OperationContext).String()}, true
}

// do returns the answer to a question, from run unless somebody already runs it, and
// whether it was its own run. Running goes on while anybody waits. The answer is nil
// if ctx ends before.
func (f *flights) do(ctx context.Context, q question, run func(context.Context) *graphql.Response) (answer *graphql.Response, isOwn bool) {
	f.mu.Lock()
	if other, ok := f.running[q]; ok {
		other.waiting++
		f.mu.Unlock()
		return f.join(ctx, q, other, run), false
	}
	shared, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	own := &flight{done: make(chan struct{}), cancel: cancel, waiting: 1}
	if f.running == nil {
		f.running = map[question]*flight{}
	}
	f.running[q] = own
	f.mu.Unlock()
	stay := context.AfterFunc(ctx, func() { f.leave(q, own, context.Cause(ctx)) })
	defer func() {
		stay()
		f.mu.Lock()
		f.forget(q, own)
		f.mu.Unlock()
		close(own.done)
		cancel(nil)
	}()
	own.response = run(shared)
	return own.response, true
}

func (f *flights) join(ctx context.Context, q question, other *flight, run func(context.Context) *graphql.Response) *graphql.Response {
	select {
	case <-other.done:
		if other.response == nil {
			return run(ctx)
		}
		observe.MetricsFrom(ctx).OperationShared()
		slog.InfoContext(ctx, "operation shared", "name", q.operation, "hash", q.hash[:16], "viewer", q.viewer)
		return other.response
	case <-ctx.Done():
		f.leave(q, other, context.Cause(ctx))
		return nil
	}
}

// leave gives up waiting. The last one who does ends the execution.
func (f *flights) leave(q question, of *flight, cause error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if of.waiting--; of.waiting > 0 {
		return
	}
	f.forget(q, of)
	if errors.Is(cause, context.DeadlineExceeded) {
		cause = tookTooLong()
	}
	of.cancel(cause)
}

// forget lets nobody join any more; f.mu is held.
func (f *flights) forget(q question, of *flight) {
	if f.running[q] == of {
		delete(f.running, q)
	}
}

func tookTooLong() *fault.Error {
	return fault.New(fault.Timeout, "The answer took too long. Ask for less, or try again.")
}
