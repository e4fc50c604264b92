package store

import (
	"context"

	"adsgraph/internal/ads"
)

// Publication turns campaigns that are drafts, and all drafts below them, into what
// delivers.
type Publication struct {
	Request
	Items []Publish
	// Status is what the campaigns become: ACTIVE or PAUSED. What is below them becomes
	// ACTIVE.
	Status ads.EntityStatus
	// SkipFailed publishes the nodes that break no rule, below ones that break none,
	// even if others do; otherwise all are published or none.
	SkipFailed bool
}

// Publish is one item of a Publication: a campaign, as it was seen.
type Publish struct {
	ID      int64
	Version int
}

// Published is what became of a Publication.
type Published struct {
	// Nodes are all drafts that were to be published, campaigns first, each followed
	// by what is below it.
	Nodes []PublishedNode `json:"nodes"`
	// Problems are those of items as a whole, such as that there is no such campaign.
	Problems []ItemProblem `json:"problems"`
	IsReplay bool          `json:"-"`
}

// PublishedNode is what became of a draft.
type PublishedNode struct {
	Item        int           `json:"item"`
	Level       ads.Level     `json:"level"`
	ID          int64         `json:"id"`
	Name        *string       `json:"name"`
	IsPublished bool          `json:"isPublished"`
	Problems    []ads.Problem `json:"problems"`
}

// Publish turns drafts into what delivers, with the history, in one transaction, in
// at most nine statements.
func (s *Store) Publish(ctx context.Context, p Publication) (*Published, error) {
	published, isReplay, err := transact(ctx, s, p.Request, lockCampaigns, func(ctx context.Context, w *writer) (*Published, error) {
		return w.publish(ctx, p)
	})
	if err != nil {
		return nil, err
	}
	published.IsReplay = isReplay
	return published, nil
}

func (w *writer) publish(ctx context.Context, p Publication) (*Published, error) {
	ids := make([]int64, len(p.Items))
	for i, item := range p.Items {
		ids[i] = item.ID
	}
	trees, err := w.trees(ctx, ads.LevelCampaign, ids)
	if err != nil {
		return nil, err
	}
	size := 0
	for _, t := range trees {
		size += t.Size()
	}
	if size > ads.MaxNodes {
		return nil, tooManyNodes()
	}
	done := &Published{Nodes: []PublishedNode{}, Problems: []ItemProblem{}}
	seen := map[int64]bool{}
	failed := false
	var before, after []ads.Settings
	for i, item := range p.Items {
		tree, ok := trees[item.ID]
		var problem ads.Problem
		switch {
		case seen[item.ID]:
			problem = ads.Problem{Code: ads.ProblemDuplicate, Field: "id", Message: "The same id came before in this request."}
		case !ok:
			problem = ads.Problem{Code: ads.ProblemNotFound, Field: "id", Message: "There is no such campaign in this account."}
		case tree.Version != item.Version:
			problem = stale(tree.Settings, ads.Patch{Version: item.Version, Status: ads.Optional[ads.EntityStatus]{IsSet: true}}, w.Advertiser.Currency)
		}
		seen[item.ID] = true
		if problem.Code != "" {
			done.Problems = append(done.Problems, ItemProblem{i, problem})
			continue
		}
		drafts, problems := tree.Publish(p.Status, w.Advertiser.Currency, w.now)
		if len(drafts) == 0 {
			done.Problems = append(done.Problems, ItemProblem{i, ads.Problem{Code: ads.ProblemNothing, Field: "id", Message: "There is no draft to publish: neither the campaign nor what is below it is one."}})
			continue
		}
		failed = failed || len(problems) > 0
		of := map[*ads.Tree][]ads.Problem{}
		for _, found := range problems {
			of[found.Node] = append(of[found.Node], found.Problem)
		}
		for _, t := range drafts {
			node := PublishedNode{Item: i, Level: t.Level, ID: t.ID, Name: t.Name, IsPublished: t.Status != ads.StatusDraft, Problems: of[t]}
			done.Nodes = append(done.Nodes, node)
			if node.IsPublished {
				old := t.Settings
				old.Status = ads.StatusDraft
				before, after = append(before, old), append(after, t.Settings)
			}
		}
	}
	if !p.SkipFailed && (failed || len(done.Problems) > 0) {
		for i := range done.Nodes {
			done.Nodes[i].IsPublished = false
		}
		return done, nil
	}
	return done, w.write(ctx, before, after)
}
