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
	// placements is where the ad group is shown, which is not a part of the
	// targeting that the API gives.
	placements []string
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

// regions returns the largest regions of countries, those of the first country
// first.
func regions(countries []string) []string {
	var all []string
	for _, c := range countries {
		codes := map[string]string{
			"US": "US-CA|US-TX|US-NY|US-FL", "CA": "CA-ON|CA-QC|CA-BC", "GB": "GB-ENG|GB-SCT|GB-WLS", "AU": "AU-NSW|AU-VIC|AU-QLD",
			"DE": "DE-NW|DE-BY|DE-BW|DE-BE", "FR": "FR-IDF|FR-ARA|FR-PAC", "ES": "ES-MD|ES-CT|ES-AN", "NL": "NL-ZH|NL-NH",
			"JP": "JP-13|JP-27|JP-14", "BR": "BR-SP|BR-RJ|BR-MG", "IN": "IN-MH|IN-DL|IN-KA", "MX": "MX-CMX|MX-JAL", "SE": "SE-AB|SE-O",
			"NZ": "NZ-AUK|NZ-WGN", "IL": "IL-TA|IL-JM",
		}[c]
		if codes == "" {
			continue
		}
		some := list(codes)
		if len(all) > 0 {
			some = some[:1] // of a country that is not home
		}
		all = append(all, some...)
	}
	return all
}

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
