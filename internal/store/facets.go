package store

import (
	"context"
	"math/bits"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Facets is a set of fields whose values rows are counted by.
type Facets uint8

// The fields.
const (
	FacetStatus Facets = 1 << iota
	FacetObjective
	FacetReview
	FacetCreativeType
)

// Facet is how many rows have a value.
type Facet struct {
	Value string
	Count int
}

// FacetsKey asks how many rows of a list have which values in some fields.
type FacetsKey struct {
	Of     ListKey
	Fields Facets
}

// facetField is a field that rows can be counted by.
type facetField struct {
	of     Facets
	field  string   // in the schema; its first column holds the value
	values []string // all that the column may hold, in the schema's order
	// condition takes the filter's own condition on the field away and returns
	// it, nil if there was none.
	condition func(*Filter) any
}

func facetFields() []facetField {
	return []facetField{
		{FacetStatus, "status", strings.Fields("ACTIVE PAUSED ARCHIVED DRAFT DELETED_DRAFT"), func(f *Filter) any { return take(&f.Status) }},
		{FacetObjective, "objective", strings.Fields("AWARENESS CONSIDERATION WEB_CONVERSION CATALOG_SALES VIDEO_COMPLETION"), func(f *Filter) any { return take(&f.Objective) }},
		{FacetReview, "review", strings.Fields("APPROVED PENDING REJECTED OTHER"), func(f *Filter) any { return take(&f.Review) }},
		{FacetCreativeType, "creativeType", strings.Fields("REGULAR VIDEO SHOPPING CAROUSEL MAX_VIDEO COLLECTION IDEA SHOWCASE QUIZ COLLAGE"), func(f *Filter) any { return take(&f.CreativeType) }},
	}
}

// take empties a condition and returns it.
func take[S any](values *[]S) any {
	if *values == nil {
		return nil
	}
	taken := *values
	*values = nil
	return pq.Array(taken)
}

// Facets counts the rows of several lists by the values of some fields, every
// value listed. A field's counts are of the rows that meet the conditions on
// all other fields. The keys must share the List and the fields; they share one
// statement.
func (s *Store) Facets(ctx context.Context, keys []FacetsKey) ([]map[Facets][]Facet, error) {
	l := *keys[0].Of.List
	l.Page, l.Count, l.Sums, l.After, l.Current, l.Prior, l.Columns, l.Order = false, false, false, "", 0, 0, 0, Order{Field: "ID"}
	lv := levels[l.Level]
	var fields []facetField
	conditions, columns := map[Facets]any{}, map[Facets]int{}
	for _, f := range facetFields() {
		if keys[0].Fields&f.of == 0 {
			continue
		}
		fields = append(fields, f)
		conditions[f.of] = f.condition(&l.Filter)
		column := bits.TrailingZeros64(uint64(ColumnsOf(l.Level, []string{f.field})))
		columns[f.of] = column
		l.Columns |= 1 << column
	}
	lists := make([]ListKey, len(keys))
	for i, k := range keys {
		lists[i] = k.Of
		lists[i].List = &l
	}
	branches := branchesOf(lists, func(int) (Position, bool) { return Position{}, true })
	shape := shapeOf(&l, lv, l.ordering(lv), branches)
	b := &builder{}
	for i, br := range branches {
		if i > 0 {
			b.add("\nUNION ALL\n")
		}
		b.add("(")
		q := shape.query(b, br, i, s.now())
		current, prior := q.setMeasures()
		q.sets(current, prior, true)
		for j, f := range fields {
			if j > 0 {
				b.add("\nUNION ALL\n")
			}
			own := "f.x" + strconv.Itoa(columns[f.of])
			b.add("SELECT ", q.number, ", f.parent, ", strconv.Itoa(j), ", ", own, ", count(*)\nFROM f\nWHERE true")
			for _, other := range fields {
				if values := conditions[other.of]; values != nil && other.of != f.of {
					b.add(" AND f.x", strconv.Itoa(columns[other.of]), " = ANY(", b.arg(values), ")")
				}
			}
			b.add("\nGROUP BY f.parent, ", own)
		}
		b.add(")")
	}
	results := make([]map[Facets][]Facet, len(keys))
	position := make([]map[string]int, len(fields))
	for j, f := range fields {
		position[j] = map[string]int{}
		for n, value := range f.values {
			position[j][value] = n
		}
	}
	for i := range results {
		results[i] = map[Facets][]Facet{}
		for _, f := range fields {
			list := make([]Facet, len(f.values))
			for n, value := range f.values {
				list[n].Value = value
			}
			results[i][f.of] = list
		}
	}
	var (
		number, field, count int
		parent               int64
		value                string
	)
	err := s.each(ctx, b.statement(lv.title+"Facets"), func(rows *sqlx.Rows) error {
		if err := rows.Scan(&number, &parent, &field, &value, &count); err != nil {
			return err
		}
		if n, ok := position[field][value]; ok {
			results[branches[number].index[parent]][fields[field].of][n].Count = count
		}
		return nil
	})
	return results, err
}
