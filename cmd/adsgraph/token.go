package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"adsgraph/internal/auth"
	"adsgraph/internal/demo"
)

const (
	// demoDir is where the demo's PostgreSQL is, unless it is told otherwise.
	demoDir = ".dev/postgres"
	// demoAudience is the service that the demo's tokens are for.
	demoAudience = "adsgraph"
	// demoTTL is how long they are valid.
	demoTTL = 12 * time.Hour
)

// demoSignIn makes tokens for the people of the demo, for whoever asks: its data
// is made up, and no other server takes them.
type demoSignIn struct{ issuer *auth.Issuer }

// newDemoSignIn signs with the key beside the demo's PostgreSQL, which it makes
// if there is none.
func newDemoSignIn(dir string) (*demoSignIn, error) {
	issuer, err := auth.LoadIssuer(demo.Issuer, demoKey(dir))
	if err != nil {
		return nil, err
	}
	return &demoSignIn{issuer}, nil
}

// demoKey names the file of the key of a demo whose PostgreSQL is in dir.
func demoKey(dir string) string {
	return filepath.Join(filepath.Dir(filepath.Clean(dir)), "issuer.key")
}

// sign returns a token for a persona, and when it expires.
func (d *demoSignIn) sign(persona string, ttl time.Duration) (token string, expires time.Time, err error) {
	return d.issuer.Sign(persona, demoAudience, time.Now(), ttl)
}

// handler answers what the demo's playground and interface sign in with.
func (d *demoSignIn) handler() http.Handler {
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, status int, body any) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body) // the client is gone if this fails
	}
	mux.HandleFunc("GET /demo/personas", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"personas": demo.Personas()})
	})
	mux.HandleFunc("POST /demo/token", func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Persona string `json:"persona"`
		}
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil || !slices.Contains(personaNames(), request.Persona) {
			answer(w, http.StatusBadRequest, map[string]string{
				"message": `Send a JSON object such as {"persona":"analyst"}. The personas are ` + strings.Join(personaNames(), ", ") + ".",
			})
			return
		}
		token, expires, err := d.sign(request.Persona, demoTTL)
		if err != nil {
			answer(w, http.StatusInternalServerError, map[string]string{"message": "The demo cannot sign in."})
			return
		}
		answer(w, http.StatusOK, map[string]any{"token": token, "expiresAt": expires.UTC()})
	})
	return mux
}

func personaNames() []string {
	names := []string{}
	for _, p := range demo.Personas() {
		names = append(names, p.Name)
	}
	return names
}

// personaTable says who can sign in to the demo, a line each.
func personaTable() string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "Persona\tPerson\tRoles\tAccounts")
	for _, p := range demo.Personas() {
		roles := strings.Join(p.Roles, " ")
		if roles == "" {
			roles = "none"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.Name, p.Person, roles, p.Accounts)
	}
	_ = w.Flush() // a string takes everything
	return text.String()
}

// tokenCommand prints a token for one of the demo's people.
func tokenCommand(_ context.Context, args []string, _ func(string) string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("token", flag.ContinueOnError)
	flags.SetOutput(stderr)
	dir := flags.String("dir", demoDir, "`directory` of the demo's PostgreSQL, as adsgraph demo has it; the key is beside it")
	ttl := flags.Duration("ttl", demoTTL, "how long the token is valid")
	flags.Usage = func() {
		_, _ = fmt.Fprintf(stderr, `Usage: adsgraph token PERSONA [flags]

Prints a token for one of the demo's people, which adsgraph demo takes and
adsgraph serve does not:

%s
  curl -H "Authorization: Bearer $(bin/adsgraph token analyst)" ...

`, personaTable())
		flags.PrintDefaults()
	}
	// Flags may stand before the persona and behind it.
	if err := flags.Parse(args); err != nil {
		return err
	}
	persona := flags.Arg(0)
	if flags.NArg() > 0 {
		if err := flags.Parse(flags.Args()[1:]); err != nil {
			return err
		}
	}
	switch {
	case persona == "":
		return fmt.Errorf("for whom? Name a persona: %s", strings.Join(personaNames(), ", "))
	case flags.NArg() > 0:
		return fmt.Errorf("%q is too much: a token is for one persona", flags.Arg(0))
	case *ttl < time.Second:
		return fmt.Errorf("--ttl %s is too short for a token", *ttl)
	case !slices.Contains(personaNames(), persona): // before a key is made
		return fmt.Errorf("the demo has no persona %.40q; choose %s", persona, strings.Join(personaNames(), ", "))
	}
	d, err := newDemoSignIn(*dir)
	if err != nil {
		return err
	}
	token, _, err := d.sign(persona, *ttl)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(stdout, token)
	return err
}
