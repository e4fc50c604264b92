package demo

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// nameLength is how long the name of a campaign, ad group or ad may be, in
// characters.
const nameLength = 255

// naming is how the agency of one advertiser names things.
type naming struct {
	words   *words
	casting casting
	style   int
	code    string // short for the advertiser
	themes  []string
	taken   map[string]int
}

func newNaming(d dice, w *words, c casting) *naming {
	n := &naming{words: w, casting: c, style: d.IntN(4), themes: c.themes, taken: map[string]int{}}
	if len(n.themes) == 0 {
		n.themes = w.verticals[c.vertical].themes
	}
	for _, r := range c.name {
		if r >= 'A' && r <= 'Z' && len(n.code) < 3 {
			n.code += string(r)
		}
	}
	n.code += c.country
	if c.role == lead {
		n.style = 0
	}
	return n
}

// campaign returns a name in the advertiser's style, unlike those before.
func (n *naming) campaign(p *plan, c *calendar) string {
	start := c.at(p.start, 0)
	when := season(start, n.casting.south)
	year := start.Format("06")
	if p.oddities.has(evergreen) {
		when, year = "Always On", ""
	}
	var name string
	switch n.style {
	case 0:
		name = fmt.Sprintf("%s – %s – %s – %s", p.theme, strings.TrimSpace(when+" "+year), objectiveWord(p.objective), p.audience)
	case 1:
		name = fmt.Sprintf("%s | %s | %s | %s | %s", n.casting.country, strings.TrimSpace(when+" "+year), p.theme, objectiveWord(p.objective), p.audience)
	case 2:
		name = fmt.Sprintf("%s_%s_%s_%s_%s", n.code, objectiveCode(p.objective), compact(p.theme), compact(p.audience), start.Format("200601"))
	default:
		name = fmt.Sprintf("[%s] %s / %s / %s", objectiveCode(p.objective), p.theme, p.audience, start.Format("Jan 06"))
	}
	if p.oddities.has(decorated) {
		name = decorate(p.dice, name, when)
	}
	if p.oddities.has(longest) {
		name = lengthen(name)
	}
	n.taken[name]++
	if again := n.taken[name]; again > 1 {
		name = clip(fmt.Sprintf("%s (%d)", name, again))
	}
	return name
}

// formerName returns what a renamed campaign was called before.
func formerName(name string) string { return clip("Copy of " + name) }

func objectiveWord(objective string) string {
	switch objective {
	case awareness:
		return "Awareness"
	case consideration:
		return "Traffic"
	case webConversion:
		return "Conversions"
	case catalogSales:
		return "Shopping"
	}
	return "Video"
}

func objectiveCode(objective string) string {
	switch objective {
	case awareness:
		return "AWR"
	case consideration:
		return "TRF"
	case webConversion:
		return "CONV"
	case catalogSales:
		return "SHOP"
	}
	return "VID"
}

// compact writes a phrase as one word.
func compact(s string) string { return strings.NewReplacer(" ", "", "%", "", "’", "").Replace(s) }

// decorate adds what people add to names and programs stumble over.
func decorate(d dice, name, when string) string {
	return pick(d, []string{
		`☀️ ` + name + `, "Last Chance"`,
		`🔥 ` + name + ` 🔥`,
		name + ` – "Don't miss it", 20% off; A/B`,
		`👩‍👩‍👧 ` + name + `, ` + when + ` <test>`,
	})
}

// lengthen returns a name of exactly the length that a name may have.
func lengthen(name string) string {
	const note = " – keep this name as it is: the reporting sheet looks campaigns up by it – Größe, Länge & Überhänge"
	for utf8.RuneCountInString(name) < nameLength {
		name += note
	}
	return clip(name)
}

// clip cuts a name to the length that it may have.
func clip(name string) string {
	if utf8.RuneCountInString(name) <= nameLength {
		return name
	}
	cut := []rune(name)[:nameLength]
	if cut[nameLength-1] == ' ' {
		cut[nameLength-1] = '…'
	}
	return string(cut)
}

// audience returns whom one of a campaign's ad groups speaks to.
func (n *naming) audience(p *plan, index int) string {
	who := pick(p.dice, n.words.audiences)
	if index == 0 {
		return p.audience
	}
	return who
}

// adGroup returns the name of one of a campaign's ad groups.
func (n *naming) adGroup(p *plan, t targeting, who string, index int) string {
	name := fmt.Sprintf("%s | %s | %s", who, strings.Join(t.countries, "+"), t.people())
	if p.oddities.has(longest) && index == 0 {
		return lengthen(name)
	}
	return clip(fmt.Sprintf("%02d %s", index+1, name))
}

// ad returns the name of an ad, or nil for one whose maker gave it none.
func (n *naming) ad(p *plan, hook, creative string, index int) *string {
	if p.dice.chance(.02) {
		return nil
	}
	kind := map[string]string{"REGULAR": "Static", "VIDEO": "Video", "MAX_VIDEO": "Wide Video", "CAROUSEL": "Carousel", "COLLECTION": "Collection", "SHOPPING": "Product"}[creative]
	if kind == "" {
		kind = "Idea"
	}
	name := fmt.Sprintf("%s – %s – %s v%d", p.theme, kind, hook, index+1)
	if p.oddities.has(longest) && index == 0 {
		name = lengthen(name)
	}
	return new(clip(name))
}

// title returns the title of a campaign's pin number i.
func (n *naming) title(p *plan, i int) string {
	titles := n.words.verticals[n.casting.vertical].titles
	if len(n.casting.themes) > 0 { // the titles are English, these themes are not
		titles = []string{"%s", "%s ✨", "%s · " + n.casting.name}
	}
	return fmt.Sprintf(titles[(p.number+i)%len(titles)], p.theme)
}

// slug writes a text as part of an address; it is "x" when nothing is left.
func slug(s string) string {
	b := []rune{}
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b = append(b, r)
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
	}
	if trimmed := strings.Trim(string(b), "-"); trimmed != "" {
		return trimmed
	}
	return "x"
}
