package metrics

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Label returns a value of the dimension in English. Values that it does not
// know, and those that are words already, are returned as they are.
func (d Dimension) Label(value string) string {
	switch d {
	case ByAge:
		return strings.ReplaceAll(value, "-", "–")
	case ByGender:
		return named(value, map[string]string{"female": "Women", "male": "Men", "unknown": "Unspecified"})
	case ByDevice:
		return named(value, map[string]string{
			"iphone": "iPhone", "ipad": "iPad", "android_mobile": "Android phone", "android_tablet": "Android tablet",
			"web": "Web on a computer", "web_mobile": "Web on a phone",
		})
	case ByCountry:
		return country(value)
	case ByRegion:
		return region(value)
	case ByPlacement, ByCreativeType, ByObjective:
		return sentence(value)
	case ByKeyword, ByInterest, ByDay:
	}
	return value
}

func named(value string, names map[string]string) string {
	if name, ok := names[value]; ok {
		return name
	}
	return value
}

// sentence turns MAX_VIDEO into Max video.
func sentence(value string) string {
	if value == "" {
		return value
	}
	return value[:1] + strings.ToLower(strings.ReplaceAll(value[1:], "_", " "))
}

// country returns the name of a country, given by its ISO 3166 code.
func country(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.English.Regions().Name(region); name != "" {
		return name
	}
	return code
}

// region returns the name of a part of a country, given by its ISO 3166-2 code,
// such as US-CA.
func region(code string) string {
	if name, ok := regionNames[code]; ok {
		return name
	}
	in, part, ok := strings.Cut(code, "-")
	if !ok {
		return code
	}
	return part + ", " + country(in)
}

var regionNames = map[string]string{ //nolint:gochecknoglobals // a constant table
	"US-AL": "Alabama", "US-AK": "Alaska", "US-AZ": "Arizona", "US-AR": "Arkansas", "US-CA": "California", "US-CO": "Colorado",
	"US-CT": "Connecticut", "US-DE": "Delaware", "US-DC": "District of Columbia", "US-FL": "Florida", "US-GA": "Georgia",
	"US-HI": "Hawaii", "US-ID": "Idaho", "US-IL": "Illinois", "US-IN": "Indiana", "US-IA": "Iowa", "US-KS": "Kansas",
	"US-KY": "Kentucky", "US-LA": "Louisiana", "US-ME": "Maine", "US-MD": "Maryland", "US-MA": "Massachusetts",
	"US-MI": "Michigan", "US-MN": "Minnesota", "US-MS": "Mississippi", "US-MO": "Missouri", "US-MT": "Montana",
	"US-NE": "Nebraska", "US-NV": "Nevada", "US-NH": "New Hampshire", "US-NJ": "New Jersey", "US-NM": "New Mexico",
	"US-NY": "New York", "US-NC": "North Carolina", "US-ND": "North Dakota", "US-OH": "Ohio", "US-OK": "Oklahoma",
	"US-OR": "Oregon", "US-PA": "Pennsylvania", "US-RI": "Rhode Island", "US-SC": "South Carolina", "US-SD": "South Dakota",
	"US-TN": "Tennessee", "US-TX": "Texas", "US-UT": "Utah", "US-VT": "Vermont", "US-VA": "Virginia", "US-WA": "Washington",
	"US-WV": "West Virginia", "US-WI": "Wisconsin", "US-WY": "Wyoming",
	"CA-ON": "Ontario", "CA-QC": "Quebec", "CA-BC": "British Columbia", "CA-AB": "Alberta",
	"GB-ENG": "England", "GB-SCT": "Scotland", "GB-WLS": "Wales", "GB-NIR": "Northern Ireland",
	"AU-NSW": "New South Wales", "AU-VIC": "Victoria", "AU-QLD": "Queensland", "AU-WA": "Western Australia",
	"DE-NW": "North Rhine-Westphalia", "DE-BY": "Bavaria", "DE-BW": "Baden-Württemberg", "DE-BE": "Berlin",
	"FR-IDF": "Île-de-France", "FR-ARA": "Auvergne-Rhône-Alpes", "FR-PAC": "Provence-Alpes-Côte d’Azur", "FR-OCC": "Occitania",
	"ES-MD": "Madrid", "ES-CT": "Catalonia", "ES-AN": "Andalusia",
	"NL-NH": "North Holland", "NL-ZH": "South Holland", "NL-UT": "Utrecht",
	"JP-13": "Tokyo", "JP-27": "Osaka", "JP-14": "Kanagawa", "JP-23": "Aichi",
	"BR-SP": "São Paulo", "BR-RJ": "Rio de Janeiro", "BR-MG": "Minas Gerais",
	"IN-MH": "Maharashtra", "IN-DL": "Delhi", "IN-KA": "Karnataka", "IN-TN": "Tamil Nadu",
	"MX-CMX": "Mexico City", "MX-JAL": "Jalisco", "MX-NLE": "Nuevo León",
	"SE-AB": "Stockholm", "SE-O": "Västra Götaland", "NZ-AUK": "Auckland", "NZ-WGN": "Wellington",
	"IL-TA": "Tel Aviv", "IL-JM": "Jerusalem",
}
