package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"adsgraph/internal/ads"
)

// SavedID is the id of a view that was saved, changed or thrown away, 0 if
// anything is wrong.
type SavedID struct {
	ID       int64
	Problems []ads.Problem
	IsReplay bool `json:"-"` // it had been made before, with the same key
}

const viewClash = `-- name: SavedViewClash
SELECT v.id FROM saved_view AS v WHERE v.advertiser_id = $1 AND v.user_id = $2 AND v.screen = $3 AND v.name = $4 AND v.id <> $5`

const insertView = `-- name: InsertSavedView
INSERT INTO saved_view AS v (advertiser_id, user_id, screen, name, spec, is_shared, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING v.id`

const lockView = `-- name: LockSavedView
SELECT v.screen, v.name, v.spec, v.is_shared FROM saved_view AS v WHERE v.advertiser_id = $1 AND v.user_id = $2 AND v.id = $3 FOR UPDATE`

// A view that is so already stays as old as it is.
const updateView = `-- name: UpdateSavedView
UPDATE saved_view AS v SET name = $4, spec = $5::jsonb, is_shared = $6, updated_at = $7
WHERE v.advertiser_id = $1 AND v.user_id = $2 AND v.id = $3 AND (v.name, v.spec, v.is_shared) IS DISTINCT FROM ($4, $5::jsonb, $6)`

const deleteView = `-- name: DeleteSavedView
DELETE FROM saved_view AS v WHERE v.advertiser_id = $1 AND v.user_id = $2 AND v.id = $3 RETURNING v.id`

// viewsPart is what writes of the names of views lock.
const viewsPart = "saved views"

// CreateSavedView saves a view as the viewer's own.
func (s *Store) CreateSavedView(ctx context.Context, r Request, v ads.SavedView) (*SavedID, error) {
	outcome, isReplay, err := transact(ctx, s, r, insertView, func(ctx context.Context, w *writer) (*SavedID, error) {
		if problems, err := w.viewClash(ctx, v, 0); err != nil || problems != nil {
			return &SavedID{Problems: problems}, err
		}
		ids, err := w.ids(ctx, insertView, w.Advertiser.ID, w.Advertiser.ViewerID, v.Screen, v.Name, string(v.Spec), v.IsShared, w.now)
		if err != nil {
			return nil, err
		}
		return &SavedID{ID: ids[0]}, nil
	})
	if err != nil {
		return nil, err
	}
	outcome.IsReplay = isReplay
	return outcome, nil
}

// UpdateSavedView changes a view of the viewer's own.
func (s *Store) UpdateSavedView(ctx context.Context, r Request, id int64, p ads.ViewPatch) (*SavedID, error) {
	outcome, _, err := transact(ctx, s, r, updateView, func(ctx context.Context, w *writer) (*SavedID, error) {
		var (
			v     ads.SavedView
			found bool
		)
		err := w.query(ctx, lockView, func(rows *sqlx.Rows) error {
			found = true
			return rows.Scan(&v.Screen, &v.Name, &v.Spec, &v.IsShared)
		}, w.Advertiser.ID, w.Advertiser.ViewerID, id)
		if err != nil {
			return nil, err
		}
		if !found {
			return &SavedID{Problems: noSuchView()}, nil
		}
		v, problems := v.Apply(p)
		if problems != nil {
			return &SavedID{Problems: problems}, nil
		}
		if problems, err := w.viewClash(ctx, v, id); err != nil || problems != nil {
			return &SavedID{Problems: problems}, err
		}
		err = w.exec(ctx, updateView, w.Advertiser.ID, w.Advertiser.ViewerID, id, v.Name, string(v.Spec), v.IsShared, w.now)
		return &SavedID{ID: id}, err
	})
	return outcome, err
}

// viewClash returns a problem if another view of the viewer has the name.
func (w *writer) viewClash(ctx context.Context, v ads.SavedView, id int64) ([]ads.Problem, error) {
	if err := w.lockPart(ctx, viewsPart); err != nil {
		return nil, err
	}
	ids, err := w.ids(ctx, viewClash, w.Advertiser.ID, w.Advertiser.ViewerID, v.Screen, v.Name, id)
	if err != nil || ids == nil {
		return nil, err
	}
	return []ads.Problem{ads.NameTaken("name", "view of yours for the screen")}, nil
}

// DeleteSavedView throws a view of the viewer's own away.
func (s *Store) DeleteSavedView(ctx context.Context, r Request, id int64) (*SavedID, error) {
	outcome, _, err := transact(ctx, s, r, deleteView, func(ctx context.Context, w *writer) (*SavedID, error) {
		gone, err := w.ids(ctx, deleteView, w.Advertiser.ID, w.Advertiser.ViewerID, id)
		switch {
		case err != nil:
			return nil, err
		case gone == nil:
			return &SavedID{Problems: noSuchView()}, nil
		}
		return &SavedID{ID: id}, nil
	})
	return outcome, err
}

func noSuchView() []ads.Problem {
	return []ads.Problem{{Code: ads.ProblemNotFound, Field: "id", Message: "You have no such saved view in this account."}}
}
