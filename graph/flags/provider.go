package flags

import (
	"context"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/open-feature/go-sdk/openfeature"
)

// reloadEvery is how often a file is looked at.
const reloadEvery = 2 * time.Second

// File is an OpenFeature provider whose flags stand in a file, which it follows. It
// is safe for concurrent use.
type File struct {
	path string
	set  atomic.Pointer[set]
	seen stamp // the file when it was read last, well or not; Run's
}

var _ openfeature.FeatureProvider = &File{}

// stamp tells whether a file is another one than before.
type stamp struct{ size, modified int64 }

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path) // what a link leads to
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime().UnixNano()}, nil
}

// Open reads a file of flags, as YAML or JSON. An error names the line and the key.
func Open(path string) (*File, error) {
	seen, err := stampOf(path) // before it is read, so that no change is missed
	if err != nil {
		return nil, err
	}
	s, err := readFile(path)
	if err != nil {
		return nil, err
	}
	f := &File{path: path, seen: seen}
	f.set.Store(s)
	return f, nil
}

// Run follows the file until ctx ends.
func (f *File) Run(ctx context.Context) {
	ticks := time.NewTicker(reloadEvery)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
			f.Reload(ctx)
		}
	}
}

// Reload reads the file if it changed. What is bad is named in the log, and the flags
// of before stay, all of them. It must not run twice at a time.
func (f *File) Reload(ctx context.Context) {
	seen, err := stampOf(f.path)
	if err == nil && seen == f.seen || err != nil && f.seen == (stamp{}) {
		return
	}
	f.seen = seen
	var s *set
	if err == nil {
		s, err = readFile(f.path)
	}
	if err != nil {
		slog.ErrorContext(ctx, "the flags are not read again; those of before stay", "err", err)
		return
	}
	f.set.Store(s)
	slog.InfoContext(ctx, "flags were read", "flags", len(s.declared), "file", f.path)
}

type pinKey struct{}

// Declared returns the flags of the file, for New. In the context that it returns,
// all flags are those of one version of the file.
func (f *File) Declared(ctx context.Context) (context.Context, []Flag) {
	s := f.set.Load()
	if len(s.declared) == 0 {
		return ctx, nil
	}
	return context.WithValue(ctx, pinKey{}, s), s.declared
}

// Metadata names the provider.
func (*File) Metadata() openfeature.Metadata { return openfeature.Metadata{Name: "adsgraph file"} }

// Hooks returns none.
func (*File) Hooks() []openfeature.Hook { return nil }

// BooleanEvaluation evaluates a flag whose values are booleans.
func (f *File) BooleanEvaluation(ctx context.Context, key string, fallback bool, who openfeature.FlattenedContext) openfeature.BoolResolutionDetail {
	return evaluate(ctx, f, key, fallback, who)
}

// StringEvaluation evaluates a flag whose values are strings.
func (f *File) StringEvaluation(ctx context.Context, key, fallback string, who openfeature.FlattenedContext) openfeature.StringResolutionDetail {
	return evaluate(ctx, f, key, fallback, who)
}

// IntEvaluation evaluates a flag whose values are whole numbers.
func (f *File) IntEvaluation(ctx context.Context, key string, fallback int64, who openfeature.FlattenedContext) openfeature.IntResolutionDetail {
	return evaluate(ctx, f, key, fallback, who)
}

// FloatEvaluation evaluates a flag whose values are numbers.
func (f *File) FloatEvaluation(ctx context.Context, key string, fallback float64, who openfeature.FlattenedContext) openfeature.FloatResolutionDetail {
	return evaluate(ctx, f, key, fallback, who)
}

// ObjectEvaluation evaluates a flag, whatever its values are.
func (f *File) ObjectEvaluation(ctx context.Context, key string, fallback any, who openfeature.FlattenedContext) openfeature.InterfaceResolutionDetail {
	return evaluate(ctx, f, key, fallback, who)
}

// evaluate returns the value of a flag of the type that is asked for.
func evaluate[T any](ctx context.Context, f *File, key string, fallback T, who openfeature.FlattenedContext) openfeature.GenericResolutionDetail[T] {
	s, pinned := ctx.Value(pinKey{}).(*set)
	if !pinned {
		s = f.set.Load()
	}
	fail := func(err openfeature.ResolutionError) openfeature.GenericResolutionDetail[T] {
		return openfeature.GenericResolutionDetail[T]{Value: fallback, ProviderResolutionDetail: openfeature.ProviderResolutionDetail{ResolutionError: err, Reason: openfeature.ErrorReason}}
	}
	d, ok := s.flags[key]
	if !ok {
		return fail(openfeature.NewFlagNotFoundResolutionError("the file has no flag " + key))
	}
	subject, _ := who[openfeature.TargetingKey].(string)
	variant, reason := d.variantOf(subject)
	value, ok := d.variants[variant].(T)
	if !ok {
		return fail(openfeature.NewTypeMismatchResolutionError("the values of " + key + " are of another type"))
	}
	return openfeature.GenericResolutionDetail[T]{Value: value, ProviderResolutionDetail: openfeature.ProviderResolutionDetail{Variant: variant, Reason: reason}}
}
