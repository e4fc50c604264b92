package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"adsgraph/internal/fault"
)

// TestRotation replaces an issuer's key while tokens come.
func TestRotation(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	v := verifierOf(t, c, nil, p.url)
	sign := func(name string, n int) string {
		return token(t, jwt.SigningMethodES256, k[name], nil, good(p.url, c, map[string]any{"n": n}))
	}
	want(t, v, sign("ec", 1), "", "")
	p.publish(t, k["ec"], k["ec2"])
	want(t, v, sign("ec2", 1), fault.Unauthenticated, invalid) // too soon to ask again
	c.advance(askEvery)
	want(t, v, sign("ec2", 1), "", "")
	p.publish(t, k["ec2"])
	want(t, v, sign("ec", 2), "", "")
	c.advance(freshFor - time.Second)
	v.issuers[p.url].askIfDue(t.Context())
	want(t, v, sign("ec", 3), "", "")
	c.advance(time.Second)
	v.issuers[p.url].askIfDue(t.Context()) // as Run does
	want(t, v, sign("ec", 4), fault.Unauthenticated, invalid)
	want(t, v, sign("ec2", 4), "", "")
	p.publish(t)
	c.advance(freshFor)
	v.issuers[p.url].askIfDue(t.Context())
	want(t, v, sign("ec2", 5), fault.Unauthenticated, invalid) // it withdrew all
}

func TestIssuerDown(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	p.setDown(true)
	v := verifierOf(t, c, nil, p.url)
	sign := func(name string, n int) string {
		return token(t, jwt.SigningMethodES256, k[name], nil, good(p.url, c, map[string]any{"n": n}))
	}
	for range 5 {
		want(t, v, sign("ec", 1), fault.Unavailable, "Sign-in cannot be checked at the moment. Try again soon.")
	}
	if n := p.asked.Load(); n != 1 {
		t.Errorf("asked %d times while it is down", n)
	}
	p.setDown(false)
	want(t, v, sign("ec", 1), fault.Unavailable, "")
	c.advance(askEvery)
	want(t, v, sign("ec", 1), "", "")

	p.setDown(true) // keys are known now, and go on being taken
	for n := range 5 {
		c.advance(freshFor)
		v.issuers[p.url].askIfDue(t.Context())
		want(t, v, sign("ec", n), "", "")
		want(t, v, sign("ec2", n), fault.Unauthenticated, invalid)
	}
	p.publish(t, k["ec2"])
	p.setDown(false)
	c.advance(askEvery)
	v.issuers[p.url].askIfDue(t.Context()) // after a failure, sooner than usual
	want(t, v, sign("ec", 9), fault.Unauthenticated, invalid)
	want(t, v, sign("ec2", 9), "", "")
}

// TestRun loads the keys of an issuer that is up, before any token comes, and
// ends with its context.
func TestRun(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	asked := make(chan struct{}, 10)
	p.override["/keys"] = func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
		asked <- struct{}{}
	}
	v := verifierOf(t, c, nil, p.url)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		v.Run(ctx)
		close(ended)
	}()
	<-asked
	stop()
	<-ended
}

// TestTwoIssuers have a key of one name each; neither may speak for the other.
func TestTwoIssuers(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	one, two := k["ec"], k["ec2"]
	one.id, two.id = "1", "1"
	p, q := newProvider(t, one), newProvider(t, two)
	v := verifierOf(t, c, func(config *Config) {
		config.UserOf = func(_ context.Context, issuer, _ string) (int64, error) {
			return map[string]int64{p.url: 1, q.url: 2}[issuer], nil
		}
	}, p.url, q.url)
	for _, tt := range []struct {
		issuer string
		key    pair
		want   int64
	}{{p.url, one, 1}, {q.url, two, 2}, {p.url, two, 0}, {q.url, one, 0}} {
		viewer, err := v.Verify(t.Context(), token(t, jwt.SigningMethodES256, tt.key, nil, good(tt.issuer, c, nil)))
		if viewer.UserID != tt.want || (err == nil) != (tt.want != 0) {
			t.Errorf("%s: %v %v, want %d", tt.issuer, viewer, err, tt.want)
		}
	}
	q.setDown(true) // one that is down takes nothing from the other
	w := verifierOf(t, c, nil, p.url, q.url)
	want(t, w, token(t, jwt.SigningMethodES256, two, nil, good(q.url, c, nil)), fault.Unavailable, "")
	want(t, w, token(t, jwt.SigningMethodES256, one, nil, good(p.url, c, nil)), "", "")
}

func TestOnlyKeyNeedsNoName(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"], k["rsa"])
	v := verifierOf(t, c, nil, p.url)
	want(t, v, token(t, jwt.SigningMethodES256, k["ec"], map[string]any{"kid": nil}, good(p.url, c, nil)), "", "")
	want(t, v, token(t, jwt.SigningMethodES256, k["ec2"], map[string]any{"kid": nil}, good(p.url, c, nil)), fault.Unauthenticated, invalid)
	want(t, v, token(t, jwt.SigningMethodES256, k["ec"], map[string]any{"kid": 5}, good(p.url, c, nil)), fault.Unauthenticated, invalid)
}

// TestFlood sends many tokens that name unknown keys, at once: the issuer is
// asked once in a while, and a new key is found all the same.
func TestFlood(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	v := verifierOf(t, c, nil, p.url)
	want(t, v, token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, nil)), "", "")
	const rounds = 3
	flood := []string{}
	for n := range 200 {
		flood = append(flood, token(t, jwt.SigningMethodES256, k["ec2"], map[string]any{"kid": fmt.Sprint("x", n)}, good(p.url, c, nil)))
	}
	for range rounds {
		c.advance(askEvery)
		var all sync.WaitGroup
		for _, text := range flood {
			all.Go(func() { want(t, v, text, fault.Unauthenticated, invalid) })
		}
		all.Wait()
	}
	if n := p.asked.Load(); n != 2*(1+rounds) {
		t.Errorf("asked %d times, want %d: two documents, once and in each round", n, 2*(1+rounds))
	}
	if n := v.known.Len(); n != 1 {
		t.Errorf("%d tokens are remembered", n)
	}
	p.publish(t, k["ec"], k["ec2"])
	c.advance(askEvery)
	want(t, v, token(t, jwt.SigningMethodES256, k["ec2"], nil, good(p.url, c, nil)), "", "")
}
