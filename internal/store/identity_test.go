package store_test

import (
	"context"
	"testing"
	"time"

	"adsgraph/internal/fault"
	"adsgraph/internal/pgtest"
)

func TestUserByIdentity(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	pgtest.DB(t, dsn).MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna'), (2, 'b@example.com', 'Bert');
	  INSERT INTO identity (issuer, subject, user_id) VALUES ('https://one.example', 'x', 1), ('https://two.example', 'x', 2), ('https://two.example', 'y', 1)`)
	s := pgtest.OpenDSN(t, dsn)
	for _, tt := range []struct {
		issuer, subject string
		want            int64
	}{
		{"https://one.example", "x", 1},
		{"https://two.example", "x", 2},
		{"https://two.example", "y", 1},
		{"https://one.example", "y", 0},
		{"https://one.example", "X", 0},
		{"https://one.example/", "x", 0},
	} {
		if got, err := s.UserByIdentity(t.Context(), tt.issuer, tt.subject); err != nil || got != tt.want {
			t.Errorf("%s %s: %d, %v, want %d", tt.issuer, tt.subject, got, err, tt.want)
		}
	}
}

// TestContextSaysWhyItEnded ends contexts in several ways: the one who ends it
// may say what the client is told.
func TestContextSaysWhyItEnded(t *testing.T) {
	t.Parallel()
	s := pgtest.OpenDSN(t, pgtest.Database(t))
	past := time.Unix(1, 0)
	for _, tt := range []struct {
		name string
		end  func(context.Context) (context.Context, context.CancelFunc)
		want fault.Code
	}{
		{"Deadline", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, past)
		}, fault.Timeout},
		{"Cancel", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx, cancel
		}, fault.Unavailable},
		{"Cause", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadlineCause(ctx, past, fault.New(fault.Unauthenticated, "Your sign-in ended."))
		}, fault.Unauthenticated},
	} {
		ctx, cancel := tt.end(t.Context())
		_, err := s.UserByIdentity(ctx, "i", "s")
		if fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
		cancel()
	}
}
