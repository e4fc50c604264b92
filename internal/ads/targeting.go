package ads

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Targeting is whom an ad group's ads are shown to. An empty list does not
// restrict.
type Targeting struct {
	// Locations are countries by ISO 3166-1, such as US, or parts of them by ISO
	// 3166-2, such as US-CA.
	Locations []string
	Ages      []string // as in AgeBuckets
	Genders   []string // as in Genders
	Interests []string // in words
	Devices   []string // as in Devices
	// Include and Exclude are audiences.
	Include, Exclude []Ref
}

// MaxTargets is the most values of one kind in a targeting.
const MaxTargets = 100

// AgeBuckets returns the ages that can be aimed at.
func AgeBuckets() []string {
	return []string{"18-24", "25-34", "35-44", "45-49", "50-54", "55-64", "65+"}
}

// Genders returns the genders that can be aimed at.
func Genders() []string { return []string{"female", "male", "unknown"} }

// Devices returns the devices that can be aimed at.
func Devices() []string {
	return []string{"iphone", "ipad", "android_mobile", "android_tablet", "web", "web_mobile"}
}

// Interests returns the interests that can be aimed at.
func Interests() []string {
	return []string{
		"Animals", "Architecture", "Art", "Beauty", "Children's fashion", "Design", "DIY and crafts", "Education", "Electronics",
		"Entertainment", "Event planning", "Finance", "Food and drinks", "Gardening", "Health", "Home decor", "Men's fashion", "Parenting",
		"Quotes", "Sport", "Travel", "Vehicles", "Wedding", "Women's fashion",
	}
}

// Locations returns the countries that can be aimed at.
func Locations() []string {
	return strings.Fields("AR AT AU BE BG BR CA CH CL CO CY CZ DE DK EC ES FI FR GB GR GT HR HU IE IL IN IT JP KR LU MT MX NL NO NZ PE PL PT RO SE SG SI SK TH TR US")
}

var regionCode = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)

// json returns the targeting as it is stored and shown.
func (t *Targeting) json() JSON {
	spec := map[string][]string{}
	for key, values := range map[string][]string{
		"LOCATION": t.Locations, "AGE_BUCKET": t.Ages, "GENDER": t.Genders, "INTEREST": t.Interests, "APPTYPE": t.Devices,
		"AUDIENCE_INCLUDE": texts(t.Include), "AUDIENCE_EXCLUDE": texts(t.Exclude),
	} {
		if len(values) > 0 {
			spec[key] = values
		}
	}
	text, err := json.Marshal(spec)
	if err != nil {
		panic(err) // a map of strings
	}
	return text
}

func texts(refs []Ref) []string {
	list := make([]string, len(refs))
	for i, ref := range refs {
		list[i] = ref.String()
	}
	return list
}

// targeting checks a targeting, and takes it over.
func (c *checker) targeting(t *Targeting) {
	if !given(c, "targeting", t) {
		return
	}
	for _, kind := range [...]struct {
		field  string
		values []string
		ok     func(string) bool
	}{
		{"locations", t.Locations, isLocation},
		{"ageBuckets", t.Ages, oneOf(AgeBuckets())},
		{"genders", t.Genders, oneOf(Genders())},
		{"devices", t.Devices, oneOf(Devices())},
		{"interests", t.Interests, func(s string) bool { return len(s) <= MaxNameLength && isPlain(s) }},
		{"audienceIds", texts(t.Include), nil},
		{"excludedAudienceIds", texts(t.Exclude), nil},
	} {
		field := "targeting." + kind.field
		if len(kind.values) > MaxTargets {
			c.add(ProblemTargeting, field, map[string]any{"max": MaxTargets}, "At most %d values can be given, not %d.", MaxTargets, len(kind.values))
			continue
		}
		seen := map[string]bool{}
		for _, v := range kind.values {
			switch {
			case kind.ok != nil && !kind.ok(v):
				c.add(ProblemTargeting, field, map[string]any{"value": v}, "It has no value %q.", v)
			case seen[v]:
				c.add(ProblemTargeting, field, map[string]any{"value": v}, "The value %q is given twice.", v)
			}
			seen[v] = true
		}
	}
	for _, ref := range t.Include {
		if slices.Contains(t.Exclude, ref) {
			c.add(ProblemTargeting, "targeting.excludedAudienceIds", map[string]any{"value": ref.String()}, "An audience is both aimed at and kept away.")
		}
	}
	c.after.Targeting, c.after.Include, c.after.Exclude = t.json(), t.Include, t.Exclude
}

func oneOf(values []string) func(string) bool {
	return func(v string) bool { return slices.Contains(values, v) }
}

func isLocation(code string) bool {
	if regionCode.MatchString(code) {
		return isLocation(code[:2])
	}
	country, err := language.ParseRegion(code)
	return err == nil && country.String() == code && country.IsCountry()
}

// IsAimed tells whether a stored targeting says where.
func IsAimed(targeting JSON) bool {
	var spec struct {
		Location []string `json:"LOCATION"`
		Geo      []string `json:"GEO"`
	}
	return json.Unmarshal(targeting, &spec) == nil && len(spec.Location)+len(spec.Geo) > 0
}
