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
	Edges    []Edge
	PageInfo PageInfo
	Count    int
	Totals   *metrics.Report // nil without a report
}

// Edge is a row of a page. Node is a *ads.Advertiser, *ads.Campaign,
// *ads.AdGroup or *ads.Ad.
type Edge struct {
	Position store.Position
	Node     any
	Metrics  *metrics.Report // nil without a report
}

// Cursor returns the row's place in the list.
func (e *Edge) Cursor() string { return e.Position.String() }

// TotalCount returns how many rows there are on all pages.
func (c *Connection) TotalCount() *int { return &c.Count }

// PageInfo tells where a page lies among all rows.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}
