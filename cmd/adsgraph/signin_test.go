package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"adsgraph/graph"
	"adsgraph/internal/auth"
	"adsgraph/internal/demo"
	"adsgraph/internal/httpd"
	"adsgraph/internal/observe"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// openIssuer serves an OpenID Connect issuer until the test ends.
func openIssuer(t *testing.T) *auth.Issuer {
	t.Helper()
	issuer, err := auth.NewIssuer("")
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(issuer)
	t.Cleanup(s.Close)
	issuer.Name = s.URL
	return issuer
}

// sign returns an issuer's token for a subject.
func sign(t *testing.T, issuer *auth.Issuer, subject string) string {
	t.Helper()
	token, _, err := issuer.Sign(subject, "ads-of-acme", time.Now(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// startServe serves a database to the people of an issuer.
func startServe(t *testing.T, dsn string, issuer *auth.Issuer) (address string) {
	t.Helper()
	return start(t, serveArgs(dsn, issuer)...)
}

func serveArgs(dsn string, issuer *auth.Issuer) []string {
	return []string{"serve", "--database", dsn, "--listen", "127.0.0.1:0", "--issuer", issuer.Name, "--audience", "ads-of-acme"}
}

// know lets a subject of an issuer be user 1.
func know(t *testing.T, dsn string, issuer *auth.Issuer, subject string) {
	t.Helper()
	pgtest.DB(t, dsn).MustExec("INSERT INTO identity (issuer, subject, user_id) VALUES ($1, $2, 1)", issuer.Name, subject)
}

// TestSignIn asks a server as several people.
func TestSignIn(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	issuer, other := openIssuer(t), openIssuer(t)
	know(t, dsn, issuer, "anna")
	know(t, dsn, other, "eve")
	address := startServe(t, dsn, issuer)
	const query = "{ viewer { name } }"
	for _, tt := range []struct {
		name, token string
		status      int
		body        string
	}{
		{"Known", sign(t, issuer, "anna"), 200, "Anna"},
		{"Unknown", sign(t, issuer, "bert"), 403, "Ask an owner of the account to add you."},
		{"OtherIssuer", sign(t, other, "eve"), 401, "The token is not valid."},
	} {
		if status, body := ask(t, address, tt.token, query, nil); status != tt.status || !strings.Contains(body, tt.body) {
			t.Errorf("%s: %d %s", tt.name, status, body)
		}
	}
	// The demo's people are nobody here, whatever the database says.
	signIn, err := newDemoSignIn(filepath.Join(t.TempDir(), "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	db.MustExec("INSERT INTO identity (issuer, subject, user_id) VALUES ($1, 'owner', 1)", demo.Issuer)
	token, _, err := signIn.sign("owner", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if status, body := ask(t, address, token, query, nil); status != 401 {
		t.Errorf("a token of the demo: %d %s", status, body)
	}
	if res := post(t, address, "/demo/token", "", map[string]string{"persona": "owner"}); res.StatusCode != http.StatusNotFound {
		t.Errorf("/demo/token: %d", res.StatusCode)
	}
}

// TestServeNeedsAnIssuer starts the server without a part of what it needs to
// sign people in, or with a wrong one.
func TestServeNeedsAnIssuer(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ args, environment, want string }{
		{"", "", "--issuer"},
		{"--audience a", "", "--issuer"},
		{"--issuer https://login.example.com", "", "--audience"},
		{"--issuer http://login.example.com --audience a", "", "https"},
		{"--issuer login.example.com --audience a", "", "https"},
		{"--audience a", "ADSGRAPH_ISSUERS=https://login.example.com,http://x.example.com", "http://x.example.com"},
		{"--issuer https://login.example.com", "ADSGRAPH_ISSUERS=http://x.example.com", "--audience"},
		{"--issuer " + demo.Issuer + " --audience adsgraph", "", "issuer of the demo"},
		{"--issuer " + demo.Issuer + "/ --audience adsgraph", "", "issuer of the demo"},
		{"--dev-token token-of-anna=1", "", "dev-token"},
	} {
		name, value, _ := strings.Cut(tt.environment, "=")
		getenv := func(asked string) string {
			if asked == name {
				return value
			}
			return ""
		}
		args := append([]string{"serve", "--database", "postgres:///nowhere?host=/nonexistent"}, strings.Fields(tt.args)...)
		if err := run(t.Context(), args, getenv, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: %v, want something of %s", tt.args, tt.environment, err, tt.want)
		}
	}
}

// demoSignsIn asks a small demo as each of its people, with tokens of the
// command and of the server.
func demoSignsIn(t *testing.T, address, dir string) {
	t.Helper()
	if status := get(t, "http://"+address+"/demo/personas"); status != http.StatusOK {
		t.Errorf("/demo/personas: %d", status)
	}
	accounts := map[string]int{"owner": 20, "manager": 3, "analyst": 3, "finance": 3, "viewer": 1, "nobody": 0}
	for _, p := range demo.Personas() {
		var issued struct {
			Token     string    `json:"token"`
			ExpiresAt time.Time `json:"expiresAt"`
		}
		res := post(t, address, "/demo/token", "", map[string]string{"persona": p.Name})
		if err := json.NewDecoder(res.Body).Decode(&issued); err != nil || time.Until(issued.ExpiresAt) < 11*time.Hour {
			t.Fatalf("%s: %d %v %v", p.Name, res.StatusCode, issued, err)
		}
		for _, token := range []string{issued.Token, demoToken(t, dir, p.Name)} {
			status, body := ask(t, address, token, "{ viewer { name advertisers(first: 1) { totalCount } } }", nil)
			if status != 200 || !strings.Contains(body, p.Person) || !strings.Contains(body, fmt.Sprintf(`"totalCount":%d}`, accounts[p.Name])) {
				t.Errorf("%s: %d %s", p.Name, status, body)
			}
		}
		if !strings.Contains(personaTable(), p.Person) {
			t.Errorf("%s is not in the table", p.Person)
		}
	}
	for _, persona := range []string{"root", ""} {
		res := post(t, address, "/demo/token", "", map[string]string{"persona": persona})
		if body, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), "analyst") {
			t.Errorf("%q: %d %s", persona, res.StatusCode, body)
		}
	}
}

// demoToken returns what the command prints for a persona of a demo.
func demoToken(t *testing.T, dir, persona string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if err := run(t.Context(), []string{"token", persona, "--dir", dir}, noEnv, &out, &errs); err != nil {
		t.Fatalf("%v %s", err, &errs)
	}
	return strings.TrimSpace(out.String())
}

func TestTokenCommand(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir := filepath.Join(root, "postgres")
	for _, tt := range []struct{ want, args string }{
		{"owner, manager, analyst, finance, viewer, nobody", ""},
		{"owner, manager, analyst, finance, viewer, nobody", "root"},
		{"viewer", "owner viewer"},
		{"too short", "owner --ttl 0s"},
	} {
		err := run(t.Context(), append([]string{"token", "--dir", dir}, strings.Fields(tt.args)...), noEnv, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want something of %s", tt.args, err, tt.want)
		}
	}
	if names := filesIn(t, root); names != "" {
		t.Errorf("a mistake made %s", names)
	}
	var help bytes.Buffer
	if err := run(t.Context(), []string{"token", "-h"}, noEnv, io.Discard, &help); err == nil || !strings.Contains(help.String(), "CAMPAIGN_MANAGER") {
		t.Errorf("help: %v %s", err, &help)
	}
	demoToken(t, dir, "owner")
	if info, err := os.Stat(filepath.Join(root, "issuer.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v %v", info, err)
	}
}

// TestDemoKnowsItsDatabase starts the demo on a database that is not one of the
// demo: it must not sign in anybody there.
func TestDemoKnowsItsDatabase(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	pgtest.DB(t, dsn).MustExec(`INSERT INTO advertiser (id, name, country, currency, time_zone) VALUES (1, 'Acme', 'US', 'USD', 'America/New_York')`)
	args := []string{"demo", "--size", "small", "--listen", "127.0.0.1:0", "--dir", filepath.Join(t.TempDir(), "postgres"), "--database", dsn}
	if err := run(t.Context(), args, noEnv, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "--fresh") {
		t.Errorf("got %v", err)
	}
}

// TestNoPartOfATokenIsTold sends good and bad tokens full of canaries through
// all that serves, which logs everything it can: none comes out again. It does
// not run beside other tests, for the log is the program's.
func TestNoPartOfATokenIsTold(t *testing.T) { //nolint:paralleltest // as said
	dsn := pgtest.Database(t)
	db := pgtest.DB(t, dsn)
	issuer, other := openIssuer(t), openIssuer(t)
	db.MustExec(`INSERT INTO app_user (id, email, name) VALUES (1, 'a@example.com', 'Anna')`)
	know(t, dsn, issuer, "canary-subject")
	logs := &safeBuffer{}
	before := slog.Default()
	slog.SetDefault(observe.NewLogger(logs, false, slog.LevelDebug))
	t.Cleanup(func() { slog.SetDefault(before) })
	s := store.New(db, time.Now)
	handler, err := graph.NewServer(s, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := auth.NewVerifier(auth.Config{Issuers: []string{issuer.Name}, Audiences: []string{"ads-of-acme"}, UserOf: s.UserByIdentity, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	edge := httpd.Config{
		GraphQL: handler, Verify: verifier.Verify, Ready: s.Ping, Timeout: time.Minute, ExportTimeout: time.Minute,
		Export: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("on purpose") }),
	}
	claims := func(changes map[string]any) map[string]any {
		all := map[string]any{
			"iss": issuer.Name, "sub": "canary-subject", "aud": "ads-of-acme", "exp": time.Now().Add(time.Hour).Unix(),
			"email": "canary@example.com", "name": "Canary Bird", "jti": "canary-id", "nested": map[string]any{"canary": []string{"canary"}},
		}
		maps.Copy(all, changes)
		return all
	}
	signed := func(by *auth.Issuer, changes map[string]any) string {
		text, err := by.SignClaims(claims(changes))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	encode := base64.RawURLEncoding.EncodeToString
	whole := signed(issuer, nil)
	parts := strings.Split(whole, ".")
	header := func(text string) string { return encode([]byte(text)) + "." + parts[1] + "." + parts[2] }
	tokens := map[string]int{
		whole: 200,
		signed(issuer, map[string]any{"sub": "canary-stranger"}): 403,
		signed(other, nil): 401,
		signed(issuer, map[string]any{"iss": "https://canary.example"}):       401,
		signed(issuer, map[string]any{"aud": "canary-audience"}):              401,
		signed(issuer, map[string]any{"exp": 1}):                              401,
		signed(issuer, map[string]any{"exp": "canary"}):                       401,
		signed(issuer, map[string]any{"nbf": "canary"}):                       401,
		signed(issuer, map[string]any{"sub": "canary\x00"}):                   401,
		signed(issuer, map[string]any{"sub": []string{"canary"}}):             401,
		signed(issuer, map[string]any{"pad": strings.Repeat("canary", 2000)}): 401,
		header(`{"alg":"canary"}`):                                            401,
		header(`{"alg":"none","kid":"canary"}`):                               401,
		header(`{"alg":"HS256","kid":"canary"}`):                              401,
		header(`{"alg":"ES256","kid":"canary"}`):                              401,
		header(`{"alg":"ES256","kid":"canary","crit":["canary"]}`):            401,
		header(`{"alg":"ES256","kid":["canary"]}`):                            401,
		header(`canary`): 401,
		parts[0] + "." + encode([]byte("canary")) + "." + parts[2]: 401,
		"canary-correct-horse-battery-staple":                      401,
		"canary!.canary!.canary!":                                  401,
	}
	server := httptest.NewServer(httpd.Handler(edge))
	t.Cleanup(server.Close)
	address := strings.TrimPrefix(server.URL, "http://")
	told := &strings.Builder{}
	for token, want := range tokens {
		for path, want := range map[string]int{"/graphql": want, "/export": max(want, map[int]int{200: 500}[want])} {
			res := post(t, address, path, token, map[string]any{"query": "{ viewer { name } }"})
			if res.StatusCode != want {
				t.Errorf("%s: %d, want %d", token, res.StatusCode, want)
			}
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = fmt.Fprintln(told, res.Header, string(body))
		}
	}
	told.WriteString(logs.String())
	text := strings.ToLower(told.String())
	if !strings.Contains(text, "anna") || !strings.Contains(text, "on purpose") || strings.Count(text, "token refused") < len(tokens) {
		t.Errorf("too little was told: %s", text)
	}
	for _, word := range []string{"canary", "hs256"} {
		if strings.Contains(text, word) {
			t.Errorf("what a token says was told: %s", text)
		}
	}
	for token := range tokens {
		for _, part := range append(strings.Split(token, "."), token) {
			for ; len(part) >= 12; part = part[1:] {
				if strings.Contains(text, strings.ToLower(part[:12])) {
					t.Fatalf("%q of a token was told", part[:12])
				}
			}
		}
	}
	if _, err := verifier.Verify(context.Background(), whole); err != nil {
		t.Error(err)
	}
}
