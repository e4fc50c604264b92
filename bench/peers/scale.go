package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"adsgraph/bench/hand"
	"adsgraph/internal/ads"
	"adsgraph/internal/devpg"
	"adsgraph/internal/load"
	"adsgraph/internal/store"
)

// populations are how many advertisers the databases have.
func populations() []int { return []int{200, 2_000, 20_000} }

// scaleTimeout is how long Adsgraph lets a request take, as shipped.
const scaleTimeout = 10 * time.Second

// settled is after how many requests a plan is one that PostgreSQL keeps: it plans the
// first five executions of a statement on a connection by themselves.
const settled = 10

// scaleScreens are what is asked for.
func scaleScreens() []hand.Screen { return []hand.Screen{hand.CampaignsTable, hand.Overview} }

// point is what a screen takes of one client, at a size.
type point struct {
	size     int
	p50, cpu float64 // milliseconds, those of the database per request
	late     bool    // there was no answer within scaleTimeout
}

// curve is a screen at growing sizes.
type curve struct {
	title  string
	points []point
}

// scale measures what screens cost against the size of the database, and against
// that of the advertiser. It returns a table, and a plot as SVG.
func (o *options) scale(ctx context.Context, progress io.Writer) (table, plot string, err error) {
	f := field{dir: o.dir, adsgraph: filepath.Join(o.dir, "adsgraph")}
	if err := command(ctx, progress, "", "go", "build", "-trimpath", "-o", f.adsgraph, "adsgraph/cmd/adsgraph"); err != nil {
		return "", "", err
	}
	cluster, err := devpg.Start(ctx, devpg.Config{Dir: filepath.Join(o.dir, "postgres"), Log: progress, Install: true})
	if err != nil {
		return "", "", err
	}
	defer func() { _ = cluster.Stop() }()
	wide, deep := make([]curve, len(scaleScreens())), make([]curve, len(scaleScreens()))
	for i, s := range scaleScreens() {
		wide[i].title, deep[i].title = string(s), string(s)
	}
	for _, advertisers := range populations() {
		name := fmt.Sprintf("scale_%d", advertisers)
		if err := cluster.CreateDatabase(ctx, name); err != nil {
			return "", "", err
		}
		f.database = cluster.DSN(name)
		if err := o.scaleDatabase(ctx, f, cluster.PID(), advertisers, wide, deep, progress); err != nil {
			return "", "", err
		}
	}
	return scaleTable(wide, deep), drawScale(wide, deep), nil
}

// scaleDatabase adds a point of one database to the wide curves, and in the middle
// one those of all its subjects to the deep ones.
func (o *options) scaleDatabase(ctx context.Context, f field, postmaster, advertisers int, wide, deep []curve, progress io.Writer) error {
	if err := command(ctx, progress, "", f.adsgraph, "migrate", "--database", f.database); err != nil {
		return err
	}
	db, err := store.OpenDB(ctx, f.database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := fillScale(ctx, db, advertisers, progress); err != nil {
		return err
	}
	var last string
	if err := db.GetContext(ctx, &last, "SELECT max(day)::text FROM advertiser_day WHERE advertiser_id = $1", mainSubject); err != nil {
		return err
	}
	c, err := startAdsgraph(ctx, f, "scale")
	if err != nil {
		return err
	}
	defer c.process.end()
	for i, s := range scaleScreens() {
		for n, campaigns := range sizes() {
			subject := n + 1
			inMiddle := advertisers == populations()[1]
			if subject != mainSubject && !inMiddle {
				continue
			}
			q := hand.Question{Advertiser: int64(subject)}.Ending(ads.Day(last), scaleDays/2)
			p, err := o.point(ctx, c, screen{title: string(s), hand: s}, q, postmaster)
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintf(progress, "%d advertisers, %d campaigns, %s: %.1f ms\n", advertisers, campaigns, s, p.p50)
			if subject == mainSubject {
				p.size = advertisers
				wide[i].points = append(wide[i].points, p)
			}
			if inMiddle {
				p.size = campaigns
				deep[i].points = append(deep[i].points, p)
			}
		}
	}
	return nil
}

// point measures one question with one client.
func (o *options) point(ctx context.Context, c *contender, s screen, q hand.Question, postmaster int) (point, error) {
	requests, err := c.bodies(s, []hand.Question{q})
	if err != nil {
		return point{}, err
	}
	run := load.Config{URL: c.url(s), Header: c.header, Bodies: requests, Concurrency: 1, Duration: o.warmUp, Timeout: 2 * scaleTimeout}
	for sent := 0; sent < settled; {
		got, err := load.Run(ctx, run)
		if err != nil {
			return point{}, err
		}
		sent += got.Requests
	}
	run.Duration = time.Duration(o.rounds) * o.round
	watch, err := load.WatchDatabase(postmaster)
	if err != nil {
		return point{}, err
	}
	got, err := load.Run(ctx, run)
	if err != nil {
		return point{}, err
	}
	used, err := watch.End()
	if err != nil {
		return point{}, err
	}
	if got.Errors > 0 && got.P50 < scaleTimeout.Seconds()*1000 {
		return point{}, fmt.Errorf("%s: %d of %d requests failed, first: %s", s.title, got.Errors, got.Requests, got.FirstError)
	}
	return point{p50: got.P50, cpu: used.PerThousand(got.Requests) / 1000, late: got.Errors > 0}, nil
}

// scaleTable returns the curves as Markdown.
func scaleTable(wide, deep []curve) string {
	var text strings.Builder
	write := func(what string, curves []curve) {
		fmt.Fprintf(&text, "| %s |", what)
		for _, c := range curves {
			fmt.Fprintf(&text, " %s, p50 ms | database CPU ms |", c.title)
		}
		text.WriteString("\n| --- |" + strings.Repeat(" --- |", 2*len(curves)) + "\n")
		for i, p := range curves[0].points {
			fmt.Fprintf(&text, "| %s |", thousands(p.size))
			for _, c := range curves {
				at := c.points[i]
				if at.late {
					fmt.Fprintf(&text, " none in %s | %s |", scaleTimeout, figure(at.cpu))
					continue
				}
				fmt.Fprintf(&text, " %s | %s |", figure(at.p50), figure(at.cpu))
			}
			text.WriteString("\n")
		}
		text.WriteString("\n")
	}
	write("advertisers in the database", wide)
	write("campaigns of the advertiser", deep)
	return text.String()
}

// thousands writes a number with commas.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	parts := []string{}
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return strings.Join(parts, ",")
}

// writeScale measures and writes table and plot.
func (o *options) writeScale(ctx context.Context, stdout, progress io.Writer) error {
	table, plot, err := o.scale(ctx, progress)
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.plot, []byte(plot), 0o644); err != nil {
		return err
	}
	_, err = io.WriteString(stdout, table)
	return err
}
