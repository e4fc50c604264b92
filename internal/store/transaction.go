package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// Request is what every write of an advertiser has: for whom, who must have been
// found to be allowed to, and how it is told from others.
type Request struct {
	Advertiser *ads.Advertiser
	// Key makes the request have one effect however often it is sent; empty for
	// none. Hash tells its input from others.
	Key, Hash string
	// RequestID is that of the request, for the history.
	RequestID string
}

// KeyLife is how long an idempotency key holds.
const KeyLife = 24 * time.Hour

// writer is a write on its way: one transaction, whose statements are counted and
// fenced like every other.
type writer struct {
	Request
	tx  *sqlx.Tx
	now time.Time
}

// claimKey takes a key, unless it was taken within its life.
const claimKey = `-- name: ClaimKey
INSERT INTO idempotency_key AS k (advertiser_id, user_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (advertiser_id, user_id, key) DO UPDATE SET request_hash = excluded.request_hash, outcome = NULL, created_at = excluded.created_at
WHERE k.created_at < $6
RETURNING k.key`

const readKey = `-- name: ReadKey
SELECT k.request_hash, k.outcome FROM idempotency_key AS k WHERE k.advertiser_id = $1 AND k.user_id = $2 AND k.key = $3`

// keepOutcome keeps what became of a request, and forgets keys whose life is over.
const keepOutcome = `-- name: KeepOutcome
WITH forgotten AS (DELETE FROM idempotency_key AS o WHERE o.advertiser_id = $1 AND o.created_at < $5)
UPDATE idempotency_key AS k SET outcome = $4 WHERE k.advertiser_id = $1 AND k.user_id = $2 AND k.key = $3`

// transact makes a write in one transaction, which work does. If the request was
// made before, with the same key, transact returns what became of it then, and
// true. first names the write in errors.
//
// Two writes may wait for each other where one of them goes from an entity up to its
// parent, as the database does for what is new. It ends one of the two, which is
// tried again.
func transact[T any](ctx context.Context, s *Store, r Request, first string, work func(context.Context, *writer) (*T, error)) (outcome *T, isReplay bool, err error) {
	for range transactions {
		outcome, isReplay, err = transactOnce(ctx, s, r, first, work)
		if e := pq.As(err); e == nil || e.Code != deadlock {
			break
		}
	}
	return outcome, isReplay, err
}

// transactions is how often a write is tried that others hold up.
const transactions = 5

const deadlock = "40P01"

func transactOnce[T any](ctx context.Context, s *Store, r Request, first string, work func(context.Context, *writer) (*T, error)) (outcome *T, isReplay bool, err error) {
	if planning(ctx) {
		return nil, false, errPlanning
	}
	w := &writer{Request: r, now: s.now().UTC()}
	ctx = context.WithValue(ctx, fenceKey{}, fence{advertisers: []int64{r.Advertiser.ID}})
	asked := time.Now() //nolint:forbidigo // a duration
	if err := enter(ctx); err != nil {
		return nil, false, wrap(ctx, statement{text: first}, err)
	}
	defer leave(ctx)
	tx, err := s.writers.BeginTxx(ctx, nil)
	waited(ctx, asked)
	if err != nil {
		return nil, false, wrap(ctx, statement{text: first}, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	w.tx = tx
	done, isReplay, err := w.claim(ctx)
	if err != nil {
		return nil, false, err
	}
	if isReplay {
		outcome = new(T)
		if err := json.Unmarshal([]byte(done), outcome); err != nil {
			return nil, false, fmt.Errorf("read the outcome of a key: %w", err)
		}
		return outcome, true, nil
	}
	if outcome, err = work(ctx, w); err != nil {
		return nil, false, err
	}
	if r.Key != "" {
		text, err := json.Marshal(outcome)
		if err != nil {
			return nil, false, fmt.Errorf("keep the outcome: %w", err)
		}
		if err := w.exec(ctx, keepOutcome, r.Advertiser.ID, r.Advertiser.ViewerID, r.Key, string(text), w.now.Add(-KeyLife)); err != nil {
			return nil, false, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, false, wrap(ctx, statement{text: first}, err)
	}
	return outcome, false, nil
}

// exec runs a statement of the transaction.
func (w *writer) exec(ctx context.Context, text string, args ...any) error {
	start, q := time.Now(), statement{text: text} //nolint:forbidigo // a duration
	result, err := w.tx.ExecContext(ctx, text, args...)
	rows := int64(0)
	if err == nil {
		rows, _ = result.RowsAffected()
	}
	report(ctx, "", q, int(rows), start, err)
	if err != nil {
		return wrap(ctx, q, err)
	}
	return nil
}

// query runs a statement of the transaction, and calls scan for each row.
func (w *writer) query(ctx context.Context, text string, scan func(*sqlx.Rows) error, args ...any) (err error) {
	start, q, n := time.Now(), statement{text: text}, 0 //nolint:forbidigo // a duration
	defer func() { report(ctx, "", q, n, start, err) }()
	rows, err := w.tx.QueryxContext(ctx, text, args...)
	if err != nil {
		return wrap(ctx, q, err)
	}
	if n, err = scanAll(rows, scan); err != nil {
		return wrap(ctx, q, err)
	}
	return nil
}

// claim takes the idempotency key. If it was used before for the same request,
// claim returns what became of that; others who send it at the same time wait.
func (w *writer) claim(ctx context.Context) (done string, isReplay bool, err error) {
	if w.Key == "" {
		return "", false, nil
	}
	a, start := w.Advertiser, time.Now() //nolint:forbidigo // a duration
	q := statement{text: claimKey}
	var key string
	err = w.tx.GetContext(ctx, &key, claimKey, a.ID, a.ViewerID, w.Key, w.Hash, w.now, w.now.Add(-KeyLife))
	if errors.Is(err, sql.ErrNoRows) { // taken, which is an answer
		report(ctx, "", q, 0, start, nil)
	} else {
		report(ctx, "", q, 1, start, err)
	}
	switch {
	case err == nil:
		return "", false, nil
	case !errors.Is(err, sql.ErrNoRows):
		return "", false, wrap(ctx, q, err)
	}
	var (
		hash string
		text sql.NullString
	)
	q, start = statement{text: readKey}, time.Now() //nolint:forbidigo // a duration
	err = w.tx.QueryRowContext(ctx, readKey, a.ID, a.ViewerID, w.Key).Scan(&hash, &text)
	report(ctx, "", q, 1, start, err)
	if err != nil {
		return "", false, wrap(ctx, q, err)
	}
	if hash != w.Hash {
		return "", false, fault.New(fault.Conflict, "This idempotency key was used for another request. Make a new key for each change that you want.").In("idempotencyKey")
	}
	return text.String, true, nil
}
