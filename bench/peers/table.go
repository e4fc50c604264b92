package main

import (
	"fmt"
	"strings"
)

// table returns the figures of a screen as Markdown. The hand-written statement
// is what all are compared with.
func table(title string, all []figures) string {
	var text strings.Builder
	fmt.Fprintf(&text, "### %s\n\n", strings.ToUpper(title[:1])+title[1:])
	text.WriteString("| | requests/s | to one statement | p50 ms | p95 ms | server CPU ms | database CPU ms | statements | answer kB | server memory MB |\n")
	text.WriteString("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, f := range all {
		fmt.Fprintf(&text, "| %s | %s | **%.2f** | %s | %s | %.0f | %.0f | %.3g | %.0f | %d |\n",
			f.contender, figure(f.perSecond), f.ratio, figure(f.p50), figure(f.p95), f.serverCPU, f.databaseCPU, f.statements, f.bytes/1000, f.memory>>20)
	}
	return text.String()
}

// figure writes a number with about three digits.
func figure(v float64) string {
	if v < 100 {
		return fmt.Sprintf("%.3g", v)
	}
	return fmt.Sprintf("%.0f", v)
}
