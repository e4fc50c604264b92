package graph

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"adsgraph/graph/operations"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

// acme is the advertiser of the small world that most tests look at.
const acme = 1

// smallDatabase returns the address of a database of its own with the small
// world and, if given, more rows.
func smallDatabase(t testing.TB, more ...string) string {
	t.Helper()
	dsn := pgtest.Database(t)
	text, err := os.ReadFile("testdata/world.sql")
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.DB(t, dsn)
	tx := db.MustBegin()
	tx.MustExec("SET LOCAL timezone = 'UTC'")
	for _, sql := range append([]string{string(text)}, more...) {
		tx.MustExec(sql)
	}
	if err := store.RollUpAll(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return dsn
}

// smallWorld returns a server over a database of its own with the small world.
func smallWorld(t testing.TB, o Options) *world {
	t.Helper()
	return newWorld(t, pgtest.OpenDSN(t, smallDatabase(t)), o)
}

// TestScreens asks every screen of the small world and compares the response,
// and what it cost, with a golden file. Variables are in testdata beside it.
func TestScreens(t *testing.T) {
	t.Parallel()
	w := smallWorld(t, Options{})
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := w.ask(t, o.Text, goldenVariables(t, name))
			if len(a.errors) > 0 {
				t.Fatal(a.sortedErrors())
			}
			golden(t, filepath.Join("testdata", name+".golden"), pretty(t, a.data)+"-- statements --\n"+costs(a)+"\n")
		})
	}
}

// TestMobileScreensAreSmall bounds what the screens of the phone transfer, of an
// account with 250 rows of everything.
func TestMobileScreensAreSmall(t *testing.T) {
	t.Parallel()
	all, err := operations.All()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, pgtest.OpenDSN(t, smallDatabase(t, crowd)), Options{})
	mobile := 0
	for name, o := range all {
		if !strings.HasPrefix(name, "Mobile") {
			continue
		}
		mobile++
		a := w.ask(t, o.Text, goldenVariables(t, name))
		if len(a.errors) > 0 {
			t.Fatal(a.sortedErrors())
		}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(a.data))
		_ = z.Close()
		t.Logf("%s: %d bytes, %d compressed", name, len(a.data), b.Len())
		if b.Len() > 6_000 || len(a.data) > 30_000 {
			t.Errorf("%s has %d bytes, %d compressed", name, len(a.data), b.Len())
		}
	}
	if mobile != 4 {
		t.Errorf("%d screens of the phone", mobile)
	}
}

// goldenVariables returns the variables of a screen in the small world.
func goldenVariables(t testing.TB, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".vars.json"))
	if err != nil {
		t.Fatal(err)
	}
	var variables map[string]any
	if err := json.Unmarshal(text, &variables); err != nil {
		t.Fatal(err)
	}
	return variables
}

func pretty(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(data), "", " "); err != nil {
		t.Fatal(err)
	}
	return b.String() + "\n"
}

// costs lists the statements of an answer, each with how often it ran.
func costs(a answer) string {
	var lines []string
	for _, name := range a.statements() {
		if n := len(lines); n > 0 && strings.HasSuffix(lines[n-1], " "+name) {
			var times int
			_, _ = fmt.Sscan(lines[n-1], &times)
			lines[n-1] = fmt.Sprintf("%d %s", times+1, name)
			continue
		}
		lines = append(lines, "1 "+name)
	}
	return strings.Join(lines, "\n")
}
