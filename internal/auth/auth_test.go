package auth

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"adsgraph/internal/fault"
)

func TestAlgorithms(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"], k["ec384"], k["ec521"], k["rsa"], k["ed"])
	v := verifierOf(t, c, nil, p.url)
	for method, name := range map[jwt.SigningMethod]string{
		jwt.SigningMethodES256: "ec", jwt.SigningMethodES384: "ec384", jwt.SigningMethodES512: "ec521",
		jwt.SigningMethodRS256: "rsa", jwt.SigningMethodRS384: "rsa", jwt.SigningMethodRS512: "rsa",
		jwt.SigningMethodPS256: "rsa", jwt.SigningMethodPS384: "rsa", jwt.SigningMethodPS512: "rsa", jwt.SigningMethodEdDSA: "ed",
	} {
		viewer, err := v.Verify(t.Context(), token(t, method, k[name], nil, good(p.url, c, nil)))
		if err != nil || viewer != (Viewer{UserID: 7, Expires: c.now().Add(time.Hour + leeway)}) {
			t.Errorf("%s: %v %v", method.Alg(), viewer, err)
		}
	}
}

// TestScopes sends tokens with scopes in the places where issuers put them.
func TestScopes(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	v := verifierOf(t, c, nil, p.url)
	for _, x := range []struct {
		claims map[string]any
		want   bool
	}{
		{nil, false},
		{map[string]any{"scope": "openid adsgraph:explain"}, true},
		{map[string]any{"scp": "adsgraph:explain"}, true},
		{map[string]any{"scp": []string{"openid", "adsgraph:explain"}}, true},
		{map[string]any{"scope": "adsgraph:explained"}, false},
		{map[string]any{"scope": "ADSGRAPH:EXPLAIN"}, false},
		{map[string]any{"scope": map[string]any{"adsgraph:explain": true}}, false},
		{map[string]any{"scopes": "adsgraph:explain"}, false},
	} {
		viewer, err := v.Verify(t.Context(), token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, x.claims)))
		if err != nil || viewer.MayExplain != x.want {
			t.Errorf("%v: may explain %t, %v", x.claims, viewer.MayExplain, err)
		}
	}
}

// spelling returns another last letter of a base64 text that stands for the same
// 4 bits: 64 bytes leave 4 bits of it unused.
func spelling(last byte) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(letters[strings.IndexByte(letters, last)^1])
}

// TestRefusals sends tokens with one fault each, and their neighbours without.
func TestRefusals(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"], k["ec2"], k["ec384"], k["rsa"], k["weak"], k["forENC"], k["forRS"], k["forSIGN"])
	var elsewhere atomic.Int64
	evil := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(evil.Close)
	at := func(d time.Duration) int64 { return c.now().Add(d).Unix() }
	public, err := x509.MarshalPKIXPublicKey(k["rsa"].private.Public())
	if err != nil {
		t.Fatal(err)
	}
	asPEM := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})
	symmetric := func(secret []byte) string {
		tok := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(good(p.url, c, nil)))
		tok.Header["kid"] = "rsa"
		text, err := tok.SignedString(secret)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	unsigned := func() string {
		tok := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims(good(p.url, c, nil)))
		tok.Header["kid"] = "ec"
		text, err := tok.SignedString(jwt.UnsafeAllowNoneSignatureType)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	es := func(claims map[string]any) string {
		return token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, claims))
	}
	header := func(header map[string]any) string {
		return token(t, jwt.SigningMethodES256, k["ec"], header, good(p.url, c, nil))
	}
	with := func(method jwt.SigningMethod, name, kid string) string {
		return token(t, method, k[name], map[string]any{"kid": kid}, good(p.url, c, nil))
	}
	whole := es(nil)
	parts := strings.Split(whole, ".")
	taken := ""
	for _, tt := range []struct{ name, token, message string }{
		{"Good", whole, taken},
		{"Empty", "", invalid},
		{"Garbage", "correct-horse-battery-staple", invalid},
		{"Dots", "..", invalid},
		{"NoSignature", parts[0] + "." + parts[1] + ".", invalid},
		{"TwoParts", parts[0] + "." + parts[1], invalid},
		{"FourParts", whole + ".x", invalid},
		{"Padded", whole + "=", invalid},
		{"SecondSpelling", whole[:len(whole)-1] + spelling(whole[len(whole)-1]), invalid},
		{"AlgNone", unsigned(), invalid},
		{"AlgNoneWithSignature", unsigned() + parts[2], invalid},
		{"HS256WithPublicPEM", symmetric(asPEM), invalid},
		{"HS256WithPublicDER", symmetric(public), invalid},
		{"HS256Empty", symmetric([]byte{0}), invalid},
		{"SignedByAnother", with(jwt.SigningMethodES256, "ec2", "ec"), invalid},
		{"UnknownKey", with(jwt.SigningMethodES256, "ec", "gone"), invalid},
		{"KeyOfNumber", header(map[string]any{"kid": 5}), invalid},
		{"NoKeyButMany", header(map[string]any{"kid": nil}), invalid},
		{"WeakKey", with(jwt.SigningMethodRS256, "weak", "weak"), invalid},
		{"KeyForEncryption", with(jwt.SigningMethodES256, "forENC", "forENC"), invalid},
		{"KeyForSigning", with(jwt.SigningMethodES256, "forSIGN", "forSIGN"), invalid},
		{"KeyForOtherAlgorithm", with(jwt.SigningMethodPS256, "forRS", "forRS"), invalid},
		{"KeyForThisAlgorithm", with(jwt.SigningMethodRS256, "forRS", "forRS"), taken},
		{"OtherKindOfKey", with(jwt.SigningMethodES256, "ec", "rsa"), invalid},
		{"Critical", header(map[string]any{"crit": []string{"exp"}}), invalid},
		{"NoKind", header(map[string]any{"typ": nil}), taken},
		{"AccessToken", header(map[string]any{"typ": "application/at+JWT"}), taken},
		{"OtherKind", header(map[string]any{"typ": "logout+jwt"}), invalid},
		{"KindOfNumber", header(map[string]any{"typ": 5}), invalid},
		{"KeyInTheHeader", header(map[string]any{"kid": "x", "jku": evil.URL, "x5u": evil.URL}), invalid},
		{"NoIssuer", es(map[string]any{"iss": nil}), invalid},
		{"EmptyIssuer", es(map[string]any{"iss": ""}), invalid},
		{"OtherIssuer", es(map[string]any{"iss": evil.URL}), invalid},
		{"IssuerWithSlash", es(map[string]any{"iss": p.url + "/"}), invalid},
		{"IssuerInCapitals", es(map[string]any{"iss": strings.ToUpper(p.url)}), invalid},
		{"IssuerList", es(map[string]any{"iss": []string{p.url}}), invalid},
		{"IssuerByOtherName", es(map[string]any{"iss": nil, "ISS": p.url}), invalid},
		{"NoAudience", es(map[string]any{"aud": nil}), invalid},
		{"EmptyAudience", es(map[string]any{"aud": ""}), invalid},
		{"NoAudiences", es(map[string]any{"aud": []string{}}), invalid},
		{"OtherAudience", es(map[string]any{"aud": "adsgraph2"}), invalid},
		{"OtherAudiences", es(map[string]any{"aud": []string{"a", "b"}}), invalid},
		{"AudienceNumber", es(map[string]any{"aud": 5}), invalid},
		{"AudienceAmongOthers", es(map[string]any{"aud": []string{"a", "adsgraph"}}), taken},
		{"SecondAudience", es(map[string]any{"aud": "other"}), taken},
		{"Expired", es(map[string]any{"exp": at(-leeway)}), over},
		{"JustNotExpired", es(map[string]any{"exp": at(-leeway + time.Second)}), taken},
		{"ExpiredForAnother", es(map[string]any{"exp": at(-time.Hour), "aud": "x"}), invalid},
		{"NoExpiry", es(map[string]any{"exp": nil}), invalid},
		{"ExpiryZero", es(map[string]any{"exp": 0}), invalid},
		{"ExpiryText", es(map[string]any{"exp": fmt.Sprint(at(time.Hour))}), invalid},
		{"NotYet", es(map[string]any{"nbf": at(leeway + time.Second)}), invalid},
		{"JustNow", es(map[string]any{"nbf": at(leeway)}), taken},
		{"NotYetText", es(map[string]any{"nbf": "x"}), invalid},
		{"IssuedInTheFuture", es(map[string]any{"iat": at(leeway + time.Second)}), invalid},
		{"IssuedJustNow", es(map[string]any{"iat": at(leeway)}), taken},
		{"NoSubject", es(map[string]any{"sub": nil}), invalid},
		{"SubjectByOtherName", es(map[string]any{"sub": nil, "SUB": "anna"}), invalid},
		{"SubjectTwice", es(map[string]any{"sub": "anna", "Sub": "bert"}), taken},
		{"EmptySubject", es(map[string]any{"sub": ""}), invalid},
		{"SubjectNumber", es(map[string]any{"sub": 7}), invalid},
		{"LongSubject", es(map[string]any{"sub": strings.Repeat("a", maxSubject+1)}), invalid},
		{"SubjectWithNUL", es(map[string]any{"sub": "anna\x00"}), invalid},
		{"Large", es(map[string]any{"pad": strings.Repeat("x", 6<<10)}), invalid},
		{"NotSoLarge", es(map[string]any{"pad": strings.Repeat("x", 5<<10)}), taken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := verifierOf(t, c, nil, p.url) // no answer is one of another case
			if tt.message == taken {
				want(t, v, tt.token, "", "")
				return
			}
			want(t, v, tt.token, fault.Unauthenticated, tt.message)
		})
	}
	t.Cleanup(func() {
		if n := elsewhere.Load(); n != 0 {
			t.Errorf("an address out of a token was asked %d times", n)
		}
	})
}

// TestNobody signs in somebody who was given no access, until it is given.
func TestNobody(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	var user, asked int64
	v := verifierOf(t, c, func(config *Config) {
		config.UserOf = func(_ context.Context, issuer, subject string) (int64, error) {
			asked++
			if issuer != p.url || subject != strings.Repeat("b", maxSubject) {
				t.Errorf("asked for %s of %s", subject, issuer)
			}
			return user, nil
		}
	}, p.url)
	text := token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, map[string]any{"sub": strings.Repeat("b", maxSubject)}))
	for range 3 {
		want(t, v, text, fault.Forbidden, "You are signed in, but nobody has given you access yet. Ask an owner of the account to add you.")
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	user = 7
	c.advance(strangerFor)
	want(t, v, text, "", "")
	for range 3 {
		want(t, v, text, "", "")
	}
	if asked != 2 {
		t.Errorf("asked %d times", asked)
	}
	user = 0 // taken away: it is noticed after a minute
	c.advance(knownFor)
	want(t, v, text, fault.Forbidden, "")
}

func TestErrorsOfThePeopleAreNotKept(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	err := error(fault.New(fault.Unavailable, "The database cannot be reached."))
	v := verifierOf(t, c, func(config *Config) {
		config.UserOf = func(context.Context, string, string) (int64, error) { return 7, err }
	}, p.url)
	text := token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, nil))
	if viewer, got := v.Verify(t.Context(), text); fault.CodeOf(got) != fault.Unavailable || viewer.UserID != 0 {
		t.Errorf("got %v %v", viewer, got)
	}
	err = nil
	want(t, v, text, "", "")
}

// TestKnownTokensExpire asks again and again with one token until it expires:
// what is remembered must not outlast it.
func TestKnownTokensExpire(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	v := verifierOf(t, c, nil, p.url)
	text := token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, map[string]any{"exp": c.now().Add(40 * time.Second).Unix()}))
	want(t, v, text, "", "")
	c.advance(40*time.Second + leeway - time.Second)
	want(t, v, text, "", "")
	c.advance(time.Second)
	want(t, v, text, fault.Unauthenticated, over)
	again := token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, map[string]any{"exp": c.now().Add(10 * time.Second).Unix()}))
	want(t, v, again, "", "")
	c.advance(10*time.Second + leeway) // sooner than what is remembered goes
	want(t, v, again, fault.Unauthenticated, over)
}

// TestClientGoes gives up a request while an issuer is asked: it does not wait,
// and the answer is there for the next.
func TestClientGoes(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	p := newProvider(t, k["ec"])
	entered, leave := make(chan struct{}), make(chan struct{})
	p.override["/keys"] = func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
		_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
	}
	v := verifierOf(t, c, nil, p.url)
	text := token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, nil))
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := v.Verify(ctx, text)
		gone <- err
	}()
	<-entered
	cancel()
	if err := <-gone; fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("who went got %v", err)
	}
	close(leave)
	want(t, v, text, "", "") // waits for the same answer, and does not ask again
	if n := p.asked.Load(); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// TestDocuments are an issuer's that are not to be followed or not to be taken.
func TestDocuments(t *testing.T) {
	t.Parallel()
	c, k := newClock(), keyOf()
	for name, change := range map[string]func(p *provider){
		"OtherIssuer": func(p *provider) {
			p.override["/.well-known/openid-configuration"] = func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(map[string]string{"issuer": p.url + "/", "jwks_uri": p.url + "/keys"})
			}
		},
		"KeysInAFile": func(p *provider) {
			p.override["/.well-known/openid-configuration"] = func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(map[string]string{"issuer": p.url, "jwks_uri": "file:///etc/keys"})
			}
		},
		"Redirect": func(p *provider) {
			p.override["/keys"] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/other", http.StatusFound) }
			p.override["/other"] = func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
			}
		},
		"NoKeys": func(p *provider) {
			p.override["/keys"] = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) }
		},
		"NotJSON": func(p *provider) {
			p.override["/keys"] = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }
		},
		"Endless": func(p *provider) {
			p.override["/keys"] = func(w http.ResponseWriter, _ *http.Request) {
				_ = json.NewEncoder(w).Encode(map[string]any{"keys": p.keys})
				_, _ = w.Write(bytes.Repeat([]byte(" "), maxDocument))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, k["ec"])
			change(p)
			want(t, verifierOf(t, c, nil, p.url), token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, nil)), fault.Unavailable, "")
		})
	}
	p := newProvider(t, k["ec"])
	p.keys = append(p.keys, []byte(`{"kty":"oct","kid":"s","k":"AAAA"}`), []byte(`{"kty":"new","kid":5}`), []byte(`[]`), []byte(`{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}`))
	want(t, verifierOf(t, c, nil, p.url), token(t, jwt.SigningMethodES256, k["ec"], nil, good(p.url, c, nil)), "", "")
}

func TestCheckKeysAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		issuer, address string
		ok              bool
	}{
		{"https://login.example.com", "https://login.example.com/keys", true},
		{"https://login.example.com", "https://keys.example.com/", true},
		{"https://login.example.com", "http://login.example.com/keys", false},
		{"https://login.example.com", "http://127.0.0.1/keys", false}, // nobody far away may send us to our own machine
		{"http://127.0.0.1:9000", "http://127.0.0.1:9000/keys", true},
		{"http://127.0.0.1:9000", "http://192.0.2.1/keys", false},
		{"https://login.example.com", "", false},
		{"https://login.example.com", "/keys", false},
		{"https://login.example.com", "https:///keys", false},
		{"https://login.example.com", "file:///etc/keys", false},
	} {
		if err := checkKeysAddress(tt.issuer, tt.address); (err == nil) != tt.ok {
			t.Errorf("%s of %s: %v", tt.address, tt.issuer, err)
		}
	}
}

func TestCheckIssuer(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"https://login.example.com", "https://login.example.com/tenant/", "http://127.0.0.1:9000", "http://localhost:9000/x", "http://[::1]:9000"} {
		if err := CheckIssuer(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{
		"", "login.example.com", "http://login.example.com", "ftp://login.example.com", "https://", "https://u:p@login.example.com",
		"https://login.example.com?x=1", "https://login.example.com?", "https://login.example.com#x", "http://127.0.0.1.example.com", "http://localhost.example.com", "%",
	} {
		if CheckIssuer(name) == nil {
			t.Errorf("%q is taken", name)
		}
	}
	if _, err := NewVerifier(Config{Issuers: []string{"https://login.example.com"}}); err == nil {
		t.Error("no audience is taken")
	}
	if _, err := NewVerifier(Config{Issuers: []string{"http://login.example.com"}, Audiences: []string{"a"}}); err == nil {
		t.Error("a bad issuer is taken")
	}
}

// TestIssuer signs with the key of a file, and is known by its documents and by
// hand.
func TestIssuer(t *testing.T) {
	t.Parallel()
	c := newClock()
	file := filepath.Join(t.TempDir(), "new", "issuer.key")
	var all sync.WaitGroup
	issuers := make([]*Issuer, 8)
	for n := range issuers { // at once, all get one key
		all.Go(func() {
			var err error
			if issuers[n], err = LoadIssuer("", file); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info, err)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := makeKey(file); err != nil { // somebody was quicker
		t.Fatal(err)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, before) {
		t.Errorf("the key was replaced: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Dir(file)); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	served := issuers[0]
	s := httptest.NewServer(served)
	t.Cleanup(s.Close)
	served.Name = s.URL
	far := verifierOf(t, c, nil, s.URL)
	near := verifierOf(t, c, func(config *Config) { config.Development = served })
	for _, i := range issuers {
		i.Name = s.URL
		text, expires, err := i.Sign("anna", "adsgraph", c.now(), time.Hour)
		if err != nil || !expires.Equal(c.now().Add(time.Hour)) {
			t.Fatal(expires, err)
		}
		want(t, far, text, "", "")
		want(t, near, text, "", "")
	}
	stranger, err := NewIssuer(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := stranger.Sign("anna", "adsgraph", c.now(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	want(t, far, text, fault.Unauthenticated, invalid)
	want(t, near, text, fault.Unauthenticated, invalid)
	near.Run(t.Context()) // has nothing to ask for

	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadIssuer("", file); err == nil || !strings.Contains(err.Error(), "others may read it") {
		t.Errorf("a key that others may read: %v", err)
	}
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadIssuer("", file); err == nil || !strings.Contains(err.Error(), "PEM") {
		t.Errorf("what is no key: %v", err)
	}
}
