// Package sqllint holds the statements of the store to the rules that keep them
// portable to a cluster of databases that are split by advertiser: each says how
// many advertisers it reaches, and its plans must show no more. Only tests import
// it.
package sqllint

// Class says how many advertisers' rows a statement reads or writes. On a cluster
// it decides how many nodes take part.
type Class string

// The classes, from the narrowest.
const (
	// Command is what has no plan, such as locks, settings and DDL.
	Command Class = "command"
	// Reference statements touch tables that every node has, and no others.
	Reference Class = "reference"
	// Router statements touch the rows of one advertiser.
	Router Class = "router"
	// Tenants statements touch the rows of a few advertisers, which they name.
	Tenants Class = "tenants"
	// Fanout statements touch the rows of any advertiser, so that all nodes take part.
	Fanout Class = "fanout"
)

// width orders classes.
func width(c Class) int {
	switch c {
	case Router:
		return 1
	case Tenants:
		return 2
	case Fanout:
		return 3
	case Command, Reference:
	}
	return 0
}
