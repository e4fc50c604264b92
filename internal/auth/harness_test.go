package auth

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"

	"adsgraph/internal/fault"
)

// clock is a clock that tests set.
type clock struct{ t atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.t.Store(time.Date(2026, time.June, 17, 15, 30, 0, 0, time.UTC).Unix())
	return c
}

func (c *clock) now() time.Time          { return time.Unix(c.t.Load(), 0) }
func (c *clock) advance(d time.Duration) { c.t.Add(int64(d / time.Second)) }

// pair is a key that signs, and how it is published.
type pair struct {
	id, alg, use string
	ops          []jwkset.KEYOPS
	private      crypto.Signer
}

func (p pair) published(t testing.TB) json.RawMessage {
	t.Helper()
	k, err := jwkset.NewJWKFromKey(p.private.Public(), jwkset.JWKOptions{Metadata: jwkset.JWKMetadataOptions{KID: p.id, USE: jwkset.USE(p.use), KEYOPS: p.ops}})
	if err != nil {
		t.Fatal(err)
	}
	m := k.Marshal()
	m.ALG = jwkset.ALG(p.alg)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// provider is an issuer on HTTP whose documents tests change.
type provider struct {
	url      string
	asked    atomic.Int64 // requests so far
	mu       sync.Mutex
	keys     []json.RawMessage
	down     bool
	override map[string]http.HandlerFunc
}

func newProvider(t testing.TB, keys ...pair) *provider {
	t.Helper()
	p := &provider{override: map[string]http.HandlerFunc{}}
	p.publish(t, keys...)
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	p.url = s.URL
	return p
}

func (p *provider) publish(t testing.TB, keys ...pair) {
	t.Helper()
	texts := []json.RawMessage{}
	for _, k := range keys {
		texts = append(texts, k.published(t))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys = texts
}

func (p *provider) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.asked.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down {
		http.Error(w, "down", http.StatusBadGateway)
		return
	}
	if f, ok := p.override[r.URL.Path]; ok {
		f(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		_ = json.NewEncoder(w).Encode(map[string]string{"issuer": p.url, "jwks_uri": p.url + "/keys"})
	case "/keys":
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
	default:
		http.NotFound(w, r)
	}
}

// The keys are made once: an RSA key takes a while.
var keyOf = sync.OnceValue(func() map[string]pair {
	must := func(k crypto.Signer, err error) crypto.Signer {
		if err != nil {
			panic(err)
		}
		return k
	}
	ec := func(c elliptic.Curve) crypto.Signer {
		k, err := ecdsa.GenerateKey(c, rand.Reader)
		return must(k, err)
	}
	rs := func(bits int) crypto.Signer {
		k, err := rsa.GenerateKey(rand.Reader, bits)
		return must(k, err)
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	return map[string]pair{
		"ec":      {id: "ec", private: ec(elliptic.P256())},
		"ec2":     {id: "ec2", private: ec(elliptic.P256())},
		"ec384":   {id: "ec384", private: ec(elliptic.P384())},
		"ec521":   {id: "ec521", private: ec(elliptic.P521())},
		"rsa":     {id: "rsa", private: rs(2048)},
		"ed":      {id: "ed", private: must(ed, err)},
		"weak":    {id: "weak", private: rs(1024)},
		"forENC":  {id: "forENC", use: "enc", private: ec(elliptic.P256())},
		"forRS":   {id: "forRS", alg: "RS256", private: rs(2048)},
		"forSIGN": {id: "forSIGN", ops: []jwkset.KEYOPS{jwkset.KeyOpsSign}, private: ec(elliptic.P256())},
	}
})

// token signs claims.
func token(t testing.TB, method jwt.SigningMethod, k pair, header, claims map[string]any) string {
	t.Helper()
	tok := jwt.NewWithClaims(method, jwt.MapClaims(claims))
	tok.Header["kid"] = k.id
	for name, value := range header {
		if tok.Header[name] = value; value == nil {
			delete(tok.Header, name)
		}
	}
	text, err := tok.SignedString(any(k.private))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// good returns claims that are taken, changed by others; nil takes one away.
func good(issuer string, c *clock, changes map[string]any) map[string]any {
	claims := map[string]any{"iss": issuer, "sub": "anna", "aud": "adsgraph", "iat": c.now().Unix(), "exp": c.now().Add(time.Hour).Unix()}
	maps.Copy(claims, changes)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	return claims
}

// people knows anna of every issuer.
func people(_ context.Context, _, subject string) (int64, error) {
	return map[string]int64{"anna": 7}[subject], nil
}

func verifierOf(t testing.TB, c *clock, change func(*Config), issuers ...string) *Verifier {
	t.Helper()
	config := Config{Issuers: issuers, Audiences: []string{"other", "adsgraph"}, UserOf: people, Now: c.now}
	if change != nil {
		change(&config)
	}
	v, err := NewVerifier(config)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const (
	invalid = "The token is not valid. Sign in again."
	over    = "The token has expired. Sign in again."
)

// want verifies a token and compares the error's code and, if given, message;
// "" means that it is taken.
func want(t testing.TB, v *Verifier, text string, code fault.Code, message string) {
	t.Helper()
	viewer, err := v.Verify(t.Context(), text)
	if fault.CodeOf(err) != code || message != "" && err.Error() != message {
		t.Errorf("got %v, %q %v, want %q %q", viewer, fault.CodeOf(err), err, code, message)
	}
	if (err == nil) != (viewer.UserID == 7) {
		t.Errorf("the viewer is %v, the error %v", viewer, err)
	}
}

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // hundreds of refusals
	os.Exit(m.Run())
}
