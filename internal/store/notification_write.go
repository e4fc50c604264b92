package store

import (
	"context"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

const lockNotifications = `-- name: LockNotifications
SELECT n.id FROM notification AS n WHERE n.advertiser_id = $1 AND n.id = ANY($2) AND n.type = ANY($3) ORDER BY n.id FOR UPDATE`

const markNotifications = `-- name: MarkNotifications
UPDATE notification AS n SET state = $3 WHERE n.advertiser_id = $1 AND n.id = ANY($2) AND n.state <> $3`

// MarkNotifications sets the state of notifications that the viewer may see, all or
// none.
func (s *Store) MarkNotifications(ctx context.Context, r Request, ids []int64, state ads.NotificationState) (*Written, error) {
	outcome, _, err := transact(ctx, s, r, markNotifications, func(ctx context.Context, w *writer) (*Written, error) {
		found, err := w.ids(ctx, lockNotifications, w.Advertiser.ID, pq.Array(ids), pq.Array(w.Advertiser.NotificationTypes()))
		if err != nil {
			return nil, err
		}
		there := make(map[int64]bool, len(found))
		for _, id := range found {
			there[id] = true
		}
		if problems := present(ids, "notification", "", func(id int64) bool { return there[id] }); problems != nil {
			return written(ids, problems), nil
		}
		return written(ids, nil), w.exec(ctx, markNotifications, w.Advertiser.ID, pq.Array(ids), string(state))
	})
	return outcome, err
}

const lockRecommendations = `-- name: LockRecommendations
SELECT n.id, n.type, n.state FROM recommendation AS n WHERE n.advertiser_id = $1 AND n.id = ANY($2) ORDER BY n.id FOR UPDATE`

const markRecommendations = `-- name: MarkRecommendations
UPDATE recommendation AS n SET state = $3 WHERE n.advertiser_id = $1 AND n.id = ANY($2)`

// MarkRecommendations sets the state of recommendations, all or none, with the
// history.
func (s *Store) MarkRecommendations(ctx context.Context, r Request, ids []int64, state ads.RecommendationState) (*Written, error) {
	type advice struct {
		kind  ads.RecommendationType
		state ads.RecommendationState
	}
	outcome, _, err := transact(ctx, s, r, markRecommendations, func(ctx context.Context, w *writer) (*Written, error) {
		stored := make(map[int64]advice, len(ids))
		err := w.query(ctx, lockRecommendations, func(rows *sqlx.Rows) error {
			var (
				id int64
				x  advice
			)
			err := rows.Scan(&id, &x.kind, &x.state)
			stored[id] = x
			return err
		}, w.Advertiser.ID, pq.Array(ids))
		if err != nil {
			return nil, err
		}
		problems := present(ids, "recommendation", "", func(id int64) bool { _, ok := stored[id]; return ok })
		if problems != nil {
			return written(ids, problems), nil
		}
		var (
			h       history
			changed []int64
		)
		for i, id := range ids {
			x := stored[id]
			if broken := ads.CheckAdvice(x.state, state); broken != nil {
				problems = append(problems, itemProblems(i, broken)...)
				continue
			}
			if x.state == state {
				continue
			}
			changed = append(changed, id)
			value := func(state ads.RecommendationState) map[string]any {
				return map[string]any{"id": ads.Ref{Level: ads.LevelRecommendation, Advertiser: w.Advertiser.ID, ID: id}.String(), "type": x.kind, "state": state}
			}
			h.ofAccount(w.Advertiser, "recommendations", value(x.state), value(state))
		}
		if problems != nil || changed == nil {
			return written(ids, problems), nil
		}
		if err := w.exec(ctx, markRecommendations, w.Advertiser.ID, pq.Array(changed), string(state)); err != nil {
			return nil, err
		}
		return written(ids, nil), w.tell(ctx, h, w.source(len(changed)))
	})
	return outcome, err
}
