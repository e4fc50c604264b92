package importer_test

import (
	"testing"

	"adsgraph/internal/importer"
	"adsgraph/internal/pgtest"
)

// BenchmarkImport tells the rows of all files per second, into an empty database
// and then of files that restate the last 30 days.
func BenchmarkImport(b *testing.B) {
	w := world{accounts: 4, campaigns: 5, groups: 4, ads: 10, days: 200, viewers: 30}
	dir, later := b.TempDir(), b.TempDir()
	w.write(b, dir)
	w.seed, w.restated = 2, 30
	w.write(b, later)
	var dsn string
	run := func(b *testing.B, dir string, isEmpty bool) {
		b.Helper()
		var rows int64
		for b.Loop() {
			if isEmpty || dsn == "" {
				b.StopTimer()
				dsn = pgtest.Database(b)
				b.StartTimer()
			}
			done, err := importer.Import(b.Context(), pgtest.OpenOwner(b, dsn), options(dir))
			if err != nil {
				b.Fatal(err)
			}
			rows += done.Rows
		}
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	}
	b.Run("empty", func(b *testing.B) { run(b, dir, true) })
	b.Run("again", func(b *testing.B) {
		filled := pgtest.Database(b)
		if _, err := importer.Import(b.Context(), pgtest.OpenOwner(b, filled), options(dir)); err != nil {
			b.Fatal(err)
		}
		dsn = filled
		b.ResetTimer()
		run(b, later, false)
	})
}
