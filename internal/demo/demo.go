// Package demo makes up advertisers, what they run and how it delivers: data
// to look at and to test with. The same options give the same rows on every
// run. It only makes rows; storing them is for others.
package demo

import (
	"fmt"
	"time"
)

// Size says how many advertisers there are.
type Size string

// The sizes. Small is for tests, Medium for showing, Large for measuring; the
// latter two have one advertiser with 2,000 campaigns.
const (
	Small  Size = "small"
	Medium Size = "medium"
	Large  Size = "large"
)

// Options say which data to make.
type Options struct {
	// Seed selects one of many worlds of the same kind.
	Seed uint64
	Size Size
	// AsOf is the instant that the data pretends is now.
	AsOf time.Time
}

// Generator makes the data of one set of options, one advertiser at a time.
// It is safe for concurrent use.
type Generator struct {
	options  Options
	words    *words
	castings []casting
	shapes   [][]shape
	first    []ids
}

// words are the vocabularies, cut into items once.
type words struct {
	verticals                       []vertical
	markets                         []market
	firms, audiences, hooks, people []string
}

// New prepares the generator of a world. It fails for a size it does not know.
func New(o Options) (*Generator, error) {
	total, found := map[Size]int{Small: 20, Medium: 200, Large: 2000}[o.Size]
	if !found {
		return nil, fmt.Errorf("unknown size %q: choose %s, %s or %s", o.Size, Small, Medium, Large)
	}
	o.AsOf = o.AsOf.UTC().Truncate(time.Second)
	g := &Generator{options: o, words: &words{
		verticals: verticals(), markets: markets(), firms: firms(),
		audiences: audiences(), hooks: hooks(), people: people(),
	}}
	g.castings = cast(o.Size)
	for i := len(g.castings); i < total; i++ {
		g.castings = append(g.castings, extraCasting(newDice(o.Seed, partAccount, i), g.words, o.Seed, i))
	}
	next := ids{campaign: 1, adGroup: 1, pin: 1, ad: 1}
	for i, c := range g.castings {
		s := shapesOf(newDice(o.Seed, partShape, i), c)
		g.shapes = append(g.shapes, s)
		if c.role == bigIDs {
			g.first = append(g.first, ids{campaign: firstBigID, adGroup: firstBigID, pin: next.pin, ad: firstBigID})
			next.pin += sizeOf(s).pin
			continue
		}
		g.first = append(g.first, next)
		next = next.plus(sizeOf(s))
	}
	return g, nil
}

// Advertisers returns how many advertisers there are. Their ids are 1 to that
// number.
func (g *Generator) Advertisers() int { return len(g.castings) }
