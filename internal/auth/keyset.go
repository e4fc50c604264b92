package auth

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"

	"adsgraph/internal/fault"
)

// How issuers are asked for their keys.
const (
	// askEvery is how long nobody asks an issuer again, whether it answered or
	// not, and however many tokens name keys that it does not have.
	askEvery = 10 * time.Second
	// freshFor is when keys are asked for without a reason: those that were
	// withdrawn must go.
	freshFor = 15 * time.Minute
	// askTimeout is how long an issuer may take, for both of its documents.
	askTimeout = 5 * time.Second
	// maxDocument is the most bytes, and maxKeys the most keys, of an issuer.
	maxDocument = 1 << 20
	maxKeys     = 100
)

// keySet is the keys of one issuer. What is loaded once is served until the
// issuer says otherwise.
type keySet struct {
	issuer string
	now    func() time.Time
	client *http.Client

	mu     sync.Mutex
	keys   []key // nil until loaded
	asked  time.Time
	asking chan struct{} // closed when the issuer has answered; nil while nobody asks
	failed bool          // the last time
}

// key is one that verifies signatures.
type key struct {
	id        string
	algorithm string // the only one that it is for, or ""
	public    any
}

func newKeySet(issuer string, now func() time.Time) *keySet {
	return &keySet{issuer: issuer, now: now, client: &http.Client{
		Timeout: askTimeout,
		// A redirect could lead to where neither https nor the configuration says.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// fixedKeySet returns a key that is never asked for.
func fixedKeySet(issuer string, k key) *keySet { return &keySet{issuer: issuer, keys: []key{k}} }

// run asks for the keys whenever they are due, until ctx ends.
func (s *keySet) run(ctx context.Context) {
	if s.client == nil {
		return
	}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		s.askIfDue(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// askIfDue asks for the keys if there are none, if the last time failed, or if
// they are old; and returns when the issuer has answered.
func (s *keySet) askIfDue(ctx context.Context) {
	s.mu.Lock()
	due := s.keys == nil || s.failed || s.now().Sub(s.asked) >= freshFor
	s.mu.Unlock()
	if due {
		s.ask(ctx)
	}
}

// ask loads the keys unless somebody did a moment ago; if somebody is at it, it
// waits for the same answer.
func (s *keySet) ask(ctx context.Context) {
	s.mu.Lock()
	done := s.asking
	if done == nil {
		if s.client == nil || !s.asked.IsZero() && s.now().Sub(s.asked) < askEvery {
			s.mu.Unlock()
			return
		}
		done = make(chan struct{})
		s.asking, s.asked = done, s.now()
		go s.load(context.WithoutCancel(ctx), done) // others wait too: the first may go
	}
	s.mu.Unlock()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// load asks the issuer and keeps what it says. After a failure the keys stay.
func (s *keySet) load(ctx context.Context, done chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	keys, err := s.fetch(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asking, s.failed = nil, err != nil
	close(done)
	if err != nil {
		slog.WarnContext(ctx, "the keys of an issuer cannot be loaded", "issuer", s.issuer, "err", err, "known", len(s.keys))
		return
	}
	s.keys = keys
	slog.DebugContext(ctx, "the keys of an issuer were loaded", "issuer", s.issuer, "keys", len(keys))
}

// fetch reads the issuer's description, and its keys where that says.
func (s *keySet) fetch(ctx context.Context) ([]key, error) {
	var description struct {
		Issuer string `json:"issuer"`
		Keys   string `json:"jwks_uri"`
	}
	if err := s.get(ctx, strings.TrimSuffix(s.issuer, "/")+"/.well-known/openid-configuration", &description); err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	if description.Issuer != s.issuer {
		return nil, fmt.Errorf("the configuration is that of the issuer %.200q", description.Issuer)
	}
	if err := checkKeysAddress(s.issuer, description.Keys); err != nil {
		return nil, err
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := s.get(ctx, description.Keys, &set); err != nil {
		return nil, fmt.Errorf("read the keys: %w", err)
	}
	if set.Keys == nil || len(set.Keys) > maxKeys {
		return nil, fmt.Errorf("want 0 to %d keys", maxKeys)
	}
	keys := []key{}
	for _, text := range set.Keys {
		if k, ok := newKey(text); ok {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// checkKeysAddress says what is wrong with the address of an issuer's keys: it
// must have https, or http on this machine if the issuer is there too.
func checkKeysAddress(issuer, address string) error {
	u, err := url.Parse(address)
	if err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()) && !strings.HasPrefix(issuer, "https:")) {
		return nil
	}
	return fmt.Errorf("the keys must have an address with https, not %.200q", address)
}

// get reads a JSON document.
func (s *keySet) get(ctx context.Context, address string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "application/json")
	res, err := s.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %d", address, res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxDocument+1))
	switch {
	case err != nil:
		return err
	case len(body) > maxDocument:
		return errors.New("the document is larger than 1 MB")
	}
	return json.Unmarshal(body, into)
}

// newKey returns a published key, unless it is for something else than
// verifying, or of a kind or size that is not taken.
func newKey(text []byte) (key, bool) {
	var m jwkset.JWKMarshal
	if err := json.Unmarshal(text, &m); err != nil {
		return key{}, false
	}
	if m.USE != "" && m.USE != jwkset.UseSig || m.KEYOPS != nil && !slices.Contains(m.KEYOPS, jwkset.KeyOpsVerify) {
		return key{}, false
	}
	m.X5C, m.X5U, m.X5T, m.X5TS256 = nil, "", "", "" // the address vouches for the key, no certificate
	parsed, err := jwkset.NewJWKFromMarshal(m, jwkset.JWKMarshalOptions{}, jwkset.JWKValidateOptions{})
	if err != nil {
		return key{}, false
	}
	k := key{id: m.KID, algorithm: string(m.ALG), public: parsed.Key()}
	if public, ok := k.public.(*rsa.PublicKey); ok && (public.N.BitLen() < 2048 || public.N.BitLen() > 8192) {
		return key{}, false
	}
	return k, true
}

// fits tells whether a key may verify signatures of an algorithm.
func (k key) fits(algorithm string) bool {
	if k.algorithm != "" && k.algorithm != algorithm {
		return false
	}
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		return strings.HasPrefix(algorithm, "RS") || strings.HasPrefix(algorithm, "PS")
	case *ecdsa.PublicKey:
		return public.Curve == map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()}[algorithm]
	case ed25519.PublicKey:
		return algorithm == "EdDSA"
	}
	return false
}

// verifying returns the key that verifies a token. For one that it does not
// know it asks the issuer, which may have a new one.
func (s *keySet) verifying(ctx context.Context, t *jwt.Token) (any, error) {
	id, ok := t.Header["kid"].(string)
	if _, named := t.Header["kid"]; named != ok {
		return nil, errUnknownKey
	}
	keys, loaded := s.find(id)
	if len(keys) == 0 {
		s.ask(ctx)
		keys, loaded = s.find(id)
	}
	if !loaded {
		return nil, fault.New(fault.Unavailable, "Sign-in cannot be checked at the moment. Try again soon.")
	}
	if len(keys) == 0 {
		return nil, errUnknownKey
	}
	fit := []jwt.VerificationKey{}
	for _, k := range keys {
		if k.fits(t.Method.Alg()) {
			fit = append(fit, k.public)
		}
	}
	if len(fit) == 0 || id == "" && len(fit) > 1 { // without a name it must be the only one
		return nil, errUnfitKey
	}
	return jwt.VerificationKeySet{Keys: fit}, nil
}

// find returns the keys of a name, all keys for "", and whether any were ever
// loaded.
func (s *keySet) find(id string) (found []key, loaded bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id == "" {
		return s.keys, s.keys != nil
	}
	for _, k := range s.keys {
		if k.id == id {
			found = append(found, k)
		}
	}
	return found, s.keys != nil
}
