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

// scaleScreens are what is asked for.
func scaleScreens() []hand.Screen { return []hand.Screen{hand.CampaignsTable, hand.Overview} }

// point is what a screen takes of one client, at a size.
type point struct {
	size     int
	p50, cpu float64 // milliseconds, those of the database per request
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
	run := load.Config{URL: c.url(s), Header: c.header, Bodies: requests, Concurrency: 1, Duration: o.warmUp}
	if _, err := load.Run(ctx, run); err != nil {
		return point{}, err
	}
	run.Duration = time.Duration(o.rounds) * o.round
	got, err := take(ctx, run, c.process.pid, postmaster)
	if err != nil {
		return point{}, fmt.Errorf("%s: %w", s.title, err)
	}
	return point{p50: got.P50, cpu: got.database.PerThousand(got.Requests) / 1000}, nil
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
				fmt.Fprintf(&text, " %s | %s |", figure(c.points[i].p50), figure(c.points[i].cpu))
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
