package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
	lru "github.com/hashicorp/golang-lru/v2"

	"adsgraph/internal/fault"
	"adsgraph/internal/observe"
)

// Bounds of what is taken and kept.
const (
	// maxToken is the most bytes of a token.
	maxToken = 8 << 10
	// maxSubject is the most characters of a subject, as OpenID Connect says.
	maxSubject = 255
	// leeway is how far an issuer's clock and ours may be apart.
	leeway = 30 * time.Second
	// maxKnown is how many tokens are remembered.
	maxKnown = 10_000
	// knownFor is how long a token is not looked at again; so it is also how long
	// an identity that was taken away still works.
	knownFor = time.Minute
	// strangerFor is the same for somebody who has no access: it may be given any
	// moment.
	strangerFor = 5 * time.Second
)

// Config says whose tokens are taken, and what for.
type Config struct {
	// Issuers are the names of OpenID Connect issuers, as CheckIssuer wants them.
	// Their keys are found below these addresses and nowhere else.
	Issuers []string
	// Development is an issuer of this process, whose key is at hand; nil for none.
	Development *Issuer
	// Audiences are the names of this service; a token must be for one of them.
	Audiences []string
	// UserOf returns the user whom an issuer calls by a subject, 0 for nobody.
	UserOf func(ctx context.Context, issuer, subject string) (int64, error)
	// Now is the clock that tokens and keys are checked by.
	Now func() time.Time
}

// Verifier checks bearer tokens. It is safe for concurrent use.
type Verifier struct {
	issuers map[string]*keySet
	parser  *jwt.Parser
	userOf  func(ctx context.Context, issuer, subject string) (int64, error)
	now     func() time.Time
	known   *lru.Cache[[sha256.Size]byte, answer]
}

// answer is what Verify said of a token whose signature is good.
type answer struct {
	viewer Viewer
	err    error
	until  time.Time
}

// NewVerifier makes a verifier. It asks no issuer for anything yet: that is for
// Run, and for the first token of each.
func NewVerifier(c Config) (*Verifier, error) {
	if len(c.Audiences) == 0 {
		return nil, errors.New("no audience: tokens for any other service would be taken")
	}
	known, err := lru.New[[sha256.Size]byte, answer](maxKnown)
	if err != nil {
		return nil, err
	}
	v := &Verifier{
		issuers: map[string]*keySet{}, userOf: c.UserOf, now: c.Now, known: known,
		parser: jwt.NewParser(
			jwt.WithValidMethods([]string{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}),
			jwt.WithAudience(c.Audiences...), jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway),
			jwt.WithTimeFunc(c.Now), jwt.WithStrictDecoding(),
		),
	}
	for _, name := range c.Issuers {
		if err := CheckIssuer(name); err != nil {
			return nil, err
		}
		v.issuers[name] = newKeySet(name, c.Now)
	}
	if d := c.Development; d != nil {
		v.issuers[d.Name] = fixedKeySet(d.Name, d.publicKey())
	}
	return v, nil
}

// CheckIssuer says what is wrong with the name of an issuer: it must be an
// address with https, or with http on this machine, without query and fragment.
func CheckIssuer(name string) error {
	u, err := url.Parse(name)
	switch {
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return fmt.Errorf("%q is not the name of an issuer: it is an address such as https://login.example.com", name)
	case u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()):
		return nil
	}
	return fmt.Errorf("the issuer %q must have an address with https; http is for this machine only", name)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Run keeps the keys of all issuers fresh, until ctx ends. An issuer that does
// not answer is asked again and again.
func (v *Verifier) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, keys := range v.issuers {
		all.Go(func() { keys.run(ctx) })
	}
	all.Wait()
}

// Verify returns the viewer whom a token stands for. It returns UNAUTHENTICATED
// for a token that is not valid, FORBIDDEN for a person who was given no access,
// and UNAVAILABLE while nothing is known of the issuer's keys; or the error of
// UserOf. Why a token was refused is logged, without any part of it, and metrics
// count what came of each.
func (v *Verifier) Verify(ctx context.Context, token string) (Viewer, error) {
	viewer, err := v.verify(ctx, token)
	result := "accepted"
	switch fault.CodeOf(err) {
	case "":
	case fault.Unauthenticated:
		result = "refused"
	case fault.Forbidden:
		result = "stranger"
	default:
		result = "failed" // it cannot be checked
	}
	observe.MetricsFrom(ctx).TokenChecked(result)
	return viewer, err
}

func (v *Verifier) verify(ctx context.Context, token string) (Viewer, error) {
	if len(token) > maxToken {
		return Viewer{}, v.refuse(ctx, nil, errTooLarge)
	}
	hash, now := sha256.Sum256([]byte(token)), v.now()
	a, ok := v.known.Get(hash)
	ok = ok && now.Before(a.until)
	observe.MetricsFrom(ctx).CacheAsked("tokens", ok)
	if ok {
		return a.viewer, a.err
	}
	claims := jwt.MapClaims{} // a struct would take "SUB" for "sub"
	var keys *keySet
	_, err := v.parser.ParseWithClaims(token, claims, func(t *jwt.Token) (_ any, err error) {
		if keys, err = v.issuerOf(t); err != nil {
			return nil, err
		}
		return keys.verifying(ctx, t)
	})
	if err != nil {
		return Viewer{}, v.refuse(ctx, keys, err)
	}
	subject, err := claims.GetSubject()
	if err != nil || !isSubject(subject) {
		return Viewer{}, v.refuse(ctx, keys, errSubject)
	}
	exp, err := claims.GetExpirationTime()
	if err != nil {
		return Viewer{}, v.refuse(ctx, keys, err)
	}
	expires := exp.Add(leeway)
	user, err := v.userOf(ctx, keys.issuer, subject)
	if err != nil {
		return Viewer{}, fmt.Errorf("who a token stands for: %w", err)
	}
	a = answer{viewer: Viewer{UserID: user, Expires: expires, MayExplain: hasScope(claims, ExplainScope)}, until: earlier(now.Add(knownFor), expires)}
	if user == 0 {
		slog.InfoContext(ctx, "a token of nobody known", "issuer", keys.issuer)
		a = answer{until: earlier(now.Add(strangerFor), expires), err: fault.New(fault.Forbidden,
			"You are signed in, but nobody has given you access yet. Ask an owner of the account to add you.")}
	}
	v.known.Add(hash, a)
	return a.viewer, a.err
}

// hasScope tells whether claims hold a scope: in scope, separated by spaces, as
// RFC 9068 has it, or in scp, as a list or separated by spaces, as others do.
func hasScope(claims jwt.MapClaims, scope string) bool {
	for _, name := range []string{"scope", "scp"} {
		switch v := claims[name].(type) {
		case string:
			if slices.Contains(strings.Fields(v), scope) {
				return true
			}
		case []any:
			if slices.Contains(v, any(scope)) {
				return true
			}
		}
	}
	return false
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// isSubject tells whether a subject is one by OpenID Connect: 1 to 255 characters
// of ASCII. Control characters are none: a database may not hold them.
func isSubject(s string) bool {
	outside := func(r rune) bool { return r < ' ' || r > '~' }
	return s != "" && len(s) <= maxSubject && !strings.ContainsFunc(s, outside)
}

// issuerOf returns the keys of the issuer that a token, not yet verified, says
// it has.
func (v *Verifier) issuerOf(t *jwt.Token) (*keySet, error) {
	if _, ok := t.Header["crit"]; ok { // RFC 7515: what is critical must be understood
		return nil, errCritical
	}
	if !isKind(t.Header) {
		return nil, errKind
	}
	name, err := t.Claims.GetIssuer()
	if err != nil {
		return nil, errUnknownIssuer
	}
	keys, ok := v.issuers[name]
	if !ok {
		return nil, errUnknownIssuer
	}
	return keys, nil
}

// isKind tells whether a header is one of access tokens or says nothing of it.
// Issuers sign other things with the same keys, such as notices of a sign-out.
func isKind(header map[string]any) bool {
	kind, ok := header["typ"]
	if !ok {
		return true
	}
	text, _ := kind.(string)
	text = strings.TrimPrefix(strings.ToLower(text), "application/")
	return text == "jwt" || text == "at+jwt"
}

// reason is why a token was refused, for the log.
type reason string

func (r reason) Error() string { return string(r) }

// The reasons that are ours. Errors of the library are none: they may quote the
// token.
const (
	errTooLarge      reason = "larger than 8 KB"
	errCritical      reason = "header asks for an extension"
	errKind          reason = "header says that it is something else than an access token"
	errUnknownIssuer reason = "issuer missing or not configured"
	errUnknownKey    reason = "key unknown"
	errUnfitKey      reason = "no key of the issuer fits the algorithm"
	errSubject       reason = "subject missing, longer than 255 characters, or not of ASCII"
	errExpired       reason = "expired"
)

// reasonOf returns why a token was refused. A token that has expired has no
// other fault.
func reasonOf(err error) reason {
	if r, ok := errors.AsType[reason](err); ok {
		return r
	}
	for _, known := range []struct {
		err    error
		reason reason
	}{
		{jwt.ErrTokenMalformed, "malformed"},
		{jwt.ErrTokenUnverifiable, "algorithm unknown"},
		{jwt.ErrTokenSignatureInvalid, "algorithm not allowed or signature wrong"},
		{jwt.ErrTokenInvalidAudience, "meant for another audience"},
		{jwt.ErrTokenRequiredClaimMissing, "audience or expiry missing"},
		{jwt.ErrTokenNotValidYet, "not valid yet"},
		{jwt.ErrTokenUsedBeforeIssued, "issued in the future"},
		{jwt.ErrTokenExpired, errExpired},
	} {
		if errors.Is(err, known.err) {
			return known.reason
		}
	}
	return "a claim has the wrong type"
}

// refuse logs why a token is not taken and returns what the client is told,
// which is the same for all reasons but two: that helps nobody to forge one.
func (v *Verifier) refuse(ctx context.Context, keys *keySet, err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok { // the issuer cannot be asked
		return f
	}
	why := reasonOf(err)
	issuer := ""
	if keys != nil {
		issuer = keys.issuer // from the configuration, not from the token
	}
	slog.InfoContext(ctx, "token refused", "reason", string(why), "issuer", issuer)
	if why == errExpired {
		return fault.New(fault.Unauthenticated, "The token has expired. Sign in again.")
	}
	return fault.New(fault.Unauthenticated, "The token is not valid. Sign in again.")
}
