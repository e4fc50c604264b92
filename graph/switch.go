package graph

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"adsgraph/internal/fault"
	"adsgraph/internal/store"
)

// The times of switches. Together they are well below five seconds.
const (
	switchEvery   = 2 * time.Second // how often the database is asked
	switchTime    = 2 * time.Second // how long it may take to answer
	switchedAgain = 30 * time.Second
)

// Switches knows what operators have switched off. While the database does not
// answer, what was off stays off, and what was on stays on.
type Switches struct {
	store *store.Store
	off   atomic.Pointer[map[string]string] // the reasons, by target
}

// NewSwitches returns the switches of a database, all of them on until Run.
func NewSwitches(s *store.Store) *Switches { return &Switches{store: s} }

// Read asks the database.
func (s *Switches) Read(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, switchTime)
	defer cancel()
	list, err := s.store.Switches(ctx)
	if err != nil {
		return err
	}
	off := make(map[string]string, len(list))
	for _, w := range list {
		off[w.Target] = w.Reason
	}
	before := s.off.Swap(&off)
	for target, reason := range off {
		if before == nil || !has(*before, target) {
			slog.WarnContext(ctx, "switched off", "target", target, "reason", reason)
		}
	}
	if before != nil {
		for target := range *before {
			if !has(off, target) {
				slog.WarnContext(ctx, "switched on", "target", target)
			}
		}
	}
	return nil
}

func has(off map[string]string, target string) bool {
	_, ok := off[target]
	return ok
}

// Run asks the database again and again, until ctx ends.
func (s *Switches) Run(ctx context.Context) {
	ticks := time.NewTicker(switchEvery)
	defer ticks.Stop()
	failing := false
	for {
		err := s.Read(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil && !failing {
			slog.WarnContext(ctx, "switches cannot be read; they stay as they are", "err", err)
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

var _ graphql.OperationContextMutator = &Switches{}

// ExtensionName names the extension.
func (*Switches) ExtensionName() string { return "Switches" }

// Validate accepts every schema.
func (*Switches) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses what is switched off. What runs already, a
// subscription too, goes on.
func (s *Switches) MutateOperationContext(_ context.Context, oc *graphql.OperationContext) *gqlerror.Error {
	off := s.off.Load()
	if off == nil || len(*off) == 0 {
		return nil
	}
	refuse := func(what, target string) *gqlerror.Error {
		reason, ok := (*off)[target]
		if !ok {
			return nil
		}
		if reason == "" {
			reason = "Try again later."
		}
		return faultError(fault.New(fault.SwitchedOff, "%s switched off at the moment. %s", what, reason).After(switchedAgain))
	}
	if oc.Operation.Operation == ast.Mutation {
		if err := refuse("All changes are", store.SwitchWrites); err != nil {
			return err
		}
	}
	_, hash := called(oc)
	if err := refuse("This document is", hash); err != nil {
		return err
	}
	for _, f := range graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{"Query", "Mutation", subscription}) {
		if err := refuse("The field "+f.Name+" is", f.Name); err != nil {
			return err
		}
	}
	return nil
}

// CheckSwitch tells whether a target can be switched off: WRITES, a root field,
// or a document's SHA-256 in hex.
func CheckSwitch(target string) bool {
	if target == store.SwitchWrites || regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(target) {
		return true
	}
	if strings.HasPrefix(target, "__") {
		return false
	}
	schema := Schema()
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation, schema.Subscription} {
		if root.Fields.ForName(target) != nil {
			return true
		}
	}
	return false
}
