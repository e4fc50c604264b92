package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"adsgraph/internal/ads"
	"adsgraph/internal/fault"
)

// Creation makes campaigns, ad groups or ads of one advertiser, with what is below
// them.
type Creation struct {
	Request
	Level ads.Level
	Items []Planting
	// SkipFailed makes the items that break no rule even if others do; otherwise all
	// are made or none.
	SkipFailed bool
}

// Planting is one item of a Creation.
type Planting struct {
	// Parent is the campaign or ad group that it is to belong to, 0 for campaigns.
	Parent int64
	ads.New
}

// Made is what became of the items of a Creation or Duplication.
type Made struct {
	// IDs are those of what was made, by item; 0 where nothing was.
	IDs []int64 `json:"ids"`
	// Problems are the rules broken, by item. Their fields lead to the node.
	Problems []ItemProblem `json:"problems"`
	IsReplay bool          `json:"-"`
}

// insertTrees makes campaigns, ad groups and ads, given as JSON in $3, $4 and $5, and
// the audiences of ad groups in $6. $2 is the present. What is a copy has what its
// original has besides: labels, keywords, audiences and what no rule is about.
const insertTrees = `-- name: InsertTrees
WITH campaigns AS (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS u ` + settingsColumns + `
), ad_groups AS (
  SELECT * FROM jsonb_to_recordset($4::jsonb) AS u ` + settingsColumns + `
), made_campaigns AS (
  INSERT INTO campaign (advertiser_id, id, name, objective, status, is_cbo, daily_budget_micros, lifetime_budget_micros, is_flexible_daily, start_at, end_at, created_at, updated_at)
  SELECT $1, u.id, u.name, u.objective, u.status, u.is_cbo, CASE u.budget_type WHEN 'DAILY' THEN u.budget END,
    CASE u.budget_type WHEN 'LIFETIME' THEN u.budget END, coalesce(o.is_flexible_daily, false), u.start_at, u.end_at, $2, $2
  FROM campaigns AS u LEFT JOIN campaign AS o ON o.advertiser_id = $1 AND o.id = u.copy_of
), made_labels AS (
  INSERT INTO campaign_label (advertiser_id, campaign_id, label_id)
  SELECT $1, u.id, o.label_id FROM campaigns AS u JOIN campaign_label AS o ON o.advertiser_id = $1 AND o.campaign_id = u.copy_of
), made_ad_groups AS (
  INSERT INTO ad_group (advertiser_id, id, campaign_id, name, status, budget_type, budget_micros, bid_strategy, bid_micros, billable_event, pacing, placement,
    start_at, end_at, targeting, auto_targeting, frequency_cap, goal, created_at, updated_at)
  SELECT $1, u.id, u.campaign_id, u.name, u.status, u.budget_type, u.budget, u.bid_strategy, u.bid, u.billable_event, u.pacing, u.placement,
    u.start_at, u.end_at, u.targeting, coalesce(o.auto_targeting, true), o.frequency_cap, o.goal, $2, $2
  FROM ad_groups AS u LEFT JOIN ad_group AS o ON o.advertiser_id = $1 AND o.id = u.copy_of
), made_links AS (
  INSERT INTO ad_group_audience (advertiser_id, ad_group_id, audience_id, is_included)
  SELECT $1, u.ad_group_id, u.audience_id, u.is_included FROM jsonb_to_recordset($6::jsonb) AS u (ad_group_id bigint, audience_id bigint, is_included boolean)
  UNION ALL
  SELECT $1, u.id, o.audience_id, o.is_included FROM ad_groups AS u JOIN ad_group_audience AS o ON o.advertiser_id = $1 AND o.ad_group_id = u.copy_of
), made_keywords AS (
  INSERT INTO keyword (advertiser_id, campaign_id, ad_group_id, value, match_type, created_at, updated_at)
  SELECT $1, u.campaign_id, u.id, o.value, o.match_type, $2, $2 FROM ad_groups AS u
  JOIN keyword AS o ON o.advertiser_id = $1 AND o.ad_group_id = u.copy_of AND NOT o.is_archived
  UNION ALL
  SELECT $1, u.id, NULL, o.value, o.match_type, $2, $2 FROM campaigns AS u
  JOIN keyword AS o ON o.advertiser_id = $1 AND o.campaign_id = u.copy_of AND o.ad_group_id IS NULL AND NOT o.is_archived
)
INSERT INTO ad (advertiser_id, id, campaign_id, ad_group_id, pin_id, name, status, creative_type, destination_url, review_status, created_at, updated_at)
SELECT $1, u.id, u.campaign_id, u.ad_group_id, u.pin_id, u.name, u.status, coalesce(o.creative_type, u.creative_type), u.destination_url, 'PENDING', $2, $2
FROM jsonb_to_recordset($5::jsonb) AS u ` + settingsColumns + `
LEFT JOIN ad AS o ON o.advertiser_id = $1 AND o.id = u.copy_of`

// Create makes what is wanted, with its history, in one transaction, in at most six
// statements. Items that break a rule are in what it returns; the error is for what
// concerns the whole request.
func (s *Store) Create(ctx context.Context, c Creation) (*Made, error) {
	made, isReplay, err := transact(ctx, s, c.Request, insertTrees, func(ctx context.Context, w *writer) (*Made, error) {
		return w.create(ctx, c)
	})
	if err != nil {
		return nil, err
	}
	made.IsReplay = isReplay
	return made, nil
}

func (w *writer) create(ctx context.Context, c Creation) (*Made, error) {
	var ids []int64
	var others creatives
	n := map[ads.Level]int{}
	for _, item := range c.Items {
		if c.Level != ads.LevelCampaign {
			ids = append(ids, item.Parent)
		}
		others.wantNew(item.New)
		countNew(item.New, c.Level, n)
	}
	if err := bounded(n); err != nil {
		return nil, err
	}
	parents, err := w.parents(ctx, c.Level, ids)
	if err != nil {
		return nil, err
	}
	if err := others.prepare(ctx, w, c.Level, parents, n); err != nil {
		return nil, err
	}
	forest := newForest(c.Level, len(c.Items), c.SkipFailed, parents)
	for i, item := range c.Items {
		parent, ok := parents[item.Parent]
		if !ok && c.Level != ads.LevelCampaign {
			forest.add(i, nil, parentMissing(c.Level))
			continue
		}
		tree, problems := ads.Plant(item.New, c.Level, parent, w.Advertiser, w.now)
		problems = append(problems, fill(tree, item.New, &others, w.Advertiser, "")...)
		forest.add(i, tree, ads.AndAll(problems, tree.Check(parent, w.Advertiser.Currency, true)))
	}
	return w.plant(ctx, forest, others.fresh)
}

// CheckNew returns what is wrong with a new campaign, as Create would find it, and
// writes nothing. It needs one statement at most.
func (s *Store) CheckNew(ctx context.Context, a *ads.Advertiser, n ads.New) ([]ads.NodeProblem, error) {
	var others creatives
	others.wantNew(n)
	total := map[ads.Level]int{}
	countNew(n, ads.LevelCampaign, total)
	if err := bounded(total); err != nil {
		return nil, err
	}
	if err := others.find(ctx, s, a); err != nil {
		return nil, err
	}
	tree, problems := ads.Plant(n, ads.LevelCampaign, nil, a, s.now())
	problems = append(problems, fill(tree, n, &others, a, "")...)
	return ads.AndAll(problems, tree.Check(nil, a.Currency, true)), nil
}

func countNew(n ads.New, level ads.Level, total map[ads.Level]int) {
	total[level]++
	for _, below := range n.Below {
		countNew(below, ads.LevelBelow(level), total)
	}
}

// bounded fails if there are too many nodes.
func bounded(n map[ads.Level]int) error {
	if n[ads.LevelCampaign]+n[ads.LevelAdGroup]+n[ads.LevelAd] > ads.MaxNodes {
		return tooManyNodes()
	}
	return nil
}

func tooManyNodes() error {
	return fault.New(fault.TooLarge, "One request takes at most %d campaigns, ad groups and ads, those below counted. Send several.", ads.MaxNodes)
}

func parentMissing(level ads.Level) []ads.NodeProblem {
	field, noun := "campaignId", "campaign"
	if level == ads.LevelAd {
		field, noun = "adGroupId", "ad group"
	}
	return []ads.NodeProblem{{Problem: ads.Problem{Code: ads.ProblemNotFound, Field: field, Message: "There is no such " + noun + " in this account."}}}
}

// parents reads what new ad groups or ads are to belong to, by their ids, and keeps it
// as it is; for campaigns there is nothing.
func (w *writer) parents(ctx context.Context, level ads.Level, ids []int64) (map[int64]*ads.Tree, error) {
	return w.lockParents(ctx, level, ids, lockCampaigns, lockParentAdGroups)
}

// parentsOf is parents by the ids of what there is below them. Whoever locks several
// levels does it from the campaigns down.
func (w *writer) parentsOf(ctx context.Context, level ads.Level, ids []int64) (map[int64]*ads.Tree, error) {
	return w.lockParents(ctx, level, ids, lockCampaignsOfAdGroups, lockAdGroupsOfAds)
}

func (w *writer) lockParents(ctx context.Context, level ads.Level, ids []int64, campaigns, adGroups string) (map[int64]*ads.Tree, error) {
	lock, above := campaigns, ads.LevelCampaign
	switch level {
	case ads.LevelCampaign:
		return map[int64]*ads.Tree{}, nil
	case ads.LevelAd:
		lock, above = adGroups, ads.LevelAdGroup
	default:
	}
	stored, err := w.settings(ctx, lock, above, ids)
	if err != nil {
		return nil, err
	}
	parents := make(map[int64]*ads.Tree, len(stored))
	for id, s := range stored {
		parents[id] = &ads.Tree{Settings: s}
	}
	return parents, nil
}

// fill fills in the pins of a tree, and returns what is not there.
func fill(t *ads.Tree, n ads.New, others *creatives, a *ads.Advertiser, within string) []ads.NodeProblem {
	var problems []ads.NodeProblem
	for _, p := range others.complete(&t.Settings, n.Patch, a) {
		problems = append(problems, ads.NodeProblem{Node: t, Within: within, Problem: p})
	}
	for i, below := range t.Below {
		problems = append(problems, fill(below, n.Below[i], others, a, ads.Within(within, t.Level, i))...)
	}
	return problems
}

// forest is trees on their way into the tables, by item; nil where one must not.
type forest struct {
	level      ads.Level
	trees      []*ads.Tree
	problems   []ItemProblem
	skipFailed bool
	// parents are those of the trees; the ad groups of campaigns are counted in them.
	parents map[int64]*ads.Tree
}

func newForest(level ads.Level, items int, skipFailed bool, parents map[int64]*ads.Tree) *forest {
	return &forest{level: level, trees: make([]*ads.Tree, items), problems: []ItemProblem{}, skipFailed: skipFailed, parents: parents}
}

// add adds a tree, unless something is wrong with it.
func (f *forest) add(item int, tree *ads.Tree, problems []ads.NodeProblem) {
	if len(problems) == 0 && f.level == ads.LevelAdGroup {
		if campaign := f.parents[tree.CampaignID]; campaign.IsCBO && campaign.AdGroups >= ads.MaxBelow {
			problems = []ads.NodeProblem{{Node: tree, Problem: ads.TooManyAdGroups(campaign.AdGroups + 1)}}
		} else {
			campaign.AdGroups++
		}
	}
	for _, p := range problems {
		p.Field = strings.Trim(p.Within+"."+p.Field, ".")
		f.problems = append(f.problems, ItemProblem{item, p.Problem})
	}
	if len(problems) == 0 {
		f.trees[item] = tree
	}
}

// plant writes the trees of a forest, giving each node an id.
func (w *writer) plant(ctx context.Context, f *forest, fresh map[ads.Level][]int64) (*Made, error) {
	made := &Made{IDs: make([]int64, len(f.trees)), Problems: f.problems}
	if len(f.problems) > 0 && !f.skipFailed {
		return made, nil
	}
	var (
		h     history
		n     int
		rows  = map[ads.Level][]settingsRow{ads.LevelCampaign: {}, ads.LevelAdGroup: {}, ads.LevelAd: {}}
		links = []audienceLink{}
		grow  func(t *ads.Tree)
	)
	grow = func(t *ads.Tree) {
		n++
		copyOf := t.ID
		t.ID, fresh[t.Level] = fresh[t.Level][0], fresh[t.Level][1:]
		row := rowOf(t.Settings)
		row.CopyOf = copyOf
		rows[t.Level] = append(rows[t.Level], row)
		links = append(links, linksOf(t.Settings)...)
		h.add(ads.Settings{Level: t.Level, Advertiser: t.Advertiser}, t.Settings, w.Advertiser.Currency)
		for _, below := range t.Below {
			below.CampaignID, below.AdGroupID = t.CampaignID, t.ID
			if t.Level == ads.LevelCampaign {
				below.CampaignID, below.AdGroupID = t.ID, 0
			}
			grow(below)
		}
	}
	for i, t := range f.trees {
		if t != nil {
			grow(t)
			made.IDs[i] = t.ID
		}
	}
	if n == 0 {
		return made, nil
	}
	if err := w.exec(ctx, insertTrees, w.Advertiser.ID, w.now, asJSON(rows[ads.LevelCampaign]), asJSON(rows[ads.LevelAdGroup]), asJSON(rows[ads.LevelAd]), asJSON(links)); err != nil {
		return nil, err
	}
	return made, w.tell(ctx, h, w.source(n))
}

// prepare reads what new things of a level need, below parents.
func (c *creatives) prepare(ctx context.Context, w *writer, level ads.Level, parents map[int64]*ads.Tree, n map[ads.Level]int) error {
	var campaigns []int64
	if level == ads.LevelAdGroup {
		campaigns = slices.Sorted(maps.Keys(parents))
	}
	if err := c.read(ctx, w, n, campaigns); err != nil {
		return err
	}
	for id, n := range c.adGroups {
		parents[id].AdGroups = n
	}
	return nil
}
