package devpg

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFindNewestFirst(t *testing.T) {
	dir := t.TempDir()
	for version, complete := range map[string]bool{"9.6": true, "16": true, "17": false, "18": true} {
		bin := filepath.Join(dir, version, "bin")
		if err := os.MkdirAll(bin, 0o755); err != nil {
			t.Fatal(err)
		}
		programs := []string{"postgres"}
		if complete {
			programs = append(programs, "initdb")
		}
		for _, name := range programs {
			script := "#!/bin/sh\necho 'postgres (PostgreSQL) " + version + ".1 (Test)'\n"
			if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Setenv("PATH", filepath.Join(dir, "16", "bin")) // found twice, used once

	all := find(t.Context(), []string{filepath.Join(dir, "*", "bin")})
	var got []int
	for _, p := range fit(all) {
		got = append(got, p.version)
	}
	if len(got) != 3 || got[0] != 18 || got[1] != 16 || got[2] != 16 {
		t.Errorf("versions %v, want 18, 16, 16", got)
	}

	for made, want := range map[int]int{0: 18, 16: 16, 18: 18} {
		if p, err := choose(fit(all), made, "data"); err != nil || p.version != want {
			t.Errorf("for data of version %d: %d, %v, want %d", made, p.version, err, want)
		}
	}
	_, err := choose(fit(all), 17, "some/data")
	wantError(t, err, "some/data was made by PostgreSQL 17", "18, 16", "install version 17")

	wantError(t, missing(nil), "apt-get install", "dnf install", "brew install", "DATABASE_URL")
	wantError(t, missing(all[len(all)-1:]), "version 9 in "+dir)
}
