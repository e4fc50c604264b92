// Package model holds the types of the contract that are not the domain's:
// pages, and the inputs that gqlgen generates.
package model

import (
	"adsgraph/internal/metrics"
	"adsgraph/internal/store"
)

// Node is whatever a client can load by its id alone.
type Node interface{ IsNode() }

// Viewer is who asks.
type Viewer struct{ UserID int64 }

// Connection is a page of advertisers, campaigns, ad groups or ads.
type Connection struct {
	Edges  []store.Row
	Count  int
	Totals *metrics.Report // nil without a report
	// Of is the list that this is a page of.
	Of store.ListKey
	// HasNext and Continued tell whether rows follow and come before.
	HasNext, Continued bool
}

// TotalCount returns how many rows there are on all pages.
func (c *Connection) TotalCount() *int { return &c.Count }

// PageInfo tells where the page lies among all rows.
func (c *Connection) PageInfo() *PageInfo {
	p := &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.Continued}
	if n := len(c.Edges); n > 0 {
		first, last := c.Edges[0].Cursor(), c.Edges[n-1].Cursor()
		p.StartCursor, p.EndCursor = &first, &last
	}
	return p
}

// PageInfo tells where a page lies among all rows.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}
