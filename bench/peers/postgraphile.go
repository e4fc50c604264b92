package main

import (
	"context"
	"embed"

	"adsgraph/bench/hand"
)

// postgraphileFiles are its part of the database, and its documents by screen.
//
//go:embed postgraphile
var postgraphileFiles embed.FS

// postgraphileSchema returns the SQL of what PostGraphile is shown.
func postgraphileSchema() (string, error) {
	text, err := postgraphileFiles.ReadFile("postgraphile/schema.sql")
	return string(text), err
}

// startPostgraphile starts PostGraphile, whose schema follows from the database
// and so needs documents of its own.
func startPostgraphile(ctx context.Context, f field) (*contender, error) {
	p, url, err := startNode(ctx, f, "PostGraphile", "postgraphile.mjs")
	if err != nil {
		return nil, err
	}
	return &contender{
		name: "PostGraphile", process: p,
		url: func(screen) string { return url },
		request: func(s screen, q hand.Question, _ int) (any, error) {
			document, err := postgraphileFiles.ReadFile("postgraphile/" + string(s.hand) + ".graphql")
			variables := map[string]any{"viewer": owner, "advertiser": q.Advertiser}
			if q.Campaign != 0 {
				variables["campaign"] = q.Campaign
			}
			if q.From != "" {
				variables["from"], variables["to"], variables["previousFrom"], variables["previousTo"] = q.From, q.To, q.PreviousFrom, q.PreviousTo
			}
			return map[string]any{"query": string(document), "variables": variables}, err
		},
		shape: shapePostgraphile,
	}, nil
}
