package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// partitionedTables are the fact tables, cut by month of their day.
func partitionedTables() []string { return []string{"ad_day", "ad_conversion"} }

// EnsurePartitions makes the monthly partitions of the fact tables that are
// missing, from the month of one instant through the month of another. Call it
// before facts of a new month arrive: a fact without a partition is refused.
func EnsurePartitions(ctx context.Context, tx *sqlx.Tx, from, to time.Time) error {
	first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(to.Year(), to.Month(), 1, 0, 0, 0, 0, time.UTC)
	for month := first; !month.After(last); month = month.AddDate(0, 1, 0) {
		for _, table := range partitionedTables() {
			if _, err := tx.ExecContext(ctx, createPartition(table, month)); err != nil {
				return fmt.Errorf("partition of %s for %s: %w", table, month.Format("2006-01"), err)
			}
		}
	}
	return nil
}

// createPartition returns the statement that makes one month of a table.
func createPartition(table string, month time.Time) string {
	return fmt.Sprintf(`-- name: CreatePartition
CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s
FOR VALUES FROM ('%s') TO ('%s')`,
		table, month.Format("2006_01"), table,
		month.Format(time.DateOnly), month.AddDate(0, 1, 0).Format(time.DateOnly))
}
