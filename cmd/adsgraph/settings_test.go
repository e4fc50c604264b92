package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"adsgraph/internal/pgtest"
	"adsgraph/internal/settings"
)

// wrong holds a wrong value of every setting. What it is for a list is one item.
var wrong = map[string]string{
	"database": "postgres://h:port/db", "connections": "1", "listen": "8080", "timeout": "0s", "exports": "0", "export-timeout": "0s",
	"drain-delay": "-1s", "row-security": "maybe", "issuer": "http://login.example.com", "audience": "two words",
	"allow-origin": "https://*.example.com", "trusted-documents": "closed", "documents": "/nonexistent/documents",
	"document-use": "/nonexistent/use.json", "automatic-persisted-queries": "1.5", "flags": "/nonexistent/flags.yaml", "limits": "strict", "limit": "depth=0",
	"playground": "open", "private": "0.0.0.0:6060", "traces": "collector:4318", "trace-ratio": "NaN", "slow": "-1s", "replica": "postgres://h:port/db", "pooler": "statement", "direct-database": "postgres://h:port/db", "log-level": "loud", "log-json": "xml",
}

// least is what serve cannot do without.
var least = []string{"--issuer", "https://login.example.com", "--audience", "adsgraph", "--database", "postgres://h/db"}

// TestEverySettingIsChecked says something wrong of each setting, by a flag, the
// environment and the file, and then of all at once.
func TestEverySettingIsChecked(t *testing.T) {
	t.Parallel()
	all := (&config{}).settings()
	check := func(env map[string]string, file string, args ...string) error {
		if file != "" {
			path := filepath.Join(t.TempDir(), "all.yaml")
			if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, "--config", path)
		}
		return run(t.Context(), append([]string{"config", "--check"}, args...), func(name string) string { return env[name] }, io.Discard, io.Discard)
	}
	if err := check(nil, "", least...); err != nil {
		t.Fatal(err)
	}
	var file strings.Builder
	for _, s := range all {
		value, ok := wrong[s.Name]
		if !ok {
			t.Errorf("no wrong value of %s", s.Name)
			continue
		}
		inFile := fmt.Sprintf("%q", value)
		if strings.HasPrefix(s.Default(), "[") {
			inFile = "[" + inFile + "]"
		}
		fmt.Fprintf(&file, "%s: %s\n", s.Name, inFile)
		without := slices.Clone(least)
		if i := slices.Index(without, "--"+s.Name); i >= 0 {
			without = slices.Delete(without, i, i+2)
		}
		for source, err := range map[string]error{
			"--" + s.Name: check(nil, "", append(without, "--"+s.Name+"="+value)...),
			s.Env:         check(map[string]string{s.Env: value}, "", without...),
			"all.yaml:1":  check(nil, s.Name+": "+inFile, without...),
		} {
			problems, _ := errors.AsType[settings.WrongError](err)
			if len(problems) != 1 || problems[0].Name != s.Name || problems[0].Source != source || !strings.Contains(problems[0].Message, s.Allowed) {
				t.Errorf("%s by %s: %v", s.Name, source, err)
			}
		}
	}
	err := check(nil, file.String())
	problems, _ := errors.AsType[settings.WrongError](err)
	if len(problems) != len(all) {
		t.Errorf("%d of %d problems: %v", len(problems), len(all), err)
	}
	for _, tt := range []struct {
		says string
		args []string
	}{
		{"nobody could sign in", []string{"--database", "postgres://h/db"}},
		{"no database", least[:4]},
		{"choose one", append(slices.Clone(least), "--automatic-persisted-queries", "--trusted-documents", "require")},
		{"behind the flags", append(slices.Clone(least), "more")},
		{"there is no such setting", append(slices.Clone(least), "--limit", "nonsense=1")[:6]},
	} {
		file := ""
		if strings.HasPrefix(tt.says, "there") {
			file = "nonsense: 1"
		}
		if err := check(nil, file, tt.args...); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%v: %v, want %q", tt.args, err, tt.says)
		}
	}
}

// TestTheExampleIsRight loads the file that is delivered, and what config prints
// of it.
func TestTheExampleIsRight(t *testing.T) {
	t.Parallel()
	env := func(name string) string { return map[string]string{"DATABASE_URL": "postgres://u:pw@h/db"}[name] }
	var first, second bytes.Buffer
	if err := run(t.Context(), []string{"config", "--config", "../../deploy/adsgraph.yaml"}, env, &first, io.Discard); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "printed.yaml")
	if err := os.WriteFile(path, first.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), []string{"config", "--config", path}, env, &second, io.Discard); err != nil {
		t.Fatal(err)
	}
	bare := func(b *bytes.Buffer) (lines []string) {
		for line := range strings.Lines(b.String()) {
			line, _, _ = strings.Cut(line, " #")
			lines = append(lines, line)
		}
		return lines
	}
	if got, want := bare(&second), bare(&first); !slices.Equal(got, want) || !strings.Contains(first.String(), "drain-delay: 5s # adsgraph.yaml:") {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPasswordsAreNotShown runs commands with a password in the address of the
// database, which cannot be read, or not be reached, and looks for it in all that
// is written.
func TestPasswordsAreNotShown(t *testing.T) {
	t.Parallel()
	const canary = "Canary"
	for _, address := range []string{
		"postgres://u:Canary@127.0.0.1:1/db?connect_timeout=1", "host=127.0.0.1 port=1 password='Canary' connect_timeout=1",
		"postgres://u:Canary@h:port/db", "postgres://u:a#Canary@h/db", "host=h password='Canary",
	} {
		env := func(name string) string { return map[string]string{"DATABASE_URL": address}[name] }
		path := filepath.Join(t.TempDir(), "a.yaml")
		if err := os.WriteFile(path, fmt.Appendf(nil, "database: %q\nlisten: 127.0.0.1:0\n", address), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			append([]string{"config"}, least[:4]...), append([]string{"serve"}, least[:4]...),
			{"serve", "-h"},
			{"migrate", "-h"},
			{"migrate"},
			{"doctor"},
			{"demo", "--dir", t.TempDir()},
			append([]string{"config", "--config", path}, least[:4]...), append([]string{"serve", "--database", address}, least[:4]...),
		} {
			var out, errs bytes.Buffer
			err := run(t.Context(), args, env, &out, &errs)
			if text := fmt.Sprint(&out, &errs, err); strings.Contains(text, canary) || len(text) < 10 {
				t.Errorf("%v with %s: %s", args, address, text)
			}
			if args[0] != "config" && err == nil {
				t.Errorf("%v with %s succeeded", args, address)
			}
		}
	}
}

// TestVersion prints what the program is.
func TestVersion(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(t.Context(), []string{"version"}, noEnv, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"adsgraph ", "\nrevision ", "\ngo       go1.", "\nschema   "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in %s", want, &out)
		}
	}
}

// TestDoctor examines a fresh database, and one without a right.
func TestDoctor(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	var out bytes.Buffer
	doctor := func(args ...string) error {
		out.Reset()
		return run(t.Context(), append([]string{"doctor", "--database", dsn}, args...), noEnv, &out, io.Discard)
	}
	if err := doctor("--only", "objects", "--only", "row security"); err != nil || !strings.Contains(out.String(), "ok    objects ") {
		t.Errorf("%v\n%s", err, &out)
	}
	pgtest.DB(t, dsn).MustExec("REVOKE SELECT ON campaign FROM adsgraph_reader")
	if err := doctor("--json", "--only", "row security"); !errors.Is(err, errUnwell) || !strings.Contains(out.String(), `{"check":"row security","health":"fail","detail":"adsgraph_reader lacks SELECT on campaign","do":"run adsgraph migrate`) {
		t.Errorf("%v\n%s", err, &out)
	}
}

// TestNewerDatabase starts a server on a database that a newer one has migrated,
// which it has to serve while that takes over; it may not migrate it.
func TestNewerDatabase(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Database(t)
	pgtest.DB(t, dsn).MustExec("INSERT INTO goose_db_version (version_id, is_applied) SELECT max(version_id) + 1, true FROM goose_db_version")
	address := startServe(t, dsn, openIssuer(t))
	if status := get(t, "http://"+address+"/readyz"); status != 200 {
		t.Errorf("/readyz: %d", status)
	}
	if err := run(t.Context(), []string{"migrate", "--database", dsn}, noEnv, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "migrate with the program that made it so") {
		t.Errorf("migrate: %v", err)
	}
}

// TestOperationsListsTheSettings compares the table of docs/operations.md with the
// declaration. UPDATE_GOLDEN=1 writes it.
func TestOperationsListsTheSettings(t *testing.T) {
	t.Parallel()
	const path, begin, end = "../../docs/operations.md", "<!-- settings: made by TestOperationsListsTheSettings -->\n", "<!-- end of settings -->"
	var table strings.Builder
	table.WriteString("| flag and key | environment | default | what it is | allowed | SIGHUP |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, s := range (&config{}).settings() {
		reloads := ""
		if s.Reloads() {
			reloads = "yes"
		}
		fmt.Fprintf(&table, "| `%s` | `%s` | `%s` | %s | %s | %s |\n", s.Name, s.Env, s.Default(), strings.ReplaceAll(s.Usage, "`", ""), s.Allowed, reloads)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	found, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("the page has no table of settings")
	}
	if found == table.String() {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatal("the table is not that of the settings: UPDATE_GOLDEN=1 go test -run TestOperations ./cmd/adsgraph writes it")
	}
	if err := os.WriteFile(path, []byte(before+begin+table.String()+end+after), 0o600); err != nil {
		t.Fatal(err)
	}
}
