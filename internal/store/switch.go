package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// SwitchWrites is the target that stands for every mutation. No field has this
// name.
const SwitchWrites = "WRITES"

// Switch is something that is switched off.
type Switch struct {
	// Target is SwitchWrites, the name of a root field, or the SHA-256 of a
	// document in hex.
	Target string
	// Reason is what clients are told, a sentence, or empty.
	Reason string
	// At is since when.
	At time.Time
}

const switchesOff = `-- name: SwitchesOff
SELECT s.target, s.reason, s.at FROM switch_off AS s ORDER BY s.target`

// Switches returns what is switched off, by target.
func (s *Store) Switches(ctx context.Context) (list []Switch, err error) {
	err = s.each(ctx, statement{text: switchesOff}, func(rows *sqlx.Rows) error {
		var w Switch
		err := rows.Scan(&w.Target, &w.Reason, &w.At)
		list = append(list, w)
		return err
	})
	return list, err
}

const switchOff = `-- name: SwitchOff
INSERT INTO switch_off (target, reason, at) VALUES ($1, $2, $3) ON CONFLICT (target) DO UPDATE SET reason = excluded.reason`

const switchOn = `-- name: SwitchOn
DELETE FROM switch_off WHERE target = $1`

// SwitchOff switches a target off, or changes the reason. The processes find out
// within some seconds.
func SwitchOff(ctx context.Context, db *sqlx.DB, w Switch) error {
	if _, err := db.ExecContext(ctx, switchOff, w.Target, w.Reason, w.At); err != nil {
		return fmt.Errorf("switch %s off: %w", w.Target, err)
	}
	return nil
}

// SwitchOn switches a target on again. It returns false if it was on.
func SwitchOn(ctx context.Context, db *sqlx.DB, target string) (bool, error) {
	result, err := db.ExecContext(ctx, switchOn, target)
	if err != nil {
		return false, fmt.Errorf("switch %s on: %w", target, err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
