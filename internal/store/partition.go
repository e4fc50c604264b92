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
// before facts of a new month arrive: a fact without a partition is refused. Readers
// and writers of other months go on meanwhile; who else makes partitions waits.
func EnsurePartitions(ctx context.Context, tx *sqlx.Tx, from, to time.Time) error {
	first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(to.Year(), to.Month(), 1, 0, 0, 0, 0, time.UTC)
	for month := first; !month.After(last); month = month.AddDate(0, 1, 0) {
		for _, table := range partitionedTables() {
			if err := ensurePartition(ctx, tx, table, month); err != nil {
				return fmt.Errorf("partition of %s for %s: %w", table, month.Format("2006-01"), err)
			}
		}
	}
	return nil
}

// ensurePartition makes one month of a table if it is missing. It is attached, not
// made in place: that would wait for everybody who uses the table.
func ensurePartition(ctx context.Context, tx *sqlx.Tx, table string, month time.Time) error {
	const isThere = `-- name: HasPartition
SELECT to_regclass($1) IS NOT NULL`
	name := table + "_" + month.Format("2006_01")
	var found bool
	if err := tx.GetContext(ctx, &found, isThere, name); err != nil || found {
		return err
	}
	create := "-- name: CreatePartition\nCREATE TABLE " + name + " (LIKE " + table + " INCLUDING ALL)"
	attach := fmt.Sprintf("-- name: AttachPartition\nALTER TABLE %s ATTACH PARTITION %s\nFOR VALUES FROM ('%s') TO ('%s')",
		table, name, month.Format(time.DateOnly), month.AddDate(0, 1, 0).Format(time.DateOnly))
	for _, text := range []string{create, attach} {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}
