package main

import (
	"fmt"
	"math"
	"strings"
)

// The plot has two panels side by side, with logarithmic axes.
const (
	panelWidth, panelHeight = 300.0, 220.0
	panelLeft, panelTop     = 60.0, 40.0
	panelGap                = 70.0
)

// panel is one of them: curves over an axis of sizes.
type panel struct {
	label       string
	curves      []curve
	left        float64
	first, last float64 // of the sizes
	low, high   float64 // of the times, in ms
}

func (p panel) x(size float64) float64 {
	return p.left + panelWidth*math.Log(size/p.first)/math.Log(p.last/p.first)
}

func (p panel) y(ms float64) float64 {
	return panelTop + panelHeight*(1-math.Log(ms/p.low)/math.Log(p.high/p.low))
}

// drawScale plots p50 against the size of the database, and against that of the
// advertiser. Both panels have the same axis of times.
func drawScale(wide, deep []curve) string {
	low, high := math.Inf(1), 0.0
	for _, c := range append(append([]curve{}, wide...), deep...) {
		for _, p := range c.points {
			low, high = min(low, p.p50), max(high, p.p50)
		}
	}
	low, high = math.Pow(10, math.Floor(math.Log10(low))), math.Pow(10, math.Ceil(math.Log10(high)))
	var svg strings.Builder
	width, height := panelLeft+2*panelWidth+panelGap+20, panelTop+panelHeight+60
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" font-family="sans-serif" font-size="12" fill="#222">`+"\n", width, height)
	svg.WriteString(`<title>p50 of two screens against the size of the database and of the advertiser</title>` + "\n")
	fmt.Fprintf(&svg, `<rect width="%.0f" height="%.0f" fill="#fff"/>`+"\n", width, height)
	for i, p := range []panel{{label: "advertisers in the database", curves: wide}, {label: "campaigns of the advertiser", curves: deep}} {
		points := p.curves[0].points
		p.left = panelLeft + float64(i)*(panelWidth+panelGap)
		p.first, p.last, p.low, p.high = float64(points[0].size), float64(points[len(points)-1].size), low, high
		p.draw(&svg)
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

func (p panel) draw(svg *strings.Builder) {
	right, bottom := p.left+panelWidth, panelTop+panelHeight
	for ms := p.low; ms <= p.high*1.01; ms *= 10 {
		y := p.y(ms)
		fmt.Fprintf(svg, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#ddd"/><text x="%.1f" y="%.1f" text-anchor="end">%g ms</text>`+"\n", p.left, y, right, y, p.left-6, y+4, ms)
	}
	for _, at := range p.curves[0].points {
		fmt.Fprintf(svg, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", p.x(float64(at.size)), bottom+18, thousands(at.size))
	}
	fmt.Fprintf(svg, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", (p.left+right)/2, bottom+40, p.label)
	colours := []string{"#1f6feb", "#d1491b", "#2da44e"}
	for i, c := range p.curves {
		colour := colours[i%len(colours)]
		var line strings.Builder
		for _, at := range c.points {
			x, y := p.x(float64(at.size)), p.y(at.p50)
			fmt.Fprintf(&line, "%.1f,%.1f ", x, y)
			fill := colour
			if at.late { // it is as high at least
				fill = "#fff"
			}
			fmt.Fprintf(svg, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s" stroke="%s"/>`+"\n", x, y, fill, colour)
		}
		fmt.Fprintf(svg, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", strings.TrimSpace(line.String()), colour)
		fmt.Fprintf(svg, `<text x="%.1f" y="%.1f" fill="%s">%s</text>`+"\n", p.left+float64(i)*150, panelTop-14, colour, c.title)
	}
}
