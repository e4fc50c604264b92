package importer_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"adsgraph/internal/importer"
	"adsgraph/internal/pgtest"
	"adsgraph/internal/store"
)

type discard struct{ io.Writer }

func (discard) Close() error { return nil }

func options(paths ...string) *importer.Options {
	return &importer.Options{Paths: paths, TimeZone: "UTC", Rejects: func() (io.WriteCloser, error) { return discard{io.Discard}, nil }}
}

func verify(t *testing.T, dsn string) {
	t.Helper()
	if err := store.Verify(t.Context(), pgtest.DB(t, dsn), func(store.Check) {}); err != nil {
		t.Error(err)
	}
}

func TestWorld(t *testing.T) {
	t.Parallel()
	dsn, dir := pgtest.Database(t), t.TempDir()
	s := pgtest.OpenOwner(t, dsn)
	rows := world{accounts: 2, campaigns: 2, groups: 2, ads: 3, days: 20, viewers: 5}.write(t, dir)
	summary, err := importer.Import(t.Context(), s, options(dir))
	if err != nil {
		t.Fatal(err)
	}
	if summary.Rows != int64(rows) || summary.Different != 0 || summary.Rejects != 0 {
		t.Errorf("%d rows, want %d; %+v %+v", summary.Rows, rows, summary, summary.ImportChanges)
	}
	verify(t, dsn)
	again, err := importer.Import(t.Context(), s, options(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v\n%+v", summary.ImportChanges, again.ImportChanges)
	_ = os.Remove(filepath.Join(dir, "nothing"))
}
