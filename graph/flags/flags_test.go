package flags

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

// TestExposures tells of exposures, with a clock of its own.
func TestExposures(t *testing.T) { //nolint:paralleltest // it replaces the log
	var logs bytes.Buffer
	log := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logs, nil)))
	t.Cleanup(func() { slog.SetDefault(log) })
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	provider := memprovider.NewInMemoryProvider(nil)
	f, err := New(t.Context(), provider, func(ctx context.Context) (context.Context, []Flag) { return ctx, nil }, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	told := func() int {
		n := strings.Count(logs.String(), "msg=exposure ")
		logs.Reset()
		return n
	}
	before, after := &Value{Key: "a", Variant: "old"}, &Value{Key: "a", Variant: "new"}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { f.Expose(t.Context(), 1, before) })
	}
	all.Wait()
	if n := told(); n != 1 {
		t.Errorf("told %d times", n)
	}
	f.Expose(t.Context(), 2, before)
	f.Expose(t.Context(), 1, after)
	f.Expose(t.Context(), 1, before)
	if n := told(); n != 2 {
		t.Errorf("told %d times of another viewer and another variant", n)
	}
	now = now.Add(exposedFor - 1)
	f.Expose(t.Context(), 1, before)
	if n := told(); n != 0 {
		t.Errorf("told %d times within a day", n)
	}
	now = now.Add(1)
	f.Expose(t.Context(), 1, before)
	f.Expose(t.Context(), 1, before)
	if n := told(); n != 1 {
		t.Errorf("told %d times after a day", n)
	}
	for viewer := range int64(maxExposures + 10) {
		f.Expose(t.Context(), viewer+100, before)
	}
	if f.exposed.Len() != maxExposures {
		t.Errorf("%d are remembered", f.exposed.Len())
	}
}

// recorder is another provider: it notes down what it is told, and gives values
// without names, errors, or nothing.
type recorder struct {
	*memprovider.InMemoryProvider
	mu   sync.Mutex
	told []openfeature.FlattenedContext
}

func (r *recorder) BooleanEvaluation(_ context.Context, _ string, _ bool, who openfeature.FlattenedContext) openfeature.BoolResolutionDetail {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.told = append(r.told, who)
	return openfeature.BoolResolutionDetail{Value: true}
}

func (r *recorder) StringEvaluation(_ context.Context, _, fallback string, _ openfeature.FlattenedContext) openfeature.StringResolutionDetail {
	return openfeature.StringResolutionDetail{Value: fallback, ProviderResolutionDetail: openfeature.ProviderResolutionDetail{ResolutionError: openfeature.NewGeneralResolutionError("away")}}
}

// TestAnotherProvider sets a provider that is not the file.
func TestAnotherProvider(t *testing.T) {
	t.Parallel()
	r := &recorder{InMemoryProvider: &memprovider.InMemoryProvider{}}
	list := []Flag{{"named", false}, {"broken", strings.Repeat("é", maxVariant)}, {"gone", int64(3)}, {"object", nil}}
	f, err := New(t.Context(), r, func(ctx context.Context) (context.Context, []Flag) { return ctx, list }, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	values := f.Evaluate(t.Context(), 42)
	if got := fmt.Sprint(values[0].Variant, values[2].Variant, values[3].Variant, values[2].Value, len(values[1].Variant) <= maxVariant); got != "true3null3 true" {
		t.Errorf("%s", got)
	}
	if want := (openfeature.FlattenedContext{openfeature.TargetingKey: "42"}); len(r.told) != 1 || !reflect.DeepEqual(r.told[0], want) {
		t.Errorf("it is told %v", r.told)
	}
	if (*Flags)(nil).Evaluate(t.Context(), 1) != nil {
		t.Error("no flags have values")
	}
	if _, err := New(t.Context(), failing{&memprovider.InMemoryProvider{}}, nil, time.Now); err == nil || !strings.Contains(err.Error(), "In") {
		t.Errorf("%v", err)
	}
}

// failing is a provider that cannot be started.
type failing struct{ *memprovider.InMemoryProvider }

func (failing) Init(openfeature.EvaluationContext) error { return errors.New("no") }
func (failing) Shutdown()                                {}

// BenchmarkEvaluate evaluates flags for an operation.
func BenchmarkEvaluate(b *testing.B) {
	for _, n := range []int{0, 1, 10} {
		text := ""
		for i := range n {
			text += fmt.Sprintf("f%d: {variants: {old: false, new: true}, default: old, rollout: {new: 50}}\n", i)
		}
		f, _, _ := opened(b, text)
		b.Run(fmt.Sprintf("%dFlags", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Evaluate(b.Context(), 42)
			}
		})
	}
}
