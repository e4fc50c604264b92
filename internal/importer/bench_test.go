package importer_test

import (
	"testing"

	"adsgraph/internal/importer"
	"adsgraph/internal/pgtest"
)

// BenchmarkImport tells the rows of all files per second, into an empty database
// and then of files that restate the last 30 days. Year is what docs/import.md
// measures with.
func BenchmarkImport(b *testing.B) {
	for name, w := range map[string]world{
		"Small": {accounts: 4, campaigns: 5, groups: 4, ads: 10, days: 200, viewers: 30},
		"Year":  {accounts: 10, campaigns: 12, groups: 4, ads: 14, days: 365, viewers: 61},
	} {
		b.Run(name, func(b *testing.B) {
			dir, later := b.TempDir(), b.TempDir()
			w.write(b, dir)
			w.seed, w.restated = 2, 30
			w.write(b, later)
			load := func(b *testing.B, dsn, dir string) int64 {
				b.Helper()
				done, err := importer.Import(b.Context(), pgtest.OpenOwner(b, dsn), options(dir))
				if err != nil {
					b.Fatal(err)
				}
				return done.Rows
			}
			measure := func(b *testing.B, dir string, prepare func(dsn string)) {
				b.Helper()
				var rows int64
				for b.Loop() {
					b.StopTimer()
					dsn := pgtest.Database(b)
					prepare(dsn)
					b.StartTimer()
					rows += load(b, dsn, dir)
				}
				b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
			}
			b.Run("Empty", func(b *testing.B) { measure(b, dir, func(string) {}) })
			b.Run("Restated", func(b *testing.B) { measure(b, later, func(dsn string) { load(b, dsn, dir) }) })
		})
	}
}
