package store

import (
	"context"
	"slices"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// creatives looks up what settings refer to beside the hierarchy, pins and
// audiences, and what else new things need.
type creatives struct {
	pins      map[int64]ads.Pin
	audiences map[int64]bool
	// fresh is ids for new campaigns, ad groups and ads, by level.
	fresh map[ads.Level][]int64
	// adGroups is how many ad groups campaigns have that are neither archived nor
	// thrown away, by the campaign's id.
	adGroups map[int64]int
}

// prepareTrees finds pins and audiences, counts the ad groups of campaigns, which
// must be locked by then, and draws ids for what is new.
const prepareTrees = `-- name: PrepareTrees
SELECT 'PIN', i.id, i.creative_type, i.is_deleted FROM pin AS i WHERE i.advertiser_id = $1 AND i.id = ANY($2)
UNION ALL
SELECT 'AUDIENCE', u.id, '', false FROM audience AS u WHERE u.advertiser_id = $1 AND u.id = ANY($3)
UNION ALL
SELECT 'CAMPAIGN', nextval(pg_get_serial_sequence('campaign', 'id')), '', false FROM generate_series(1, $4::int)
UNION ALL
SELECT 'AD_GROUP', nextval(pg_get_serial_sequence('ad_group', 'id')), '', false FROM generate_series(1, $5::int)
UNION ALL
SELECT 'AD', nextval(pg_get_serial_sequence('ad', 'id')), '', false FROM generate_series(1, $6::int)
UNION ALL
SELECT 'AD_GROUPS', g.campaign_id, count(*)::text, false FROM ad_group AS g
WHERE g.advertiser_id = $1 AND g.campaign_id = ANY($7) AND g.status NOT IN ('ARCHIVED', 'DELETED_DRAFT') GROUP BY g.campaign_id`

// findCreatives finds pins and audiences.
const findCreatives = `-- name: FindCreatives
SELECT 'PIN', i.id, i.creative_type, i.is_deleted FROM pin AS i WHERE i.advertiser_id = $1 AND i.id = ANY($2)
UNION ALL
SELECT 'AUDIENCE', u.id, '', false FROM audience AS u WHERE u.advertiser_id = $1 AND u.id = ANY($3)`

// want adds what a patch refers to.
func (c *creatives) want(p ads.Patch) {
	if c.pins == nil {
		c.pins, c.audiences, c.fresh, c.adGroups = map[int64]ads.Pin{}, map[int64]bool{}, map[ads.Level][]int64{}, map[int64]int{}
	}
	if id := p.PinID.Value; id != nil {
		c.pins[*id] = ads.Pin{ID: *id}
	}
	if t := p.Targeting.Value; t != nil {
		for _, ref := range slices.Concat(t.Include, t.Exclude) {
			c.audiences[ref.ID] = false
		}
	}
}

// wantNew adds what is wanted, with all below it.
func (c *creatives) wantNew(n ads.New) {
	c.want(n.Patch)
	for _, below := range n.Below {
		c.wantNew(below)
	}
}

// ids returns the ids of what is wanted.
func (c *creatives) ids() (pins, audiences []int64) {
	for id := range c.pins {
		pins = append(pins, id)
	}
	for id := range c.audiences {
		audiences = append(audiences, id)
	}
	slices.Sort(pins)
	slices.Sort(audiences)
	return pins, audiences
}

// scan takes a row of prepareTrees or findCreatives.
func (c *creatives) scan(rows *sqlx.Rows) error {
	var (
		kind string
		pin  ads.Pin
	)
	if err := rows.Scan(&kind, &pin.ID, &pin.CreativeType, &pin.IsDeleted); err != nil {
		return err
	}
	switch level := ads.Level(kind); level {
	case "AD_GROUPS":
		n, err := strconv.Atoi(string(pin.CreativeType))
		c.adGroups[pin.ID] = n
		return err
	case ads.LevelPin:
		c.pins[pin.ID] = pin
	case ads.LevelAudience:
		c.audiences[pin.ID] = true
	default:
		c.fresh[level] = append(c.fresh[level], pin.ID)
	}
	return nil
}

// read looks up what is wanted, draws so many ids for what is new, and counts the ad
// groups of campaigns. Without any of it there is no statement.
func (c *creatives) read(ctx context.Context, w *writer, n map[ads.Level]int, campaigns []int64) error {
	pins, audiences := c.ids()
	if len(pins)+len(audiences)+len(n)+len(campaigns) == 0 {
		return nil
	}
	return w.query(ctx, prepareTrees, c.scan, w.Advertiser.ID, pq.Array(pins), pq.Array(audiences),
		n[ads.LevelCampaign], n[ads.LevelAdGroup], n[ads.LevelAd], pq.Array(campaigns))
}

// find looks up what is wanted, outside of a write.
func (c *creatives) find(ctx context.Context, s *Store, a *ads.Advertiser) error {
	pins, audiences := c.ids()
	if len(pins)+len(audiences) == 0 {
		return nil
	}
	q := statement{text: findCreatives, args: []any{a.ID, pq.Array(pins), pq.Array(audiences)}, fence: fence{advertisers: []int64{a.ID}}}
	return s.each(ctx, q, c.scan)
}

// complete fills in what was looked up of what a patch set, and returns what is not
// there.
func (c *creatives) complete(s *ads.Settings, p ads.Patch, a *ads.Advertiser) []ads.Problem {
	var problems []ads.Problem
	if id := p.PinID.Value; id != nil && s.Pin.ID == *id && s.Pin.CreativeType == "" {
		switch s.Pin = c.pins[*id]; {
		case s.Pin.CreativeType == "":
			problems = append(problems, ads.Problem{Code: ads.ProblemNotFound, Field: "pinId", Message: "There is no such pin in this account."})
		case s.Pin.IsDeleted:
			problems = append(problems, ads.Problem{Code: ads.ProblemNotAllowed, Field: "pinId", Message: "The pin was deleted: there is nothing to show."})
		}
	}
	if t := p.Targeting.Value; t != nil {
		for _, list := range [...]struct {
			field string
			refs  []ads.Ref
		}{{"audienceIds", t.Include}, {"excludedAudienceIds", t.Exclude}} {
			for _, ref := range list.refs {
				if ref.Level != ads.LevelAudience || ref.Advertiser != a.ID || !c.audiences[ref.ID] {
					problems = append(problems, ads.Problem{Code: ads.ProblemNotFound, Field: "targeting." + list.field, Message: "There is no such audience in this account.", Params: map[string]any{"value": ref.String()}})
				}
			}
		}
	}
	return problems
}

// audienceLink is a row of ad_group_audience, as JSON.
type audienceLink struct {
	AdGroupID  int64 `json:"ad_group_id"`
	AudienceID int64 `json:"audience_id"`
	IsIncluded bool  `json:"is_included"`
}

// linksOf returns the audiences that an ad group's targeting was set to.
func linksOf(s ads.Settings) (links []audienceLink) {
	for _, ref := range s.Include {
		links = append(links, audienceLink{s.ID, ref.ID, true})
	}
	for _, ref := range s.Exclude {
		links = append(links, audienceLink{s.ID, ref.ID, false})
	}
	return links
}
