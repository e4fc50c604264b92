package pgtest

import (
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var demos struct { //nolint:gochecknoglobals // one per test program
	sync.Mutex
	ready map[string]string
}

// Demo returns the address of a database with demo data of a size, as of
// Present. It is filled once per test program, by the real command; tests that
// share it must not write.
func Demo(t testing.TB, size string) string {
	t.Helper()
	return filled(t, size, "shared")
}

// OwnDemo returns the address of such a database that the test may change.
func OwnDemo(t testing.TB, size string) string {
	t.Helper()
	filled(t, size, "original")
	return Clone(t, demoName(size, "original"))
}

func demoName(size, copied string) string { return named("demo_" + size + "_" + copied) }

// filled returns the address of one of the databases with demo data: the one
// that tests share, or the one that they copy, to which nobody connects.
func filled(t testing.TB, size, copied string) string {
	t.Helper()
	start(t)
	demos.Lock()
	defer demos.Unlock()
	name := demoName(size, copied)
	if address, ok := demos.ready[name]; ok {
		return address
	}
	Create(t, name, Template())
	address := Address(t, name)
	program := filepath.Join(t.TempDir(), "adsgraph")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "adsgraph/cmd/adsgraph").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	seed := exec.CommandContext(t.Context(), program, "seed", "--size", size, "--as-of", Present.Format(time.RFC3339), "--database", address)
	if out, err := seed.CombinedOutput(); err != nil {
		t.Fatalf("seed: %v\n%s", err, out)
	}
	if demos.ready == nil {
		demos.ready = map[string]string{}
	}
	demos.ready[name] = address
	return address
}
