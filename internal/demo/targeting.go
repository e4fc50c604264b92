package demo

import (
	"encoding/json"
	"strings"
)

// targeting is whom an ad group is shown to. An empty list does not restrict.
type targeting struct {
	countries []string
	ages      []string
	genders   []string
	interests []string
	devices   []string
	// include and exclude are audiences by the ids that clients know.
	include, exclude []string
}

// The values of the dimensions, which targeting and breakdowns share.
func ageBuckets() []string {
	return []string{"18-24", "25-34", "35-44", "45-49", "50-54", "55-64", "65+"}
}

func genders() []string { return []string{"female", "male", "unknown"} }

func devices() []string {
	return []string{"iphone", "android_mobile", "web", "web_mobile", "ipad", "android_tablet"}
}

func placements() []string { return []string{"BROWSE", "SEARCH", "OTHER"} }

// neighbours returns the countries that advertisers of a country also reach.
func neighbours(country string) []string {
	switch country {
	case "US", "CA":
		return []string{"US", "CA", "GB", "AU"}
	case "DE", "FR", "ES", "NL", "SE":
		return []string{"DE", "AT", "CH", "FR", "NL", "ES"}
	case "GB":
		return []string{"GB", "IE", "US", "DE"}
	case "AU", "NZ":
		return []string{"AU", "NZ", "SG"}
	case "BR", "MX":
		return []string{"BR", "MX", "PT"}
	}
	return []string{country, "US"}
}

// drawCountries draws where a campaign runs, at home first.
func drawCountries(d dice, home string) []string {
	countries := []string{home}
	for _, c := range neighbours(home) {
		if c != home && d.chance(.25) {
			countries = append(countries, c)
		}
	}
	return countries
}

func drawTargeting(d dice, countries, interests []string) targeting {
	t := targeting{countries: countries}
	if d.chance(.6) {
		from := d.IntN(4)
		t.ages = ageBuckets()[from : from+d.days(2, 3)]
	}
	if d.chance(.5) {
		t.genders = []string{"female"}
	}
	if d.chance(.6) {
		from := d.IntN(len(interests) - 2)
		t.interests = interests[from : from+d.days(1, 3)]
	}
	if d.chance(.1) {
		t.devices = []string{"iphone", "android_mobile"}
	}
	return t
}

// people puts age and gender into words.
func (t targeting) people() string {
	who := "All"
	if len(t.genders) == 1 {
		who = "Women"
	}
	if len(t.ages) == 0 {
		return who + " 18+"
	}
	from, _, _ := strings.Cut(t.ages[0], "-")
	_, to, _ := strings.Cut(t.ages[len(t.ages)-1], "-")
	return who + " " + from + "–" + to
}

// text returns the targeting in the form that the advertising API gives it.
func (t targeting) text() []byte {
	spec := map[string][]string{}
	for key, values := range map[string][]string{
		"LOCATION": t.countries, "AGE_BUCKET": t.ages, "GENDER": t.genders, "INTEREST": t.interests, "APPTYPE": t.devices,
		"AUDIENCE_INCLUDE": t.include, "AUDIENCE_EXCLUDE": t.exclude,
	} {
		if len(values) > 0 {
			spec[key] = values
		}
	}
	return jsonText(spec)
}

// jsonText returns v as JSON. It is for values that cannot fail.
func jsonText(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // a value of this package that is not data
	}
	return text
}
