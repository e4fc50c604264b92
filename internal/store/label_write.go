package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// LabelText is a label to be made, or to be renamed.
type LabelText struct {
	// ID is 0 for one to be made.
	ID int64
	// Type is empty for one to be renamed.
	Type  ads.LabelType
	Value string
}

// labelClashes tells which texts are taken, by a stored label or by an earlier one of
// the request; the database knows what differs in case only. $2 is the ids, 0 for
// new ones.
const labelClashes = `-- name: LabelClashes
SELECT u.n FROM unnest($2::bigint[], $3::text[], $4::text[]) WITH ORDINALITY AS u (id, type, value, n)
WHERE EXISTS (SELECT FROM label AS l WHERE l.advertiser_id = $1 AND l.type = u.type AND lower(l.value) = lower(u.value) AND l.id <> u.id)
  OR EXISTS (SELECT FROM unnest($2::bigint[], $3::text[], $4::text[]) WITH ORDINALITY AS e (id, type, value, n)
    WHERE e.n < u.n AND e.type = u.type AND lower(e.value) = lower(u.value))`

// The ids are those of the rows in their order, since they are counted up.
const insertLabels = `-- name: InsertLabels
INSERT INTO label AS l (advertiser_id, type, value, created_at)
SELECT $1, u.type, u.value, $4 FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS u (type, value, n) ORDER BY u.n
RETURNING l.id`

const lockLabels = `-- name: LockLabels
SELECT l.id, l.type, l.value FROM label AS l WHERE l.advertiser_id = $1 AND l.id = ANY($2) ORDER BY l.id FOR UPDATE`

const renameLabels = `-- name: RenameLabels
UPDATE label AS l SET value = u.value FROM unnest($2::bigint[], $3::text[]) AS u (id, value) WHERE l.advertiser_id = $1 AND l.id = u.id`

// labelsPart is what writes of the texts of labels lock.
const labelsPart = "labels"

// clashes adds the problems of texts that are taken.
func (w *writer) clashes(ctx context.Context, labels []LabelText, problems []ItemProblem) ([]ItemProblem, error) {
	wrong := map[int]bool{}
	for _, p := range problems {
		wrong[p.Index] = true
	}
	var (
		ids           []int64
		types, values []string
		places        []int
	)
	for i, l := range labels {
		if !wrong[i] { // the database may not even take the others
			ids, types, values, places = append(ids, l.ID), append(types, string(l.Type)), append(values, l.Value), append(places, i)
		}
	}
	taken, err := w.ids(ctx, labelClashes, w.Advertiser.ID, pq.Array(ids), pq.Array(types), pq.Array(values))
	for _, n := range taken {
		problems = append(problems, ItemProblem{places[n-1], ads.NameTaken("value", "label")})
	}
	slices.SortStableFunc(problems, func(a, b ItemProblem) int { return cmp.Compare(a.Index, b.Index) })
	return problems, err
}

// labelValue is a label as the history shows it.
func labelValue(l ads.Label) map[string]any {
	return map[string]any{"type": l.Type, "value": l.Value}
}

// CreateLabels makes labels, all or none.
func (s *Store) CreateLabels(ctx context.Context, r Request, labels []LabelText) (*Written, error) {
	outcome, isReplay, err := transact(ctx, s, r, insertLabels, func(ctx context.Context, w *writer) (*Written, error) {
		var (
			problems      []ItemProblem
			types, values []string
			h             history
		)
		for i, l := range labels {
			problems = append(problems, itemProblems(i, ads.CheckLabel(l.Value))...)
			types, values = append(types, string(l.Type)), append(values, l.Value)
			h.ofAccount(w.Advertiser, "labels", nil, labelValue(ads.Label{Type: l.Type, Value: l.Value}))
		}
		if err := w.lockPart(ctx, labelsPart); err != nil {
			return nil, err
		}
		problems, err := w.clashes(ctx, labels, problems)
		if err != nil || problems != nil {
			return written(make([]int64, len(labels)), problems), err
		}
		ids, err := w.ids(ctx, insertLabels, w.Advertiser.ID, pq.Array(types), pq.Array(values), w.now)
		if err != nil {
			return nil, err
		}
		return written(ids, nil), w.tell(ctx, h, w.source(len(labels)))
	})
	if err != nil {
		return nil, err
	}
	outcome.IsReplay = isReplay
	return outcome, nil
}

// RenameLabels gives labels other texts, all or none.
func (s *Store) RenameLabels(ctx context.Context, r Request, labels []LabelText) (*Written, error) {
	outcome, _, err := transact(ctx, s, r, renameLabels, func(ctx context.Context, w *writer) (*Written, error) {
		ids := make([]int64, len(labels))
		for i, l := range labels {
			ids[i] = l.ID
		}
		if err := w.lockPart(ctx, labelsPart); err != nil {
			return nil, err
		}
		stored, err := w.labels(ctx, lockLabels, ids)
		if err != nil {
			return nil, err
		}
		labels = slices.Clone(labels)
		problems := present(ids, "label", "id", func(id int64) bool { _, ok := stored[id]; return ok })
		for i, l := range labels {
			labels[i].Type = stored[l.ID].Type
			problems = append(problems, itemProblems(i, ads.CheckLabel(l.Value))...)
		}
		problems, err = w.clashes(ctx, labels, problems)
		if err != nil || problems != nil {
			return written(ids, problems), err
		}
		var (
			changed []int64
			values  []string
			h       history
		)
		for _, l := range labels {
			old := stored[l.ID]
			if old.Value == l.Value {
				continue
			}
			changed, values = append(changed, l.ID), append(values, l.Value)
			h.ofAccount(w.Advertiser, "labels", labelValue(old), labelValue(ads.Label{Type: l.Type, Value: l.Value}))
		}
		if changed == nil {
			return written(ids, nil), nil
		}
		if err := w.exec(ctx, renameLabels, w.Advertiser.ID, pq.Array(changed), pq.Array(values)); err != nil {
			return nil, err
		}
		return written(ids, nil), w.tell(ctx, h, w.source(len(changed)))
	})
	return outcome, err
}

// labels reads labels by a statement.
func (w *writer) labels(ctx context.Context, text string, ids []int64) (map[int64]ads.Label, error) {
	stored := map[int64]ads.Label{}
	err := w.query(ctx, text, func(rows *sqlx.Rows) error {
		var l ads.Label
		err := rows.Scan(&l.ID, &l.Type, &l.Value)
		stored[l.ID] = l
		return err
	}, w.Advertiser.ID, pq.Array(ids))
	return stored, err
}

// CampaignVersion is a campaign and the version that a change was made from.
type CampaignVersion struct {
	ID      int64
	Version int
}

// SetLabels adds labels to campaigns, and takes others away.
type SetLabels struct {
	Request
	Campaigns   []CampaignVersion
	Add, Remove []int64
	// SkipFailed changes the campaigns that break no rule even if others do;
	// otherwise all are changed or none.
	SkipFailed bool
}

// LabelsOutcome is what became of a change of the labels of campaigns.
type LabelsOutcome struct {
	Outcome
	// Whole is what is wrong with the labels: nothing was changed. The fields are
	// paths from the input on.
	Whole []ads.Problem `json:"whole"`
}

const wantedLabels = `-- name: WantedLabels
SELECT l.id, l.type, l.value FROM label AS l WHERE l.advertiser_id = $1 AND l.id = ANY($2)`

const lockCampaignVersions = `-- name: LockCampaignVersions
SELECT c.id, c.version, c.status FROM campaign AS c WHERE c.advertiser_id = $1 AND c.id = ANY($2) ORDER BY c.id FOR UPDATE`

const labelsOfCampaigns = `-- name: LabelsOfCampaigns
SELECT k.campaign_id, l.id, l.type, l.value
FROM campaign_label AS k
JOIN label AS l ON l.advertiser_id = $1 AND l.id = k.label_id
WHERE k.advertiser_id = $1 AND k.campaign_id = ANY($2)
ORDER BY k.campaign_id, l.type, lower(l.value), l.id`

// setLabels gives the campaigns in $2 the labels in $3, takes those in $4 away, and
// makes new versions.
const setLabels = `-- name: SetCampaignLabels
WITH added AS (
  INSERT INTO campaign_label (advertiser_id, campaign_id, label_id)
  SELECT $1, c, l FROM unnest($2::bigint[]) AS c CROSS JOIN unnest($3::bigint[]) AS l ORDER BY l, c
  ON CONFLICT (advertiser_id, campaign_id, label_id) DO NOTHING
), removed AS (
  DELETE FROM campaign_label AS k WHERE k.advertiser_id = $1 AND k.campaign_id = ANY($2) AND k.label_id = ANY($4)
)
UPDATE campaign AS c SET version = c.version + 1, updated_at = $5 WHERE c.advertiser_id = $1 AND c.id = ANY($2)`

// SetCampaignLabels changes the labels of campaigns, with the history, in one
// transaction.
func (s *Store) SetCampaignLabels(ctx context.Context, u SetLabels) (*LabelsOutcome, error) {
	outcome, isReplay, err := transact(ctx, s, u.Request, setLabels, func(ctx context.Context, w *writer) (*LabelsOutcome, error) {
		return w.setLabels(ctx, u)
	})
	if err != nil {
		return nil, err
	}
	outcome.IsReplay = isReplay
	return outcome, nil
}

// labelled is a campaign as far as labels are concerned.
type labelled struct {
	version int
	status  ads.EntityStatus
	labels  []ads.Label
}

func (w *writer) setLabels(ctx context.Context, u SetLabels) (*LabelsOutcome, error) {
	outcome := &LabelsOutcome{Outcome: Outcome{Applied: make([]bool, len(u.Campaigns)), Problems: []ItemProblem{}}}
	known, err := w.labels(ctx, wantedLabels, slices.Concat(u.Add, u.Remove))
	if err != nil {
		return nil, err
	}
	edit, problems := ads.NewLabelEdit(u.Add, u.Remove, known)
	if problems != nil {
		outcome.Whole = problems
		return outcome, nil
	}
	ids := make([]int64, len(u.Campaigns))
	for i, c := range u.Campaigns {
		ids[i] = c.ID
	}
	stored, err := w.labelled(ctx, ids)
	if err != nil {
		return nil, err
	}
	var (
		h       history
		changed []int64
	)
	outcome.Problems = append(outcome.Problems, present(ids, "campaign", "id", func(id int64) bool { return stored[id] != nil })...)
	wrong := map[int]bool{}
	for _, p := range outcome.Problems {
		wrong[p.Index] = true
	}
	for i, c := range u.Campaigns {
		if wrong[i] {
			continue
		}
		now := stored[c.ID]
		if c.Version != now.version {
			outcome.Problems = append(outcome.Problems, ItemProblem{i, ads.Problem{
				Code: ads.ProblemStale, Field: "version", Params: map[string]any{"current": map[string]any{"version": now.version, "labels": labelValues(now.labels)}},
				Message: fmt.Sprintf("It was changed meanwhile: version %d is now %d. Look at the present values, and send the change with that version.", c.Version, now.version),
			}})
			continue
		}
		after, problems := edit.Apply(now.status, now.labels)
		if problems != nil {
			outcome.Problems = append(outcome.Problems, itemProblems(i, problems)...)
			continue
		}
		outcome.Applied[i] = true
		was, is := asJSON(labelValues(now.labels)), asJSON(labelValues(after))
		if was == is {
			continue // what is so already makes no new version
		}
		changed = append(changed, c.ID)
		h.levels, h.ids, h.fields = append(h.levels, string(ads.LevelCampaign)), append(h.ids, c.ID), append(h.fields, "labels")
		h.olds, h.nows, h.campaigns = append(h.olds, was), append(h.nows, is), append(h.campaigns, c.ID)
	}
	slices.SortStableFunc(outcome.Problems, func(a, b ItemProblem) int { return cmp.Compare(a.Index, b.Index) })
	if len(outcome.Problems) > 0 && !u.SkipFailed {
		clear(outcome.Applied)
		return outcome, nil
	}
	if changed == nil {
		return outcome, nil
	}
	if err := w.exec(ctx, setLabels, w.Advertiser.ID, pq.Array(changed), pq.Array(u.Add), pq.Array(u.Remove), w.now); err != nil {
		return nil, err
	}
	return outcome, w.tell(ctx, h, w.source(len(changed)))
}

// labelled reads campaigns with their labels, which nobody else changes from then on.
func (w *writer) labelled(ctx context.Context, ids []int64) (map[int64]*labelled, error) {
	stored := map[int64]*labelled{}
	err := w.query(ctx, lockCampaignVersions, func(rows *sqlx.Rows) error {
		var id int64
		c := &labelled{}
		err := rows.Scan(&id, &c.version, &c.status)
		stored[id] = c
		return err
	}, w.Advertiser.ID, pq.Array(ids))
	if err != nil {
		return nil, err
	}
	return stored, w.query(ctx, labelsOfCampaigns, func(rows *sqlx.Rows) error {
		var (
			id int64
			l  ads.Label
		)
		if err := rows.Scan(&id, &l.ID, &l.Type, &l.Value); err != nil {
			return err
		}
		if c := stored[id]; c != nil {
			c.labels = append(c.labels, l)
		}
		return nil
	}, w.Advertiser.ID, pq.Array(ids))
}

// labelValues are labels as the history shows them, in an order of their own.
func labelValues(labels []ads.Label) []map[string]any {
	sorted := slices.SortedFunc(slices.Values(labels), func(a, b ads.Label) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID))
	})
	values := make([]map[string]any, len(sorted))
	for i, l := range sorted {
		values[i] = labelValue(l)
	}
	return values
}
