package store

import (
	"context"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// What the writes of objects beside the hierarchy share.

// Written is what became of objects that were to be made or changed all or none:
// their ids, in the order of the request, or what is wrong.
type Written struct {
	IDs      []int64
	Problems []ItemProblem
	IsReplay bool `json:"-"` // it had been done before, with the same key
}

// written returns ids unless there are problems.
func written(ids []int64, problems []ItemProblem) *Written {
	if len(problems) > 0 {
		return &Written{IDs: make([]int64, len(ids)), Problems: problems}
	}
	return &Written{IDs: ids}
}

// lockPart lets one write at a time go on of those that must not meet, such as two
// that take roles away, until the transaction ends. What a rule is about, such as
// whether there is another owner, may be a row that is not there to be locked.
const lockPart = `-- name: LockPart
SELECT pg_advisory_xact_lock(hashtextextended($2, $1))`

func (w *writer) lockPart(ctx context.Context, part string) error {
	return w.exec(ctx, lockPart, w.Advertiser.ID, part)
}

// itemProblems makes problems those of the item at an index.
func itemProblems(index int, problems []ads.Problem) []ItemProblem {
	list := make([]ItemProblem, len(problems))
	for i, p := range problems {
		list[i] = ItemProblem{index, p}
	}
	return list
}

// present checks ids that stand in a field of their own: all must be there, and
// none twice. there tells which are.
func present(ids []int64, noun, field string, there func(int64) bool) (problems []ItemProblem) {
	seen := map[int64]bool{}
	for i, id := range ids {
		switch {
		case seen[id]:
			problems = append(problems, ItemProblem{i, ads.Problem{Code: ads.ProblemDuplicate, Field: field, Message: "The same id came before in this request."}})
		case !there(id):
			problems = append(problems, ItemProblem{i, ads.Problem{Code: ads.ProblemNotFound, Field: field, Message: "There is no such " + noun + " in this account."}})
		}
		seen[id] = true
	}
	return problems
}

// ids runs a statement and returns its rows, each an id.
func (w *writer) ids(ctx context.Context, text string, args ...any) (ids []int64, err error) {
	err = w.query(ctx, text, func(rows *sqlx.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, args...)
	return ids, err
}

// ofAccount adds a change of something that is the account's to the history.
func (h *history) ofAccount(a *ads.Advertiser, field string, before, after any) {
	h.levels, h.ids, h.fields = append(h.levels, string(ads.LevelAdvertiser)), append(h.ids, a.ID), append(h.fields, field)
	h.olds, h.nows = append(h.olds, asJSON(before)), append(h.nows, asJSON(after))
}

// roleArray is roles as an argument of a statement.
func roleArray(roles []ads.Role) any {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return pq.Array(names)
}
