package store

import (
	"context"
	"strconv"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"adsgraph/internal/ads"
)

// LinkKey asks for the objects that are linked to an entity.
type LinkKey struct {
	Advertiser *ads.Advertiser
	ID         int64 // of the entity
	Columns    Columns
}

// link is a table of links between entities and objects.
type link struct {
	title    string // in the statement's name
	kind     ads.Level
	table    string
	entity   string // the column of the entity
	object   string // the column of the object
	flag     string // over the link, told with each object
	ordering string // of the objects of one entity, over the object and the link
}

// links returns, for each key, what is linked to it, in the link's order. All
// keys share one statement and its columns. each is called for every link.
func (s *Store) links(ctx context.Context, by link, keys []LinkKey, each func(key int, object any, flag bool)) error {
	lv := levels[by.kind]
	var columns Columns
	for _, k := range keys {
		columns |= k.Columns
	}
	groups := groupIDs(keys, func(k LinkKey) (*ads.Advertiser, int64) { return k.Advertiser, k.ID })
	b := &builder{}
	for i, g := range groups {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		t := b.tenant(g.group, s.now())
		b.add("(SELECT ", strconv.Itoa(i), ", h.", by.entity, ", ", by.flag, ", ", lv.alias, ".id")
		lv.each(columns, func(c int) { b.add(", ", t.fill(lv.selects[c])) })
		b.add("\nFROM ", by.table, " AS h\n  JOIN ", lv.table, " AS ", lv.alias, " ON ", lv.alias, ".advertiser_id = ", t.id, " AND ", lv.alias, ".id = h.", by.object,
			t.fill(lv.join(columns)), "\nWHERE h.advertiser_id = ", t.id, " AND h.", by.entity, " = ANY(", b.arg(pq.Array(g.ids)), ")\nORDER BY ", by.ordering, ")")
	}
	var (
		group      int
		entity, id int64
		flag       bool
	)
	places, take := lv.scan(columns)
	dest := append([]any{&group, &entity, &flag, &id}, places...)
	if planning(ctx) {
		for key, k := range keys {
			each(key, take(k.Advertiser, 1), false)
		}
	}
	return s.each(ctx, b.statement(by.title), func(rows *sqlx.Rows) error {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		object := take(groups[group].group, id)
		for _, key := range groups[group].index[entity] {
			each(key, object, flag)
		}
		return nil
	})
}

// CampaignLabels returns the labels of campaigns, the brand first, then by
// value.
func (s *Store) CampaignLabels(ctx context.Context, keys []LinkKey) ([][]ads.Label, error) {
	lists := empty[ads.Label](len(keys))
	err := s.links(ctx, link{
		title: "CampaignLabels", kind: ads.LevelLabel, table: "campaign_label", entity: "campaign_id", object: "label_id", flag: "true",
		ordering: "l.type, lower(l.value), l.id",
	}, keys, func(key int, object any, _ bool) { lists[key] = append(lists[key], *object.(*ads.Label)) })
	return lists, err
}

// AdGroupAudiences returns the audiences of ad groups, those included first,
// then by name.
func (s *Store) AdGroupAudiences(ctx context.Context, keys []LinkKey) ([][]ads.AdGroupAudience, error) {
	lists := empty[ads.AdGroupAudience](len(keys))
	err := s.links(ctx, link{
		title: "AdGroupAudiences", kind: ads.LevelAudience, table: "ad_group_audience", entity: "ad_group_id", object: "audience_id", flag: "h.is_included",
		ordering: "h.is_included DESC, lower(u.name), u.id",
	}, keys, func(key int, object any, included bool) {
		lists[key] = append(lists[key], ads.AdGroupAudience{Audience: object.(*ads.Audience), IsIncluded: included})
	})
	return lists, err
}

// empty returns n lists that are empty and not nil: nothing is there, which is
// not the same as null.
func empty[T any](n int) [][]T {
	lists := make([][]T, n)
	for i := range lists {
		lists[i] = []T{}
	}
	return lists
}
