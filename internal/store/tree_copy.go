package store

import (
	"context"
	"maps"
	"slices"

	"adsgraph/internal/ads"
)

// Duplication makes drafts that are like campaigns, ad groups or ads, with what is
// below them, beside these.
type Duplication struct {
	Request
	Level      ads.Level
	Items      []Original
	SkipFailed bool
}

// Original is one item of a Duplication. Name is nil for a name after the old one.
type Original struct {
	ID   int64
	Name *string
}

// Duplicate makes drafts like what there is, in at most ten statements.
func (s *Store) Duplicate(ctx context.Context, d Duplication) (*Made, error) {
	made, isReplay, err := transact(ctx, s, d.Request, insertTrees, func(ctx context.Context, w *writer) (*Made, error) {
		return w.duplicate(ctx, d)
	})
	if err != nil {
		return nil, err
	}
	made.IsReplay = isReplay
	return made, nil
}

func (w *writer) duplicate(ctx context.Context, d Duplication) (*Made, error) {
	ids := make([]int64, len(d.Items))
	for i, item := range d.Items {
		ids[i] = item.ID
	}
	parents, err := w.parentsOf(ctx, d.Level, ids)
	if err != nil {
		return nil, err
	}
	trees, err := w.trees(ctx, d.Level, ids)
	if err != nil {
		return nil, err
	}
	n := map[ads.Level]int{}
	size := 0
	drafts, problems := make([]*ads.Tree, len(d.Items)), make([][]ads.NodeProblem, len(d.Items))
	for i, item := range d.Items {
		old, ok := trees[item.ID]
		if !ok {
			problems[i] = []ads.NodeProblem{{Problem: ads.Problem{Code: ads.ProblemNotFound, Field: "id", Message: "There is no such " + levels[d.Level].noun + " in this account."}}}
			continue
		}
		if size += old.Size(); size > ads.MaxNodes {
			return nil, tooManyNodes()
		}
		if drafts[i], problems[i] = old.Duplicate(item.Name, w.now); len(problems[i]) == 0 {
			parent := parents[old.CampaignID]
			if d.Level == ads.LevelAd {
				parent = parents[old.AdGroupID]
			}
			problems[i] = drafts[i].Check(parent, w.Advertiser.Currency, false)
		}
		countTree(drafts[i], n)
	}
	var others creatives
	others.want(ads.Patch{})
	if err := others.prepare(ctx, w, d.Level, parents, n); err != nil {
		return nil, err
	}
	f := newForest(d.Level, len(d.Items), d.SkipFailed, parents)
	for i, draft := range drafts {
		f.add(i, draft, problems[i])
	}
	return w.plant(ctx, f, others.fresh)
}

func countTree(t *ads.Tree, total map[ads.Level]int) {
	total[t.Level]++
	for _, below := range t.Below {
		countTree(below, total)
	}
}

// trees reads campaigns, ad groups or ads with what is below them, by id, and keeps
// it as it is.
func (w *writer) trees(ctx context.Context, level ads.Level, ids []int64) (map[int64]*ads.Tree, error) {
	_, lock, _, _ := writings(level)
	type step struct {
		level ads.Level
		text  string
	}
	steps := []step{{level, lock}}
	switch level {
	case ads.LevelCampaign:
		steps = append(steps, step{ads.LevelAdGroup, lockAdGroupsOfCampaigns}, step{ads.LevelAd, lockAdsOfCampaigns})
	case ads.LevelAdGroup:
		steps = append(steps, step{ads.LevelAd, lockAdsOfAdGroups})
	default:
	}
	byLevel := map[ads.Level]map[int64]*ads.Tree{}
	for _, step := range steps {
		stored, err := w.settings(ctx, step.text, step.level, ids)
		if err != nil {
			return nil, err
		}
		byLevel[step.level] = map[int64]*ads.Tree{}
		for _, id := range slices.Sorted(maps.Keys(stored)) {
			t := &ads.Tree{Settings: stored[id]}
			byLevel[step.level][id] = t
			var parent *ads.Tree
			switch step.level {
			case ads.LevelAdGroup:
				parent = byLevel[ads.LevelCampaign][t.CampaignID]
			case ads.LevelAd:
				parent = byLevel[ads.LevelAdGroup][t.AdGroupID]
			default:
			}
			if parent != nil {
				parent.Below = append(parent.Below, t)
			}
		}
	}
	return byLevel[level], nil
}
