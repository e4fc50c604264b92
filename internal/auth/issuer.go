package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/MicahParks/jwkset"
	"github.com/golang-jwt/jwt/v5"
)

// Issuer signs tokens itself: the demo's, and those of tests. It is an OpenID
// Connect issuer as far as this program looks at one; nobody signs in there.
type Issuer struct {
	// Name is what its tokens say they come from.
	Name    string
	id      string
	private *ecdsa.PrivateKey
}

// NewIssuer makes an issuer with a new key.
func NewIssuer(name string) (*Issuer, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return issuerOf(name, private)
}

func issuerOf(name string, private *ecdsa.PrivateKey) (*Issuer, error) {
	public, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("read the public key: %w", err)
	}
	hash := sha256.Sum256(public)
	return &Issuer{Name: name, id: base64.RawURLEncoding.EncodeToString(hash[:12]), private: private}, nil
}

// LoadIssuer makes an issuer with the key of a file, which is made, for its
// owner alone, if there is none.
func LoadIssuer(name, file string) (*Issuer, error) {
	private, err := readKey(file)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(file); err != nil {
			return nil, fmt.Errorf("make the key %s: %w", file, err)
		}
		private, err = readKey(file)
	}
	if err != nil {
		return nil, fmt.Errorf("read the key %s (delete it to get another): %w", file, err)
	}
	return issuerOf(name, private)
}

func readKey(file string) (*ecdsa.PrivateKey, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others may read it (mode %04o)", info.Mode().Perm())
	}
	text, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names it
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("it is not PEM")
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	private, ok := parsed.(*ecdsa.PrivateKey)
	if !ok || private.Curve != elliptic.P256() {
		return nil, errors.New("it is not a key for ES256")
	}
	return private, nil
}

// makeKey writes a new key. The file appears when it is whole, and the first of
// several that are made at once stays.
func makeKey(file string) error {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // PostgreSQL's user has to get through
		return err
	}
	partial, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(partial.Name()) }()
	err = pem.Encode(partial, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := errors.Join(err, partial.Close()); err != nil {
		return err
	}
	if err := os.Link(partial.Name(), file); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// Sign returns a token for a subject and an audience, issued now and valid for
// so long.
func (i *Issuer) Sign(subject, audience string, now time.Time, valid time.Duration) (token string, expires time.Time, err error) {
	expires = now.Add(valid).Truncate(time.Second)
	token, err = i.SignClaims(map[string]any{"iss": i.Name, "sub": subject, "aud": audience, "iat": now.Unix(), "exp": expires.Unix()})
	return token, expires, err
}

// SignClaims returns a token with just these claims.
func (i *Issuer) SignClaims(claims map[string]any) (string, error) {
	t := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.MapClaims(claims))
	t.Header["kid"] = i.id
	return t.SignedString(i.private)
}

func (i *Issuer) publicKey() key {
	return key{id: i.id, algorithm: "ES256", public: &i.private.PublicKey}
}

// ServeHTTP answers as an OpenID Connect issuer does at its address: with its
// description and its keys.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var document any
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		document = map[string]string{"issuer": i.Name, "jwks_uri": i.Name + "/keys"}
	case "/keys":
		k, err := jwkset.NewJWKFromKey(&i.private.PublicKey, jwkset.JWKOptions{Metadata: jwkset.JWKMetadataOptions{
			ALG: jwkset.AlgES256, KID: i.id, USE: jwkset.UseSig,
		}})
		if err != nil {
			http.Error(w, "no key", http.StatusInternalServerError)
			return
		}
		document = map[string]any{"keys": []jwkset.JWKMarshal{k.Marshal()}}
	default:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(document) // the client is gone if this fails
}
