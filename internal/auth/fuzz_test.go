package auth

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"adsgraph/internal/fault"
)

// FuzzVerify never panics and never takes anything: no token here is signed with
// the right key.
func FuzzVerify(f *testing.F) {
	c, k := newClock(), keyOf()
	issuer, err := NewIssuer("https://login.example.com")
	if err != nil {
		f.Fatal(err)
	}
	v := verifierOf(f, c, func(config *Config) { config.Development = issuer })
	forger := k["ec"]
	forger.id = issuer.id
	forged := token(f, jwt.SigningMethodES256, forger, nil, good(issuer.Name, c, nil))
	f.Add(forged)
	f.Add(token(f, jwt.SigningMethodES256, forger, map[string]any{"kid": nil}, good(issuer.Name, c, nil)))
	f.Add(token(f, jwt.SigningMethodRS256, pair{id: issuer.id, private: k["rsa"].private}, nil, good(issuer.Name, c, nil)))
	parts := strings.Split(forged, ".")
	encode := base64.RawURLEncoding.EncodeToString
	f.Add(encode([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".")
	f.Add(encode([]byte(`{"alg":"ES256","kid":"`+issuer.id+`"}`)) + "." + parts[1] + "." + encode(make([]byte, 64)))
	f.Add(encode([]byte(`{"alg":null,"kid":[]}`)) + "." + encode([]byte(`{"iss":{},"aud":[1],"exp":1e400}`)) + ".AA")
	f.Add(encode([]byte(`null`)) + "." + encode([]byte(`null`)) + ".")
	f.Add("..")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		viewer, err := v.Verify(t.Context(), text)
		if err == nil || viewer != (Viewer{}) || fault.CodeOf(err) != fault.Unauthenticated {
			t.Errorf("%q: %v %v", text, viewer, err)
		}
	})
}

// FuzzNewKey reads keys as an issuer might publish them: it never panics, and
// takes none but public ones that fit an algorithm.
func FuzzNewKey(f *testing.F) {
	for _, k := range keyOf() {
		f.Add([]byte(k.published(f)))
	}
	f.Add([]byte(`{"kty":"oct","k":"AAAA"}`))
	f.Add([]byte(`{"kty":"OKP","crv":"X25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`))
	f.Add([]byte(`{"kty":"RSA","n":"AQ","e":"","d":"AQ","x5c":["AA"]}`))
	f.Add([]byte(`{"kty":"EC","crv":"P-256","x":"","y":"","x5u":"https://x.example"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		k, ok := newKey(text)
		if !ok {
			return
		}
		for _, algorithm := range []string{"none", "HS256", ""} {
			if k.fits(algorithm) {
				t.Errorf("%s fits %q", text, algorithm)
			}
		}
		for _, method := range []jwt.SigningMethod{jwt.SigningMethodES256, jwt.SigningMethodRS256, jwt.SigningMethodPS256, jwt.SigningMethodEdDSA} {
			if k.fits(method.Alg()) && method.Verify("x", make([]byte, 64), k.public) == nil {
				t.Errorf("%s verifies nothing at all", text)
			}
		}
	})
}
