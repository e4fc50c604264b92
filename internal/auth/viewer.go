// Package auth says who asks.
package auth

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"

	"adsgraph/internal/fault"
)

// Viewer is the person on whose behalf a request is answered.
type Viewer struct{ UserID int64 }

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

// Static is fixed tokens for development, each with the person it stands for.
type Static struct{ byHash map[[sha256.Size]byte]Viewer }

// NewStatic makes a verifier of fixed tokens.
func NewStatic(tokens map[string]Viewer) Static {
	s := Static{map[[sha256.Size]byte]Viewer{}}
	for token, v := range tokens {
		s.byHash[sha256.Sum256([]byte(token))] = v
	}
	return s
}

// Verify returns the viewer that a token stands for, or UNAUTHENTICATED.
func (s Static) Verify(token string) (Viewer, error) {
	hash := sha256.Sum256([]byte(token))
	for h, v := range s.byHash { // compared in constant time, however few
		if subtle.ConstantTimeCompare(h[:], hash[:]) == 1 {
			return v, nil
		}
	}
	return Viewer{}, fault.New(fault.Unauthenticated, "The token is unknown. Sign in again.")
}
