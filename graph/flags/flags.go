// Package flags says which variants of experiments somebody gets. It asks an
// OpenFeature provider, once for each operation, and tells the log of who was shown
// what. The provider of the program reads a file; see File.
package flags

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/isolated"

	"adsgraph/internal/ads"
)

const (
	// maxExposures is how many exposures are remembered, of all viewers. What is
	// forgotten is told again.
	maxExposures = 50_000
	// exposedFor is how long an exposure is not told again.
	exposedFor = 24 * time.Hour
	// evaluationTime is how long the provider may take for all flags of an operation,
	// if it heeds its context.
	evaluationTime = time.Second
	// complainEvery is how often the log says that flags cannot be evaluated.
	complainEvery = time.Minute
	// maxVariant is the most bytes of a variant's name that are kept: other providers
	// may give long ones.
	maxVariant = 64
)

// Flag is a flag that a server evaluates.
type Flag struct {
	Key string
	// Default is the value when the provider has none. Its type says what is asked
	// for: bool, string, int64 and float64, and everything else as an object.
	Default any
}

// Value is what somebody gets of a flag.
type Value struct {
	Key string
	// Variant is its name, at most 64 bytes; the value as text if the provider has no
	// name for it. It is never empty.
	Variant string
	// Value is the variant's value; nil for none.
	Value any
}

// JSON returns the value as JSON.
func (v *Value) JSON() ads.JSON {
	text, err := json.Marshal(v.Value)
	if err != nil { // of another provider: the file holds nothing of the kind
		return ads.JSON("null")
	}
	return text
}

// Values is what a viewer gets in an operation, in the order of the declaration.
type Values []Value

// Find returns the value of a flag, nil if there is none of this key.
func (v Values) Find(key string) *Value {
	for i := range v {
		if v[i].Key == key {
			return &v[i]
		}
	}
	return nil
}

// String returns the variants in one line, such as table=new,export=off.
func (v Values) String() string {
	var b strings.Builder
	for i := range v {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(v[i].Key + "=" + v[i].Variant)
	}
	return b.String()
}

// Flags evaluates flags. A nil one has none.
type Flags struct {
	client     *openfeature.Client
	declared   func(context.Context) (context.Context, []Flag)
	now        func() time.Time
	exposed    *lru.Cache[exposure, time.Time]
	complained atomic.Int64 // when the log last said so, in nanoseconds
}

// exposure is that somebody was shown a variant.
type exposure struct {
	viewer        int64
	flag, variant string
}

// New returns the flags of an OpenFeature provider, which is initialized here; ctx
// bounds how long that takes. declared returns the flags of an operation that begins,
// and the context that the provider is asked in, since OpenFeature lists none.
func New(ctx context.Context, provider openfeature.FeatureProvider, declared func(context.Context) (context.Context, []Flag), now func() time.Time) (*Flags, error) {
	api := isolated.NewAPI() // several servers of a process do not share a provider
	if err := api.SetProviderAndWait(ctx, provider); err != nil {
		return nil, fmt.Errorf("start the provider of flags %s: %w", provider.Metadata().Name, err)
	}
	exposed, err := lru.New[exposure, time.Time](maxExposures)
	if err != nil {
		return nil, err
	}
	return &Flags{client: api.NewClient(), declared: declared, now: now, exposed: exposed}, nil
}

// Evaluate returns what a viewer gets; nil if there are no flags. The provider is
// told the viewer's id and nothing else. A flag that it cannot evaluate has its
// default, and the log says why.
func (f *Flags) Evaluate(ctx context.Context, viewer int64) Values {
	if f == nil {
		return nil
	}
	ctx, list := f.declared(ctx)
	if len(list) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, evaluationTime)
	defer cancel()
	who := openfeature.NewTargetlessEvaluationContext(nil)
	if viewer != 0 {
		who = openfeature.NewEvaluationContext(strconv.FormatInt(viewer, 10), nil)
	}
	values := make(Values, len(list))
	for i, flag := range list {
		value, variant, err := f.ask(ctx, flag, who)
		if err != nil {
			f.complain(ctx, flag.Key, err)
		}
		values[i] = Value{Key: flag.Key, Variant: variant, Value: value}
		if variant == "" {
			values[i].Variant = string(values[i].JSON())
		}
		if len(values[i].Variant) > maxVariant {
			values[i].Variant = strings.ToValidUTF8(values[i].Variant[:maxVariant], "")
		}
	}
	return values
}

// ask evaluates one flag. With an error the value is the default.
func (f *Flags) ask(ctx context.Context, flag Flag, who openfeature.EvaluationContext) (value any, variant string, err error) {
	switch fallback := flag.Default.(type) {
	case bool:
		d, err := f.client.BooleanValueDetails(ctx, flag.Key, fallback, who)
		return d.Value, d.Variant, err
	case string:
		d, err := f.client.StringValueDetails(ctx, flag.Key, fallback, who)
		return d.Value, d.Variant, err
	case int64:
		d, err := f.client.IntValueDetails(ctx, flag.Key, fallback, who)
		return d.Value, d.Variant, err
	case float64:
		d, err := f.client.FloatValueDetails(ctx, flag.Key, fallback, who)
		return d.Value, d.Variant, err
	default:
		d, err := f.client.ObjectValueDetails(ctx, flag.Key, fallback, who)
		return d.Value, d.Variant, err
	}
}

// complain says now and then that a flag cannot be evaluated.
func (f *Flags) complain(ctx context.Context, key string, err error) {
	now, last := f.now().UnixNano(), f.complained.Load()
	if now-last >= int64(complainEvery) && f.complained.CompareAndSwap(last, now) {
		slog.WarnContext(ctx, "a flag cannot be evaluated; its default counts", "flag", key, "err", err)
	}
}

// Expose tells the log that a viewer was shown a variant: the first time, and again
// after 24 hours, or if it was forgotten meanwhile since too many others were shown
// something.
func (f *Flags) Expose(ctx context.Context, viewer int64, v *Value) {
	e, now := exposure{viewer, v.Key, v.Variant}, f.now()
	at, found := f.exposed.Peek(e)
	if found && now.Sub(at) < exposedFor {
		return
	}
	if !found {
		if before, other, _ := f.exposed.PeekOrAdd(e, now); other && now.Sub(before) < exposedFor {
			return // somebody else was faster
		}
	} else {
		f.exposed.Add(e, now)
	}
	slog.InfoContext(ctx, "exposure", "flag", v.Key, "variant", v.Variant, "viewer", viewer)
}
