// Package auth says who asks: it checks the tokens that OpenID Connect issuers
// sign, and carries the person whom a token stands for.
package auth

import (
	"context"
	"time"

	"adsgraph/internal/fault"
)

// Viewer is the person on whose behalf a request is answered.
type Viewer struct {
	UserID int64
	// Expires is when the token ends, the leeway included; zero for a viewer that
	// no token stands for, such as the one of a command.
	Expires time.Time
	// MayExplain is whether the token has ExplainScope.
	MayExplain bool
}

// ExplainScope is the scope of tokens whose bearers may have operations explained,
// which shows how the server works and how large its tables are. It is for people
// who run or develop the server.
const ExplainScope = "adsgraph:explain"

type viewerKey struct{}

// NewContext returns a context that carries a viewer.
func NewContext(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// From returns the viewer of a request, or UNAUTHENTICATED.
func From(ctx context.Context) (Viewer, error) {
	v, ok := ctx.Value(viewerKey{}).(Viewer)
	if !ok {
		return Viewer{}, fault.New(fault.Unauthenticated, "Sign in: send a token in the header Authorization: Bearer.")
	}
	return v, nil
}
